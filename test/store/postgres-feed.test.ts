// Desks of one site hear what the others have changed, whatever becomes of the line in between.
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Change, changeKinds, type Heard } from '../../src-main/ground/changes.ts'
import { type ServerAccess, schemaOf } from '../../src-main/store/postgres/access.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import type { Store } from '../../src-main/store/store.ts'
import { openLine } from '../postgres/line.ts'
import { hasPooler, startPooler } from '../postgres/pooler.ts'
import { administratorOf, newSite } from '../postgres/server.ts'
import { eventually, must } from '../support.ts'
import { hasPostgres, openTestServer, postgres, serverMigrations, siteDesk, siteKey } from './postgres-server.ts'
import { at, confirmedVisit, newDelivery, newVisit } from './samples.ts'

async function openDesk(access: ServerAccess): Promise<Store> {
  const store = must(await openSiteStore({ access, key: siteKey, migrationsDir: serverMigrations, desk: siteDesk }))
  onTestFinished(() => store.close())
  return store
}

/** What a desk is told, put together. */
function listenAt(store: Store) {
  const told: Heard[] = []
  store.watch(async (heard) => void told.push(heard))
  const changes = (): readonly Change[] => told.flatMap((heard) => (heard.kind === 'changes' ? heard.changes : []))
  return {
    told,
    changes,
    ids: (kind: Change['kind']) => changes().flatMap((change) => (change.kind === kind ? [change.id] : [])),
    isAnew: () => told.some(({ kind }) => kind === 'everything'),
  }
}

async function atServer(site: ServerAccess, ...texts: readonly string[]): Promise<readonly unknown[]> {
  const administrator = await administratorOf(postgres())
  await administrator.query(`SET search_path TO "${schemaOf(site)}"`)
  let found: readonly unknown[] = []
  for (const text of texts) found = (await administrator.query({ text, rowMode: 'array' })).rows.flat()
  await administrator.end()
  return found
}

/** So many visits are changed at once, as by a desk that does nothing else. */
const changeMany = (site: ServerAccess, count: number) =>
  atServer(
    site,
    `INSERT INTO visits (id, day, number, reader, state, started_at, updated_at)
    SELECT 'many ' || n, '2026-11-22', n, '', 'cancelled', '', '' FROM generate_series(1, ${count}) n`,
  )

describe.skipIf(!hasPostgres())('desks of one site', () => {
  test('hear each of the others, not themselves, with what it is about and nothing else', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openDesk(site), await openDesk(site)]
    const [atOne, atOther] = [listenAt(one), listenAt(other)]
    const mine = must(await one.saveVisit(newVisit(), []))
    const theirs = await confirmedVisit(other, [newDelivery('receipt')])
    must(await other.noteVisit(theirs.id, '金曜日にお会計', { at }))
    const last = must(await one.saveVisit(newVisit(), []))
    await eventually('the other desk hears', () => atOther.ids('visit').includes(last.id))
    await eventually('this desk hears', () => atOne.ids('delivery').includes('receipt'))
    expect(new Set(atOther.ids('visit'))).toEqual(new Set([mine.id, last.id]))
    expect(new Set(atOne.ids('visit'))).toEqual(new Set([theirs.id]))
    expect(atOne.isAnew() || atOther.isAnew()).toBe(false)
  })

  test('hear what was changed between the opening and the first look', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openDesk(site), await openDesk(site)]
    const { id } = must(await other.saveVisit(newVisit(), []))
    const { ids } = listenAt(one)
    await eventually('it is heard', () => ids('visit').includes(id))
  })

  test('hear again what they could not take in', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openDesk(site), await openDesk(site)]
    let tries = 0
    const taken: Heard[] = []
    one.watch(async (heard) => {
      if (++tries === 1) throw new Error('it cannot be read now')
      taken.push(heard)
    })
    const { id } = must(await other.saveVisit(newVisit(), []))
    await eventually('it is taken in', () => taken.length > 0)
    expect(taken).toEqual([{ kind: 'changes', changes: [{ kind: 'visit', id }] }])
  })

  test('hear nothing of what was rolled back', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openDesk(site), await openDesk(site)]
    const { changes } = listenAt(one)
    expect((await other.noteVisit('nobody', 'x', { at })).ok).toBe(false)
    const { id } = must(await other.saveVisit(newVisit(), []))
    await eventually('it is heard', () => changes().length > 0)
    expect(changes()).toEqual([{ kind: 'visit', id }])
  })

  test('hear what was changed while their line was cut, all of it, once it is back', async () => {
    const site = newSite(postgres())
    const line = await openLine(postgres(), { from: '127.0.0.1', to: 'tcp' })
    const [one, other] = [await openDesk({ ...site, ...line }), await openDesk(site)]
    const { ids, isAnew } = listenAt(one)
    const { id } = must(await other.saveVisit(newVisit(), []))
    await eventually('it listens', () => ids('visit').includes(id))
    line.refuse(true)
    line.cut()
    await changeMany(site, 10_000)
    line.refuse(false)
    await eventually('all are heard', () => ids('visit').length >= 10_001)
    expect(new Set(ids('visit')).size).toBe(10_001)
    expect(isAnew()).toBe(false)
  })

  test('hear of their own as of another’s where nobody could say whether it was written', async () => {
    const site = newSite(postgres())
    let isBroken = false
    const line = await openLine(postgres(), {
      from: 'socket',
      to: 'socket',
      cutsAfter(data) {
        if (isBroken || !data.includes('INTO writers') || !data.includes('COMMIT')) return false
        isBroken = true
        line.refuse(true)
        return true
      },
    })
    const desk = await openDesk({ ...site, host: line.host })
    const { ids } = listenAt(desk)
    const visit = newVisit()
    expect(await desk.saveVisit(visit, [])).toEqual({ ok: false, error: { code: 'STORE_COMMIT_UNKNOWN' } })
    line.refuse(false)
    await eventually('it is heard', () => ids('visit').includes(visit.id))
  })

  test('are told a transaction once, however many rows it changes, and a master in one word', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openDesk(site), await openDesk(site)]
    const { told } = listenAt(one)
    const row = { payerNumber: '80137001', scheme: '80', validFrom: '2026-01-01', validTo: '9999-12-31' }
    const rows = Array.from({ length: 200 }, (_, n) => ({ ...row, digest: `${n}`, content: `line ${n}` }))
    must(
      await other.importMaster({ issuedOn: '2026-11-01', importedAt: at, count: 200, isSample: false }, rows, { at }),
    )
    await eventually('it is heard', () => told.length > 0)
    expect(told).toEqual([{ kind: 'changes', changes: [{ kind: 'masters', id: '' }] }])
    expect(await atServer(site, "SELECT count(*)::int FROM changes WHERE kind = 'masters'")).toEqual([1])
    expect(one.masterRowsOf('80137001', '2026-11-23')).toHaveLength(200)
  })

  test('read everything anew where what they have read last is not there any more', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openDesk(site), await openDesk(site)]
    // As in a copy from before, to which others have since written.
    await atServer(site, "UPDATE changes SET at = at - interval '1 minute'")
    const { told } = listenAt(one)
    must(await other.saveVisit(newVisit(), []))
    await eventually('it is told', () => told.length > 0)
    expect(told[0]).toEqual({ kind: 'everything' })
    const { id } = must(await other.saveVisit(newVisit(), []))
    await eventually('it goes on', () => told.some((heard) => heard.kind === 'changes' && heard.changes[0]?.id === id))
  })

  test('keep changes for two days, which nobody has to remember, and always the newest', async () => {
    const site = newSite(postgres())
    const desk = await openDesk(site)
    for (let n = 0; n < 3; n++) must(await desk.saveVisit(newVisit(), []))
    await atServer(
      site,
      "UPDATE changes SET at = at - interval '49 hours'",
      "SELECT setval(pg_get_serial_sequence('changes', 'seq'), 999)",
    )
    must(await desk.saveVisit(newVisit(), []))
    expect(await atServer(site, 'SELECT seq FROM changes')).toEqual(['1000'])
  })

  test('know that anything may have changed where a newer desk names a kind that they do not know', async () => {
    const site = newSite(postgres())
    const one = await openDesk(site)
    const { told } = listenAt(one)
    await atServer(site, "INSERT INTO changes (kind, id, writer) VALUES ('rooms', '', '')")
    const other = await openDesk(site)
    must(await other.saveVisit(newVisit(), []))
    await eventually('it is told', () => told.length > 0)
    expect(told[0]).toEqual({ kind: 'everything' })
  })

  test.skipIf(!hasPooler())('hear past a pooler, or where there is no way past it by looking often', async () => {
    const site = newSite(postgres())
    const pooled = { ...site, ...(await startPooler(postgres())) }
    const desks = [await openDesk({ ...pooled, direct: site }), await openDesk(pooled)]
    const heard = desks.map(listenAt)
    const other = await openDesk(pooled)
    const { id } = must(await other.saveVisit(newVisit(), []))
    await eventually('both hear', () => heard.every(({ ids }) => ids('visit').includes(id)))
  })

  test('no table is forgotten: each notes its changes, or is named here as one that nobody follows', async () => {
    const site = newSite(postgres())
    await openTestServer(site)
    const noting = await atServer(
      site,
      `SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE p.proname = 'note_change' AND p.pronamespace = current_schema()::regnamespace`,
    )
    const tables = await atServer(
      site,
      'SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename COLLATE "C"',
    )
    expect(tables.filter((table) => !noting.includes(table))).toEqual([
      // Whoever looks at the trail reads it then.
      'audit',
      // Its sheet is told in the same transaction.
      'cap_rows',
      'changes',
      // Each desk looks at them with its own sign of life.
      'desks',
      // Asked in the transaction that needs it.
      'given_numbers',
      'index_key',
      'leases',
      'left_files',
      'merges',
      'migrations',
      'progress',
      'sign_in_tries',
      'site',
      'terminal_files',
      'terminal_requests',
      'writers',
      'written_for',
    ])
    const kinds = await atServer(
      site,
      `SELECT DISTINCT split_part(encode(tgargs, 'escape'), '\\000', 1) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE p.proname = 'note_change' AND p.pronamespace = current_schema()::regnamespace`,
    )
    expect([...kinds].sort()).toEqual([...changeKinds].sort())
  })
})
