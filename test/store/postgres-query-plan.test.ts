// The same of a site's server: no statement reads a table that grows from one end to the other where an index could serve it.
import type { Client } from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { schemaOf } from '../../src-main/store/postgres/access.ts'
import { numbered } from '../../src-main/store/postgres/numbered.ts'
import { administratorOf, newSite } from '../postgres/server.ts'
import { few, makeStatements, onOneLine } from './few-rows.ts'
import { hasPostgres, postgres, works } from './postgres-server.ts'
import { openDesk } from './site-desks.ts'

const made = vi.hoisted(() => new Set<string>())
vi.mock('../../src-main/store/sql/work.ts', async (original) => {
  const work = await original<typeof import('../../src-main/store/sql/work.ts')>()
  const statement: typeof work.statement = (text, server = text) => {
    made.add(server)
    return work.statement(text, server)
  }
  return { ...work, statement }
})

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string | undefined
  readonly 'Index Name'?: string | undefined
  readonly 'Index Cond'?: string | undefined
  readonly Plans?: readonly Node[] | undefined
}
const nodeSchema: z.ZodType<Node> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Index Cond': z.string().optional(),
  get Plans() {
    return z.array(nodeSchema).optional()
  },
})
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: nodeSchema })]) })])

const nodesIn = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesIn)]

/** As a desk asks it, whatever is put in. */
async function planOf(client: Client, statement: string): Promise<readonly Node[]> {
  const { text, parameters } = numbered(statement)
  await client.query(`PREPARE asked AS ${text}`)
  const values = parameters.length > 0 ? `(${parameters.map(() => 'NULL').join(', ')})` : ''
  const [{ 'QUERY PLAN': plans }] = explained.parse(
    (await client.query(`EXPLAIN (FORMAT JSON) EXECUTE asked${values}`)).rows,
  )
  await client.query('DEALLOCATE asked')
  return nodesIn(plans[0].Plan)
}

/** Of the server besides what both engines have. */
const fewHere: Readonly<Record<string, string>> = {
  desks: 'the desks of a site',
  leases: 'one for each destination and kind of work',
  patient_numbers_stale: 'about which a person has to say whether they hold',
}

/** What is read from one end to the other although it grows, by how it begins. */
const wanted: Readonly<Record<string, string>> = {
  'SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1': 'stops at the first row, from the end',
  'SELECT commits, head.id, head.hash FROM progress': 'stops at the first row, from the end',
  'SELECT seq, (extract(epoch FROM at) * 1000000)::bigint AS stamp FROM changes ORDER BY seq DESC LIMIT 1': 'the same',
  'INSERT INTO month_counts': 'once a day, and the server chooses its way by how many visits go',
  'SELECT digest, scheme FROM local_schemes': 'all of the newest issue is wanted, out of its index',
  'SELECT payer_number, valid_from, valid_to': 'all of them are wanted, at the start',
  'DELETE FROM local_schemes': 'once, where a rehearsal ends',
  'UPDATE local_schemes SET from_issue': 'once, where a rehearsal ends',
  'UPDATE local_schemes SET until_issue = @next': 'once, where a rehearsal ends',
  'SELECT day, coalesce(max(last)': 'where a store is moved, once',
  'SELECT table_name AS name': 'of the server’s own tables',
  'SELECT id, visit_id, destination FROM deliveries': 'where somebody goes on after a loss of a desk’s own database',
}

/** From one end to the other, of what grows. */
function isWhole(node: Node): boolean {
  const names = [node['Relation Name'], node['Index Name']].flatMap((name) => name ?? [])
  if (!/Scan$/.test(node['Node Type']) || names.length === 0) return false
  return node['Index Cond'] === undefined && !names.some((name) => name in few || name in fewHere)
}

/** By how they begin, so that each excuse is one that is needed. */
async function wholeIn(client: Client): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  for (const statement of made) {
    const whole = (await planOf(client, statement)).filter(isWhole)
    if (whole.length === 0) continue
    const text = onOneLine(statement)
    const name = Object.keys(wanted).find((beginning) => text.startsWith(beginning)) ?? text
    const steps = whole.map((node) => `${node['Node Type']} ${node['Relation Name']} ${node['Index Name'] ?? ''}`)
    found.set(name, [...(found.get(name) ?? []), ...steps])
  }
  return found
}

test.skipIf(!hasPostgres())(
  'no statement of a server reads a table that grows where it has an index for it',
  async () => {
    // Those of the tests themselves are not the store's.
    for (const { postgres: text } of Object.values(works)) made.delete(text)
    await makeStatements('src-main/store/sql', 'src-main/store/postgres')
    const access = newSite(postgres())
    await openDesk(access, 'desk')
    const client = await administratorOf(postgres())
    onTestFinished(() => client.end())
    await client.query(`SET search_path TO "${schemaOf(access)}"`)
    // Of tables that are empty: what is read from end to end then is read so because there is no other way.
    await client.query(
      'SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off',
    )
    const whole = await wholeIn(client)
    expect([...whole].filter(([name]) => !(name in wanted))).toEqual([])
    expect(Object.keys(wanted).filter((name) => !whole.has(name))).toEqual([])
  },
)
