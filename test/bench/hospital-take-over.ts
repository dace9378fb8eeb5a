// The desk that brings the files of a destination is killed (`kill -9`): how long a file waits until another desk brings it. Nobody
// checks in meanwhile; what is measured is how long it takes to be sure that a desk is dead.
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ServerAccess, schemaOf } from '../../src-main/store/postgres/access.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import type { Store } from '../../src-main/store/store.ts'
import { type Group, openGroup } from '../postgres/chaos/group.ts'
import { administratorOf, newSite, type PostgresPlace } from '../postgres/server.ts'
import { at, newVisit } from '../store/new-visit.ts'

const what = 'destination taken'

/** Each time the one that has the lane is killed and begun again. In milliseconds, a figure for each kill. */
export async function takeOver(
  place: PostgresPlace,
  { key, migrationsDir, kills }: { readonly key: Uint8Array; readonly migrationsDir: string; readonly kills: number },
): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-take-over-'))
  for (const name of ['taken', 'lying']) mkdirSync(join(folder, name))
  const site = { ...newSite(place), connections: 2 }
  const opened = await openSiteStore({
    access: site,
    key,
    migrationsDir,
    desk: { id: 'third', name: '', version: '0' },
  })
  if (!opened.ok) throw new Error(opened.error.code)
  const store = opened.value
  const groups: Group[] = []
  try {
    for (const name of ['one', 'other']) {
      const group = await openGroup({
        ...{ place, site, user: site.user, ids: [name], visits: 0, journals: join(folder, name) },
        task: {
          key: Buffer.from(key).toString('hex'),
          migrationsDir,
          folder,
          seed: 0,
          days: [],
          againMs: 50,
          longestMs: 30_000,
        },
        told: () => undefined,
        hasFallen: (code) => {
          throw new Error(`a process with desks has ended (${code})`)
        },
      })
      groups.push(group)
      group.start()
    }
    const times: number[] = []
    for (let kill = 0; kill < kills; kill++) {
      const holder = await holderOf(place, site)
      const group = groups.find(({ ids }) => ids.includes(holder))
      if (!group) throw new Error('a desk that is none has the lane')
      // Somewhere between two of its beats.
      await pause((kill * 618) % 2_000)
      await group.kill()
      const start = performance.now()
      const id = await confirm(store, place, site)
      while ((await store.delivery(id))?.state !== 'delivered') await pause(10)
      times.push(performance.now() - start)
      group.start()
    }
    return times
  } finally {
    for (const group of groups) await group.kill()
    for (const group of groups) for (const line of group.lines) line.end()
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Once one has it, and both are there. */
async function holderOf(place: PostgresPlace, site: ServerAccess): Promise<string> {
  for (;;) {
    const administrator = await administratorOf(place)
    const { rows } = await administrator.query(
      `SELECT desk, (SELECT count(*)::int FROM "${schemaOf(site)}".desks WHERE id IN ('one', 'other') AND seen_at > clock_timestamp() - interval '3 s') AS here
      FROM "${schemaOf(site)}".leases WHERE what = '${what}' AND until > clock_timestamp()`,
    )
    await administrator.end()
    const [row]: unknown[] = rows
    if (typeof row === 'object' && row && 'desk' in row && 'here' in row && row.here === 2) return String(row.desk)
    await pause(100)
  }
}

/** A file that nobody takes back any more. */
async function confirm(store: Store, place: PostgresPlace, site: ServerAccess): Promise<string> {
  const id = randomUUID()
  const file = {
    id,
    destination: 'taken',
    format: 'csv',
    failure: null,
    fileName: `${id}.csv`,
    payload: Buffer.alloc(9),
  } as const
  const visit = newVisit({ state: 'confirmed' })
  const saved = await store.saveVisit(visit, [{ at, event: 'confirmed' }], {
    deliveries: [{ ...file, state: 'queued' }],
  })
  if (!saved.ok) throw new Error(saved.error.code)
  const administrator = await administratorOf(place)
  await administrator.query(`UPDATE "${schemaOf(site)}".deliveries SET added_at = added_at - interval '1 hour'`)
  await administrator.end()
  return id
}
