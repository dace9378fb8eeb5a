// Who has written the rows of a site's trail: each desk signs its own, and whoever has rights at the server and knows how the rows hang
// together can write some, and cannot sign them.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { deskKeyIn, deskKeyText } from '../../src-main/ground/desk-key.ts'
import { ok } from '../../src-main/ground/result.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { headsOf, noteHead } from '../../src-main/store/audit-heads.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { joinSite } from '../../src-main/store/joining.ts'
import { verifyTrail } from '../../src-main/store/maintenance.ts'
import { type ServerAccess, schemaOf } from '../../src-main/store/postgres/access.ts'
import { createLedger } from '../../src-main/store/postgres/ledger.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import { makeSheet } from '../../src-main/store/recovery-key.ts'
import { copiesOf } from '../../src-main/store/safekeeping.ts'
import { newSigning, signingName } from '../../src-main/store/signing.ts'
import { auditHash, type ChainedRow } from '../../src-main/store/sql/audit-chain.ts'
import { createKeys } from '../../src-main/store/sql/keys.ts'
import { auditRow } from '../../src-main/store/sql/rows.ts'
import { auditStatements } from '../../src-main/store/sql/statements/audit.ts'
import { createTrailSigner, type NumberedRow, trailProof } from '../../src-main/store/sql/trail-signatures.ts'
import type { Asked, Work } from '../../src-main/store/sql/work.ts'
import type { Store } from '../../src-main/store/store.ts'
import { testClock } from '../clock.ts'
import { administratorOf, newSite } from '../postgres/server.ts'
import { must, root, temporaryFolder } from '../support.ts'
import { hasPostgres, openTestServer, postgres, serverMigrations, siteDesk, siteKey } from './postgres-server.ts'
import { at } from './samples.ts'

const keys = createKeys(randomBytes(32))
const row: ChainedRow = {
  ...{ at, visitId: '', deliveryId: null, event: 'trailRead', code: null, detail: null },
  ...{ staffId: null, desk: null, patient: null, about: null },
}

type StoredRow = NumberedRow & { readonly signature: string | null }

/** A trail as it comes to be stored, by desks of one process. */
function aTrail() {
  const stored: z.infer<typeof auditRow>[] = []
  let asked = 0
  const answerTo = ({ postgres: text, values: [value] }: Asked) => {
    asked++
    if (text.includes('INSERT')) stored.push(storedRow(z.custom<StoredRow>().parse(value)))
    const isLook = text.includes('deskKeyRegistered')
    return { rows: isLook ? stored.filter(({ event }) => event === 'deskKeyRegistered') : [], changes: 1 }
  }
  function answer<T>(work: Work<T>): T {
    let step = work.next()
    while (!step.done) step = work.next(step.value.map(answerTo))
    return step.value
  }
  const storedRow = ({ visitId: visit_id, deliveryId: delivery_id, staffId: staff_id, ...rest }: StoredRow) =>
    auditRow.parse({ ...rest, visit_id, delivery_id, staff_id })
  const write = (signer: ReturnType<typeof createTrailSigner>, rows: number, isKept = true) => {
    const before = stored.length
    const signed = signer.begin()
    let head = stored.at(-1) ?? { id: 0, hash: '' }
    for (let count = 0; count < rows; count++) {
      const first = answer(signed.registration(at))
      for (const each of first ? [first, row] : [row]) {
        head = { id: head.id + 1, hash: auditHash(head.hash, each) }
        answer(signed.add({ ...each, ...head }))
      }
    }
    answer(signed.end())
    if (isKept) signed.kept()
    else stored.splice(before)
  }
  const proof = (acceptedUpTo = 0) => {
    const proving = trailProof(keys, acceptedUpTo)
    for (const each of stored) proving.take(each)
    return proving.end()
  }
  return { stored, write, proof, asked: () => asked }
}

const desk = (name: string, withKeys = keys) =>
  createTrailSigner(newSigning('', randomBytes(32)), withKeys, { id: name, name: `${name}のパソコン` })

describe('signatures of a trail', () => {
  test('each desk makes its key known before its first row, and signs what it writes', () => {
    const { write, proof, stored } = aTrail()
    const [first, second] = [desk('A'), desk('B')]
    for (const rows of [1, 3]) for (const each of [first, second]) write(each, rows)
    expect(proof()).toMatchObject({ signedFrom: 1, unproved: [], atDesk: 0 })
    expect(proof().desks.map(({ desk, rows, from, to }) => [desk, rows, from, to])).toEqual([
      ['Aのパソコン', 5, 1, 7],
      ['Bのパソコン', 5, 3, 10],
    ])
    expect(stored.filter(({ event }) => event === 'deskKeyRegistered').map(({ id }) => id)).toEqual([1, 3])
  })

  test('a transaction costs no statement more than without signatures, but for the first of a start', () => {
    const { write, asked } = aTrail()
    const signing = desk('A')
    write(signing, 1)
    for (const rows of [1, 2, 7]) {
      const before = asked()
      write(signing, rows)
      expect(asked() - before).toBe(rows)
    }
  })

  test('a transaction that came to nothing leaves no key that is taken for known', () => {
    const { write, proof } = aTrail()
    const signing = desk('A')
    write(signing, 2, false)
    write(signing, 1)
    expect(proof()).toMatchObject({ unproved: [], desks: [{ rows: 2, from: 1 }] })
  })

  test('rows of before are told apart, and what somebody puts between signed ones is nobody’s, however it hangs together', () => {
    const { write, proof, stored } = aTrail()
    const unsigned = createTrailSigner(null, keys, { id: 'old', name: 'old' })
    write(unsigned, 4)
    expect(proof()).toEqual({ signedFrom: null, desks: [], unproved: [], atDesk: 0 })
    const signing = desk('A')
    write(signing, 2)
    expect(proof()).toMatchObject({ signedFrom: 5, unproved: [] })
    write(unsigned, 2)
    expect(proof().unproved).toEqual([{ why: 'unsigned', desk: null, from: 8, to: 9, since: at, rows: 2 }])
    // A desk that goes on behind them has not written them.
    write(signing, 2)
    expect(proof().unproved).toEqual([{ why: 'unsigned', desk: null, from: 8, to: 9, since: at, rows: 2 }])
    expect(proof().desks).toMatchObject([{ rows: 5 }])
    expect(proof(9).unproved).toEqual([])
    // Not even where they are counted as its own.
    for (const each of stored.slice(9)) if (each.signature) each.signature = each.signature.replace(/ 2 /, ' 4 ')
    expect(proof().unproved).toMatchObject([{ why: 'forged', desk: 'Aのパソコン', from: 8, to: 11 }])
  })

  test('a row that is replaced, with all behind it hashed anew, is found by the signatures of every desk', () => {
    const { write, proof, stored } = aTrail()
    const [first, second] = [desk('A'), desk('B')]
    for (const each of [first, second, first, second]) write(each, 1)
    let previous = stored[3]?.hash ?? ''
    for (const each of stored.slice(4)) {
      if (each.id === 5) each.staffId = 'somebody'
      previous = auditHash(previous, each)
      each.hash = previous
    }
    expect(proof().unproved).toEqual([
      { why: 'forged', desk: 'Aのパソコン', from: 5, to: 5, since: at, rows: 1 },
      { why: 'forged', desk: 'Bのパソコン', from: 6, to: 6, since: at, rows: 1 },
    ])
    expect(proof().desks.map(({ rows }) => rows)).toEqual([2, 2])
  })

  test('who has not the site’s key makes no key known, and no other desk’s name', () => {
    const { write, proof, stored } = aTrail()
    write(desk('A'), 1)
    write(desk('B', createKeys(randomBytes(32))), 1)
    expect(proof().unproved).toEqual([{ why: 'unknown', desk: null, from: 3, to: 4, since: at, rows: 2 }])
    const [own] = stored
    const said = deskKeyIn(own?.about ?? '')
    if (!own || !said) throw new Error('no key')
    own.about = deskKeyText({ ...said, name: '別のパソコン' })
    expect(proof().unproved[0]).toMatchObject({ why: 'unknown', from: 1 })
  })
})

/** A computer of its own. */
function newDesk(access: ServerAccess) {
  const dataDir = temporaryFolder()
  return {
    ...{ dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir: join(root, 'migrations'), lockWaitMs: 0 },
    ...{ clock: testClock, backupFolder: null, site: async () => ok(access) },
  }
}
type Desk = ReturnType<typeof newDesk>

async function written(desk: Desk, rows: number): Promise<void> {
  const { store } = must(await openData(desk))
  await notes(store, rows)
  store.close()
}

async function notes(store: Store, rows: number): Promise<void> {
  for (let count = 0; count < rows; count++) must(await store.noteCommand('trailRead', { at }))
}

/** Whoever may do everything at the server. */
async function asAdministrator(
  access: ServerAccess,
  work: (sql: (text: string, values?: unknown[]) => Promise<unknown[]>) => Promise<void>,
) {
  const administrator = await administratorOf(postgres())
  await administrator.query(`SET search_path TO "${schemaOf(access)}"; ALTER TABLE audit DISABLE TRIGGER USER`)
  try {
    await work(async (text, values = []) => (await administrator.query(text, values)).rows)
  } finally {
    await administrator.end()
  }
}

/** Every row hashed anew, as somebody would who knows how. */
async function hashAnew(sql: (text: string, values?: unknown[]) => Promise<unknown[]>) {
  const rows = await sql('SELECT *, id::int AS id, desk::int AS desk FROM audit ORDER BY audit.id')
  let previous = ''
  for (const each of z.array(auditRow).parse(rows)) {
    previous = auditHash(previous, each)
    await sql('UPDATE audit SET hash = $1 WHERE id = $2', [previous, each.id])
  }
}

describe.skipIf(!hasPostgres())('the trail of a site', () => {
  test('is proved desk by desk, and forging it with the rights of the server’s administrator is found', async () => {
    const access = newSite(postgres())
    const first = newDesk(access)
    await written(first, 2)
    const second = newDesk(access)
    must(await joinSite(second, join(first.dataDir, 'backup/recovery.key'), must(await makeSheet(first))))
    await written(second, 2)
    const fine = must(await verifyTrail(second))
    expect(fine).toMatchObject({ broken: null, proof: { signedFrom: 1, unproved: [], atDesk: 0 } })
    expect(fine?.proof.desks.map(({ rows }) => rows)).toEqual([4, 4])

    await asAdministrator(access, async (sql) => {
      await sql("UPDATE audit SET event = 'storeRestored' WHERE id = 7")
      await hashAnew(sql)
    })
    const forged = must(await verifyTrail(second))
    expect(forged).toMatchObject({ broken: null, rows: 8 })
    expect(forged?.proof.unproved).toMatchObject([{ why: 'forged', from: 7, to: 8, rows: 2 }])
    // What they are written to by a desk afterwards does not make them any better.
    await written(first, 1)
    expect(must(await verifyTrail(first))?.proof.unproved).toEqual(forged?.proof.unproved)
  })

  test('that is cut off at its end hangs together, and a desk that has noted its end misses it', async () => {
    const access = newSite(postgres())
    const desk = newDesk(access)
    await written(desk, 3)
    const head = must(await verifyTrail(desk))?.head ?? { id: 0, hash: '' }
    await asAdministrator(access, async (sql) => void (await sql('DELETE FROM audit WHERE id > 2')))
    expect(must(await verifyTrail(desk))).toMatchObject({ broken: null, notedOn: null, proof: { unproved: [] } })
    await noteHead(copiesOf(desk.dataDir), { day: '2026-11-23', ...head })
    expect(must(await verifyTrail(desk))?.broken).toEqual({ kind: 'missing', id: 5, from: 3 })
    writeFileSync(headsOf(copiesOf(desk.dataDir)), 'torn')
    expect(must(await verifyTrail(desk))).toMatchObject({ broken: null, unread: [headsOf(copiesOf(desk.dataDir))] })
  })

  test('shows that a desk signs with another key, after it has joined anew or its key could not be opened', async () => {
    const access = newSite(postgres())
    const desk = newDesk(access)
    await written(desk, 1)
    await written(desk, 1)
    must(await joinSite(desk, join(desk.dataDir, 'backup/recovery.key'), must(await makeSheet(desk))))
    await written(desk, 1)
    writeFileSync(join(desk.dataDir, signingName), randomBytes(64))
    await written(desk, 1)
    const trail = must(await verifyTrail(desk))
    expect(trail?.proof).toMatchObject({ signedFrom: 1, unproved: [] })
    expect(trail?.proof.desks.map(({ rows }) => rows)).toEqual([4, 3, 2])
    expect(new Set(trail?.proof.desks.map(({ key }) => key)).size).toBe(3)
  })

  test('begun by desks that did not sign goes on, and what was there before is told apart', async () => {
    const access = newSite(postgres())
    const options = { access, key: siteKey, migrationsDir: serverMigrations, desk: siteDesk }
    const before = must(await openSiteStore(options))
    await notes(before, 3)
    before.close()
    const store = must(await openSiteStore({ ...options, signing: newSigning('', randomBytes(32)) }))
    onTestFinished(store.close)
    await notes(store, 1)
    expect((await store.verifyTrail()).proof).toMatchObject({ signedFrom: 4, unproved: [], desks: [{ rows: 2 }] })
  })

  test('takes rows that a desk has written while it was away, signed by who brings them', async () => {
    const runner = await openTestServer(newSite(postgres()))
    const signer = createTrailSigner(newSigning('', randomBytes(32)), keys, siteDesk)
    const ledger = await createLedger({ runner, keys, signer })
    must(
      await ledger.write(function* () {
        for (const minute of ['10:00', '10:05'])
          yield* ledger.appendAudit({ ...row, at: `2026-11-23T${minute}:00+09:00` })
      }),
    )
    const rows = z.array(auditRow).parse(await ledger.read(() => readAll()))
    expect(rows.map(({ event, signature }) => [event, signature !== null])).toEqual([
      ['deskKeyRegistered', false],
      ['trailRead', false],
      ['trailRead', true],
    ])
  })
})

function* readAll(): Work<readonly unknown[]> {
  return yield* auditStatements.auditAfter.all(0, 10)
}
