// The audit trail as whoever has the key and the file could tamper with it: what was done is named.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { auditHash } from '../../src-main/store/sql/audit-chain.ts'
import { auditHeadRow, auditRow } from '../../src-main/store/sql/rows.ts'
import { auditStatements } from '../../src-main/store/sql/statements/audit.ts'
import { layAnchor, readAnchor } from '../../src-main/store/sqlite/anchor.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { anchorOf, openLedger } from '../../src-main/store/sqlite/opening.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { trailIn } from '../../src-main/store/sqlite/trail.ts'
import { must } from '../support.ts'
import { at, storePlace } from './samples.ts'

const unsaid = { patient: null, about: null }

/** `rows` by the store, and as many `more` behind them, chained in the same way. */
async function filled({ rows = 8, more = 0 } = {}) {
  const place = storePlace()
  const store = must(openStore(place))
  for (let count = 0; count < rows; count++) {
    const change = { setting: 'chosenReader', before: null, after: `Reader ${count}` } as const
    must(await store.noteSettingChange({ at, event: 'settingChanged', change }))
  }
  store.close()
  const database = openDatabase(place.file, place.key)
  const addAudit = database.prepare(auditStatements.addAudit.text)
  const lastAudit = database.prepare(auditStatements.lastAudit.text)
  let { id, hash } = auditHeadRow.optional().parse(lastAudit.get()) ?? { id: 0, hash: '' }
  database.transaction(() => {
    for (let count = 0; count < more; count++) {
      const by =
        count === 1 ? { staffId: 'one-of-us', desk: 1, patient: 'p', about: 'a' } : { staffId: null, desk: null }
      const row = { ...unsaid, at, visitId: '', deliveryId: null, event: 'noted', code: null, detail: null, ...by }
      hash = auditHash(hash, row)
      addAudit.run({ ...row, id: ++id, hash, signature: null })
    }
  })()
  database.close()
  return place
}

const columns = 'at, visit_id, delivery_id, event, code, detail, staff_id, desk, patient, about, hash'

/** Does what no connection of ours can do. */
async function tampered(how: (sql: (text: string, ...values: unknown[]) => void) => void, more = 0) {
  const place = await filled({ more })
  const database = openDatabase(place.file, place.key)
  database.exec('DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted')
  how((text, ...values) => void database.prepare(text).run(...values))
  database.close()
  return must(trailIn(place.file, place.key))
}

/** Every row from this one on hashed anew, as somebody would who knows how. */
function hashedAnew(sql: (text: string, ...values: unknown[]) => void, rows: readonly z.infer<typeof auditRow>[]) {
  let previous = ''
  for (const row of rows) {
    previous = auditHash(previous, row)
    sql('UPDATE audit SET hash = ? WHERE id = ?', previous, row.id)
  }
}

describe('a look at the audit trail', () => {
  test('says how many rows hang together, also over several slices', async () => {
    for (const [rows, more] of [
      [0, 0],
      [1, 0],
      [8, 1_200],
      [8, 492],
    ] as const) {
      const { file, key } = await filled({ rows, more })
      expect(must(trailIn(file, key))).toMatchObject({ rows: rows + more, acceptedUpTo: 0, broken: null })
    }
  })

  test('names a row that was changed', async () => {
    const found = await tampered((sql) => sql("UPDATE audit SET detail = '{}' WHERE id = 5"))
    expect(found.broken).toEqual({ kind: 'changed', id: 5 })
  })

  test('names a row that was laid to somebody else, or to nobody', async () => {
    for (const column of ['staff_id', 'desk', 'patient', 'about'])
      for (const value of ['2', null]) {
        const found = await tampered((sql) => sql(`UPDATE audit SET ${column} = ? WHERE id = 10`, value), 4)
        expect(found.broken).toEqual({ kind: 'changed', id: 10 })
      }
  })

  test.each([
    ['one', [5], { from: 5, id: 6 }],
    ['several', [3, 4, 5], { from: 3, id: 6 }],
    ['the first', [1], { from: 1, id: 2 }],
    ['the last', [7, 8], { from: 7, id: 9 }],
  ])('names rows that were taken out: %s', async (_which, ids, gap) => {
    const found = await tampered((sql) => {
      for (const id of ids) sql('DELETE FROM audit WHERE id = ?', id)
    })
    expect(found.broken).toEqual({ kind: 'missing', ...gap })
  })

  test('names rows that were taken out of a trail of several slices', async () => {
    const found = await tampered((sql) => sql('DELETE FROM audit WHERE id BETWEEN 700 AND 702'), 1_200)
    expect(found.broken).toEqual({ kind: 'missing', from: 700, id: 703 })
  })

  test('names rows that were taken out also where the place was moved from which it counts', async () => {
    const found = await tampered((sql) => {
      sql('DELETE FROM audit WHERE id IN (3, 4)')
      sql('UPDATE progress SET chain_from = 6')
    })
    expect(found).toMatchObject({ acceptedUpTo: 0, broken: { kind: 'missing', from: 3, id: 5 } })
  })

  test('names rows that were put in another order', async () => {
    const found = await tampered((sql) => {
      sql(`CREATE TABLE swapped AS SELECT ${columns} FROM audit WHERE id = 4`)
      sql('DELETE FROM audit WHERE id = 4')
      sql('UPDATE audit SET id = 4 WHERE id = 5')
      sql(`INSERT INTO audit (id, ${columns}) SELECT 5, ${columns} FROM swapped`)
    })
    expect(found.broken).toEqual({ kind: 'moved', id: 4, after: 5 })
  })

  test('names the end of a trail that was changed and hashed anew as a whole', async () => {
    const place = await filled()
    const database = openDatabase(place.file, place.key)
    database.exec('DROP TRIGGER audit_is_not_changed')
    const sql = (text: string, ...values: unknown[]) => void database.prepare(text).run(...values)
    sql("UPDATE audit SET detail = '{}' WHERE id = 5")
    hashedAnew(sql, z.array(auditRow).parse(database.prepare('SELECT * FROM audit ORDER BY id').all()))
    database.close()
    expect(must(trailIn(place.file, place.key)).broken).toEqual({ kind: 'changed', id: 8 })
  })

  test('names a row that was put in between', async () => {
    const found = await tampered((sql) => {
      sql('UPDATE audit SET id = id + 100 WHERE id > 4')
      sql('UPDATE audit SET id = id - 99 WHERE id > 100')
      sql(`INSERT INTO audit (id, ${columns}) SELECT 5, ${columns} FROM audit WHERE id = 2`)
    })
    expect(found.broken).toEqual({ kind: 'moved', id: 5, after: 1 })
  })

  describe('whose end was noted outside the database', () => {
    /** As somebody with the key would: rows away, and an anchor that knows nothing of them. */
    async function cut() {
      const place = await filled()
      const noted = must(trailIn(place.file, place.key)).head ?? { id: 0, hash: '' }
      const database = openDatabase(place.file, place.key)
      database.exec('DROP TRIGGER audit_is_not_deleted; DELETE FROM audit WHERE id > 6')
      const last = auditHeadRow.parse(database.prepare('SELECT id, hash FROM audit WHERE id = 6').get())
      database.close()
      const days = readAnchor(anchorOf(place.file), place.key)?.days ?? []
      layAnchor(anchorOf(place.file), place.key, {
        ...{ commits: 6, auditId: 6, auditHash: last.hash, verifiedId: 6, isSuspect: false, days },
      }).close()
      return { place, head: { day: at.slice(0, 10), ...noted } }
    }

    test('is missing what was cut off, also where the anchor was written anew', async () => {
      const { place, head } = await cut()
      expect(must(trailIn(place.file, place.key)).broken).toBeNull()
      const found = must(trailIn(place.file, place.key, [head]))
      expect(found.broken).toEqual({ kind: 'missing', from: 7, id: 9 })
    })

    test('is not what it was where it went on in another way', async () => {
      const { place, head } = await cut()
      const database = openDatabase(place.file, place.key)
      const addAudit = database.prepare(auditStatements.addAudit.text)
      const lastAudit = database.prepare(auditStatements.lastAudit.text)
      for (const id of [7, 8, 9]) {
        const { hash } = auditHeadRow.parse(lastAudit.get())
        const by = { staffId: null, desk: null }
        const row = { ...unsaid, ...by, at, visitId: '', deliveryId: null, event: 'noted', code: null, detail: null }
        addAudit.run({ ...row, id, hash: auditHash(hash, row), signature: null })
      }
      database.close()
      expect(must(trailIn(place.file, place.key, [head])).broken).toEqual({ kind: 'changed', id: 8 })
    })

    test('holds with every note that was taken, and says when the last one was', async () => {
      const place = await filled()
      const { head } = must(trailIn(place.file, place.key))
      const noted = [3, 8].map((day) => ({ day: `2026-11-0${day}`, id: head?.id ?? 0, hash: head?.hash ?? '' }))
      expect(must(trailIn(place.file, place.key, noted))).toMatchObject({ broken: null, notedOn: '2026-11-08' })
    })

    test('need not hold what a person has gone on without', async () => {
      const { place, head } = await cut()
      const anchor = readAnchor(anchorOf(place.file), place.key)
      const goOn = { event: 'storeRestored', at: `${head.day}T18:00:00.000+09:00`, anchor } as const
      const { ledger, database } = must(openLedger(place, goOn))
      ledger.close()
      database.close()
      // It is not held against anything, so it is no proof either.
      expect(must(trailIn(place.file, place.key, [head]))).toMatchObject({ broken: null, notedOn: null })
      expect(must(trailIn(place.file, place.key, [{ ...head, day: '2099-01-01' }])).broken).not.toBeNull()
    })

    test('says up to which row a person has gone on without, also where none of them is left', async () => {
      const place = await filled()
      const anchor = readAnchor(anchorOf(place.file), place.key)
      const database = openDatabase(place.file, place.key)
      database.exec('DROP TRIGGER audit_is_not_deleted; DELETE FROM audit')
      database.close()
      const goOn = { event: 'storeLossAccepted', at: '2026-11-08T18:00:00.000+09:00', anchor } as const
      const opened = must(openLedger(place, goOn))
      opened.ledger.close()
      opened.database.close()
      const found = must(trailIn(place.file, place.key))
      expect(found).toMatchObject({ rows: 1, acceptedUpTo: anchor?.auditId, broken: null })
      expect(found.head?.id).toBe((anchor?.auditId ?? 0) + 1)
    })
  })

  test('changes nothing', async () => {
    const place = await filled()
    const before = must(trailIn(place.file, place.key))
    expect(must(trailIn(place.file, place.key))).toEqual(before)
    must(openStore(place)).close()
  })

  test('is refused while an agent has the data', async () => {
    const place = await filled()
    const store = must(openStore(place))
    expect(trailIn(place.file, place.key)).toEqual({ ok: false, error: { code: 'AGENT_ALREADY_RUNNING' } })
    store.close()
  })
})
