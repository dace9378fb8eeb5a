// Files that lost something behind the program's back: the log deleted, emptied, cut, with bits turned; the database too.
// Either nothing is lost, or the opening says so; and no number is ever given twice.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failureOf } from '../../src-main/ground/result.ts'
import { readAnchor } from '../../src-main/store/sqlite/anchor.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { anchorOf, lostNumbers, openLedger } from '../../src-main/store/sqlite/opening.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { fault } from '../faults.ts'
import { randomFrom } from '../random.ts'
import { must, temporaryFolder } from '../support.ts'
import { at, confirmedVisit, day, newDelivery, type StorePlace, storePlace } from './samples.ts'

const count = 24
/** Each way with as many places as this. */
const trials = 60
const seed = 20_261_128

const logOf = (file: string) => `${file}-wal`
const filesOf = (file: string) => [file, logOf(file), anchorOf(file)]

interface Remains {
  readonly place: StorePlace
  /** Of filesOf, in their order. */
  readonly contents: readonly (Uint8Array | null)[]
}

/** What a kill leaves of an agent that has just saved `count` visits, and what an orderly end leaves of it. */
let killed: Remains
let ended: Remains
const folders: string[] = []

beforeAll(async () => {
  folders.push(mkdtempSync(join(tmpdir(), 'madoguchi-lost-')))
  const place = storePlace(folders[0])
  const store = must(openStore(place))
  // Without a pause in between, so that nothing goes from the log into the database meanwhile.
  for (let index = 0; index < count; index++) await confirmedVisit(store, [newDelivery('receipt')])
  must(await store.nextTerminalRequest(day))
  const contents = () => filesOf(place.file).map((file) => (existsSync(file) ? readFileSync(file) : null))
  killed = { place, contents: contents() }
  store.close()
  ended = { place, contents: contents() }
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** The files as they were, in a folder of their own. */
function again({ place, contents }: Remains): StorePlace {
  const file = join(temporaryFolder(), 'madoguchi.db')
  for (const [index, path] of filesOf(file).entries()) {
    const content = contents[index]
    if (content) writeFileSync(path, content)
  }
  return { ...place, file }
}

/** What became of the visits: all there, or the code of a refusal. */
async function openingOf(place: StorePlace): Promise<string> {
  const opened = openStore(place)
  if (!opened.ok) return opened.error.code
  const store = opened.value
  try {
    const visits = await store.visitsOfDay(day)
    const next = await confirmedVisit(store, [])
    return visits.length === count && next.number === count + 1 ? 'all there' : `silently ${visits.length} visits`
  } catch (error) {
    return failureOf(error).code
  } finally {
    store.close()
  }
}

async function outcomes(from: Remains, damage: (file: string, random: () => number) => void) {
  const random = randomFrom(seed)
  const seen: Record<string, number> = {}
  for (let trial = 0; trial < trials; trial++) {
    const place = again(from)
    damage(place.file, random)
    const outcome = await openingOf(place)
    seen[outcome] = (seen[outcome] ?? 0) + 1
    rmSync(dirname(place.file), { recursive: true })
  }
  return seen
}

function flipIn(file: string, random: () => number): void {
  const content = readFileSync(file)
  const offset = Math.floor(random() * content.length)
  content[offset] = (content[offset] ?? 0) ^ (1 << Math.floor(random() * 8))
  writeFileSync(file, content)
}

/** A number of visits that are gone, of `count`. */
const cutLog = (file: string, random: () => number) => {
  const content = readFileSync(logOf(file))
  writeFileSync(logOf(file), content.subarray(0, Math.floor(random() * content.length)))
}

test('a kill and an orderly end lose nothing', async () => {
  expect(await openingOf(again(killed))).toBe('all there')
  expect(await openingOf(again(ended))).toBe('all there')
})

describe('rows that are gone are told, wherever the log ends', () => {
  test('deleted', async () => {
    const place = again(killed)
    rmSync(logOf(place.file))
    expect(await openingOf(place)).toBe('STORE_ROWS_MISSING')
  })

  test('deleted or cut, and everything is there again once the log is put back', {
    timeout: 60_000,
  }, async () => {
    const [, log = null] = killed.contents
    const random = randomFrom(seed)
    const deleteLog = (file: string) => rmSync(logOf(file))
    for (const damage of [deleteLog, ...Array.from({ length: 8 }, () => cutLog)]) {
      const place = again(killed)
      damage(place.file, random)
      expect(await openingOf(place)).toBe('STORE_ROWS_MISSING')
      // Asked twice, refused twice.
      expect(await openingOf(place)).toBe('STORE_ROWS_MISSING')
      if (log) writeFileSync(logOf(place.file), log)
      expect(await openingOf(place)).toBe('all there')
    }
  })

  test('emptied', async () => {
    const place = again(killed)
    writeFileSync(logOf(place.file), '')
    expect(await openingOf(place)).toBe('STORE_ROWS_MISSING')
  })

  fault('sleep', 'The power goes, and a disk that had promised has not kept the last rows', {
    seen: 'STORE_ROWS_MISSING',
    data: 'That rows are missing is seen, wherever the log ends.',
    recovery: 'Clinic IT goes back to a copy, or on with the rest, knowingly.',
  })
  test('cut at any place', { timeout: 60_000 }, async () => {
    expect(await outcomes(killed, cutLog)).toEqual({ STORE_ROWS_MISSING: trials })
  })

  fault('disk', 'One bit of the database’s log turns', {
    seen: 'STORE_ROWS_MISSING',
    data: 'Rows that are gone are told, or it did no harm; nothing wrong is read.',
    recovery: 'Clinic IT goes back to a copy, or on with the rest, knowingly.',
  })
  test('with one bit turned anywhere', { timeout: 60_000 }, async () => {
    const seen = await outcomes(killed, (file, random) => flipIn(logOf(file), random))
    // Frames that a later frame has overtaken may be turned without harm.
    const { 'all there': unharmed = 0, STORE_ROWS_MISSING: told = 0, ...others } = seen
    expect(others).toEqual({})
    expect(unharmed + told).toBe(trials)
    expect(told).toBeGreaterThan(trials / 2)
  })

  test('and the refusal leaves every byte of the log where it is, for whoever can still read it', async () => {
    const random = randomFrom(seed)
    for (let trial = 0; trial < 8; trial++) {
      const place = again(killed)
      cutLog(place.file, random)
      const contents = () => filesOf(place.file).map((file) => readFileSync(file))
      const before = contents()
      if (before[1]?.length === 0) continue
      expect(await openingOf(place)).toBe('STORE_ROWS_MISSING')
      expect(contents()).toEqual(before)
      expect(existsSync(`${place.file}-shm`)).toBe(false)
    }
  })

  test('and an older database in its place, as a copy of the one file would be', async () => {
    const place = again(ended)
    const store = must(openStore(place))
    await confirmedVisit(store, [])
    store.close()
    const [database = null] = ended.contents
    if (database) writeFileSync(place.file, database)
    expect(await openingOf(place)).toBe('STORE_ROWS_MISSING')
  })

  test('and a database without the anchor it once had', async () => {
    const place = again(ended)
    rmSync(anchorOf(place.file))
    expect(await openingOf(place)).toBe('STORE_ROWS_MISSING')
  })

  test('and audit rows taken away by somebody who has the key', async () => {
    const place = again(ended)
    const database = openDatabase(place.file, place.key)
    database.exec('DROP TRIGGER audit_is_not_deleted')
    database.exec('DELETE FROM audit WHERE id > 40')
    database.close()
    expect(await openingOf(place)).toBe('STORE_ROWS_MISSING')
  })
})

describe('bits turned in the database itself', () => {
  test('are told as damage, at the latest by the daily look at everything', { timeout: 120_000 }, async () => {
    const random = randomFrom(seed)
    const codes = { opening: 0, reading: 0, looking: 0, unharmed: 0 }
    for (let trial = 0; trial < trials; trial++) {
      const place = again(ended)
      flipIn(place.file, random)
      const opened = openStore(place)
      if (!opened.ok) {
        expect(opened.error.code).toBe('STORE_DAMAGED')
        codes.opening++
        continue
      }
      const store = opened.value
      const visits = await store.visitsOfDay(day).catch((error: unknown) => failureOf(error).code)
      if (typeof visits === 'string') {
        expect(visits).toBe('STORE_DAMAGED')
        codes.reading++
      } else expect(visits.length).toBe(count)
      const looked = await store.check()
      store.close()
      if (looked.ok) codes.unharmed++
      else {
        codes.looking++
        expect(looked.error.code).toBe('STORE_DAMAGED')
        // The next opening looks first, and says so before anybody works on it.
        expect(openStore(place)).toEqual({ ok: false, error: { code: 'STORE_DAMAGED' } })
      }
    }
    expect(codes.opening + codes.looking).toBeGreaterThan(trials / 2)
    // Only where nothing is stored.
    expect(codes.unharmed).toBeLessThan(trials / 10)
  })

  test('in the first page, with an anchor that the key opens, are damage and no wrong key', async () => {
    const place = again(ended)
    flipIn(place.file, () => 500 / readFileSync(place.file).length)
    expect(await openingOf(place)).toBe('STORE_DAMAGED')
  })

  test('in the anchor cost nothing while one of its slots is whole', async () => {
    for (const slot of [100, 4_096 + 100]) {
      const place = again(killed)
      const content = readFileSync(anchorOf(place.file))
      content[slot] = (content[slot] ?? 0) ^ 1
      writeFileSync(anchorOf(place.file), content)
      expect(await openingOf(place)).toBe('all there')
    }
  })
})

describe('whoever goes on with what is left', () => {
  test('gets no number a second time, leaves a row in the trail, and is asked about every file on its way', async () => {
    const random = randomFrom(seed)
    for (let trial = 0; trial < 10; trial++) {
      const place = again(killed)
      cutLog(place.file, random)
      const known = readAnchor(anchorOf(place.file), place.key)
      if (!known) throw new Error('no anchor')
      const left = must(openLedger(place, { event: 'storeLossAccepted', at, anchor: known }))
      const lost = lostNumbers(left.runner, known)
      left.ledger.close()
      left.database.close()
      const store = must(openStore(place))
      const visits = await store.visitsOfDay(day)
      expect(visits.length).toBeLessThan(count)
      expect(lost).toEqual([{ day, from: visits.length + 1, to: count }])
      expect(visits.flatMap(({ deliveries }) => deliveries.map(({ state }) => state))).toEqual(
        visits.map(() => 'conflict'),
      )
      expect((await confirmedVisit(store, [])).number).toBe(count + 1)
      expect(must(await store.nextTerminalRequest(day))).toBe(2)
      expect((await store.check()).ok).toBe(true)
      store.close()
      must(openStore(place)).close()
    }
  })
})
