import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { anchorOf } from '../../src-main/store/sqlite/opening.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { entryOf } from '../eligibility/cap/rows.ts'
import { outside } from '../outside.ts'
import { must } from '../support.ts'
import { confirmedVisit, newDelivery, openTestStore, patient, sha256, storePlace } from './samples.ts'

const filesOf = (folder: string) => readdirSync(folder).map((name) => join(folder, name))

const [payerNumber, recipientNumber] = ['88138243', '1234566']

describe('encryption', () => {
  test('leaves the key of whoever has opened the store as it was', () => {
    const place = { ...storePlace(), key: Buffer.alloc(32, 7) }
    must(openStore(place)).close()
    expect(place.key).toEqual(Buffer.alloc(32, 7))
  })

  test('leaves nothing of a patient in any file, while open and after closing', async () => {
    const place = storePlace()
    const store = must(openStore(place))
    const payload = Buffer.from(`${patient.name},${patient.ref}`)
    await confirmedVisit(store, [newDelivery('receipt', { payload })])
    const sheet = { patientRef: patient.ref, certificate: { payerNumber, recipientNumber }, month: '2026-11' }
    const entry = entryOf({ institution: 'みどり薬局' })
    must(await store.addCapRow(sheet, entry, { visitId: entry.id, seen: 0 }))
    const traces = [
      patient.name,
      patient.nameKana,
      patient.ref,
      payerNumber,
      recipientNumber,
      'みどり薬局',
      'madoguchi_2026',
      'CREATE TABLE',
    ]
    const found = () =>
      filesOf(dirname(place.file)).flatMap((file) => traces.filter((trace) => readFileSync(file).includes(trace)))
    // Neither a shared-memory file, which scanners get in the way of, nor anything temporary.
    const names = filesOf(dirname(place.file)).map((file) => basename(file))
    expect(names).toEqual(['madoguchi.anchor', 'madoguchi.db', 'madoguchi.db-wal'])
    expect(found()).toEqual([])
    store.close()
    expect(found()).toEqual([])
  })

  test('shuts out the sqlite3 command', () => {
    const place = storePlace()
    must(openStore(place)).close()
    const { status, stdout, stderr } = spawnSync(outside('sqlite3'), [place.file, '.tables'], { encoding: 'utf8' })
    expect({ isError: status !== 0, stdout, stderr }).toEqual({
      isError: true,
      stdout: '',
      stderr: expect.stringContaining('not a database'),
    })
  })

  test('answers a wrong key with STORE_KEY_WRONG and touches nothing', async () => {
    const place = storePlace()
    const store = must(openStore(place))
    const visit = await confirmedVisit(store, [])
    store.close()
    const before = sha256(readFileSync(place.file))
    const wrong = openStore({ ...place, key: randomBytes(32) })
    expect(wrong).toEqual({ ok: false, error: { code: 'STORE_KEY_WRONG' } })
    expect(openStore({ ...place, key: place.key.subarray(0, 16) })).toEqual(wrong)
    expect(sha256(readFileSync(place.file))).toBe(before)
    expect(filesOf(dirname(place.file))).toEqual([anchorOf(place.file), place.file])
    expect(await openTestStore(place).visit(visit.id)).not.toBeNull()
  })

  test('keeps the key out of every error', () => {
    const place = storePlace()
    must(openStore(place)).close()
    const key = randomBytes(32)
    const attempt = vi.fn(() => openDatabase(place.file, key))
    expect(attempt).toThrow()
    const error: unknown = attempt.mock.results[0]?.value
    expect(error).toBeInstanceOf(Error)
    expect(error instanceof Error && `${error.message} ${error.stack}`).not.toContain(key.toString('hex'))
  })
})

describe('the connection', () => {
  test('syncs every commit, keeps to memory for sorting, overwrites what it deletes', () => {
    const place = storePlace()
    const database = openDatabase(place.file, place.key)
    const setting = (name: string) => database.pragma(name, { simple: true })
    expect({
      synchronous: setting('synchronous'),
      journal_mode: setting('journal_mode'),
      locking_mode: setting('locking_mode'),
      foreign_keys: setting('foreign_keys'),
      secure_delete: setting('secure_delete'),
      temp_store: setting('temp_store'),
      trusted_schema: setting('trusted_schema'),
    }).toEqual({
      synchronous: 2,
      journal_mode: 'wal',
      locking_mode: 'exclusive',
      foreign_keys: 1,
      secure_delete: 1,
      temp_store: 2,
      trusted_schema: 0,
    })
    database.close()
  })
})
