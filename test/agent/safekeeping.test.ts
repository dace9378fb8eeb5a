import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { Refusal } from '../../src-main/ground/result.ts'
import { headsOf, noteHead, readHeads } from '../../src-main/store/audit-heads.ts'
import { createSafekeeping, type SafekeepingPorts } from '../../src-main/store/safekeeping.ts'
import { listCopies } from '../../src-main/store/sqlite/copies.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { trailIn } from '../../src-main/store/sqlite/trail.ts'
import { fault } from '../faults.ts'
import { confirmedVisit, newDelivery, openTestStore, patient, type StorePlace, storePlace } from '../store/samples.ts'
import { eventually, must, temporaryFolder } from '../support.ts'
import { makesLinks } from '../system.ts'

/** A store, its keeper and a day that the test turns. */
function kept(changes: Partial<SafekeepingPorts> = {}, place: StorePlace = storePlace()) {
  const store = openTestStore(place)
  const log: LogEntry[] = []
  const time = { day: 23 }
  const folder = join(temporaryFolder(), 'backup')
  const keeper = createSafekeeping({
    store,
    folder,
    otherFolder: null,
    clock: { now: () => new Date(Date.UTC(2026, 10, time.day, 3)) },
    log: { write: (entry) => void log.push(entry) },
    isIdle: () => true,
    changed: () => undefined,
    pauseMs: { first: 1, between: 1 },
    ...changes,
  })
  onTestFinished(() => keeper.close())
  const days = () => listCopies(folder).map(({ sequence, day }) => `${sequence} ${day}`)
  return { place, store, keeper, folder, log, time, days }
}

test('every day one copy, the newest seven, each a whole database under the same key and nothing in it to read', async () => {
  const { place, store, folder, time, days } = kept()
  for (let count = 1; count <= 9; count++) {
    time.day = 22 + count
    await confirmedVisit(store, [newDelivery('receipt')])
    await eventually(`copy ${count}`, () => days()[0]?.startsWith(`${count} `) === true)
  }
  await eventually('old ones have gone', () => days().length === 7)
  expect(days().at(-1)).toBe('3 2026-11-25')
  const notes = readdirSync(folder).filter((name) => !name.endsWith('.db'))
  expect(notes).toEqual(['audit-heads.txt'])
  const [newest] = listCopies(folder)
  const bytes = readFileSync(newest?.file ?? '')
  for (const trace of [patient.name, patient.ref, 'SQLite format']) expect(bytes.includes(trace)).toBe(false)
  const copy = openDatabase(newest?.file ?? '', place.key)
  expect(copy.prepare('SELECT count(*) AS count FROM visits').get()).toEqual({ count: 9 })
  copy.close()
})

test('the end of the audit trail is noted once a day, here and where copies go besides, and nothing of anybody', async () => {
  const otherFolder = join(temporaryFolder(), 'elsewhere')
  const { store, folder, time, days, place } = kept({ otherFolder })
  for (const day of [23, 24]) {
    time.day = day
    await confirmedVisit(store, [newDelivery('receipt')])
    await eventually(`the note of day ${day}`, async () => (await readHeads(otherFolder))?.length === day - 22)
  }
  const heads = (await readHeads(folder)) ?? []
  expect(heads.map(({ day, id }) => [day, id])).toEqual([
    ['2026-11-23', 2],
    ['2026-11-24', 4],
  ])
  expect(await readHeads(otherFolder)).toEqual(heads)
  expect(days()).toHaveLength(2)
  store.close()
  expect(must(trailIn(place.file, place.key, heads))).toMatchObject({ broken: null, notedOn: '2026-11-24' })
  // The same end is noted once, and a torn line is none and costs no other.
  for (const head of heads) await noteHead(folder, head)
  expect(await readHeads(folder)).toEqual(heads)
  writeFileSync(headsOf(folder), readFileSync(headsOf(folder), 'utf8').slice(0, -20))
  await noteHead(folder, { day: '2026-11-25', id: 9, hash: 'a'.repeat(64) })
  expect((await readHeads(folder))?.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-25'])
})

test('where a server has the data a desk makes no copies, and notes where the trail ends, once a day and at its own end', async () => {
  const store = openTestStore(storePlace())
  let isGone = false
  const auditHead = async () => {
    if (isGone) throw new Refusal({ code: 'STORE_UNREACHABLE' })
    return store.auditHead()
  }
  const { keeper, folder, days, time } = kept({ store: { ...store, copyTo: null, auditHead } })
  await confirmedVisit(store, [])
  const noted = async () => (await readHeads(folder))?.map(({ day, id }) => [day, id])
  await eventually('the note', async () => (await noted())?.length === 1)
  time.day = 24
  await eventually('the note of the next day', async () => (await noted())?.length === 2)
  await confirmedVisit(store, [])
  time.day = 25
  isGone = true
  await eventually('a look without the server', () => keeper.failures()[0]?.code === 'STORE_UNREACHABLE')
  isGone = false
  await keeper.close()
  expect(await noted()).toEqual([
    ['2026-11-23', 1],
    ['2026-11-24', 1],
    ['2026-11-25', 2],
  ])
  expect(days()).toEqual([])
})

fault('clock', 'Copies were made by a clock that was a year ahead', {
  seen: 'nothing',
  class: 'transient',
  data: 'No copy that was made since is pushed out.',
  recovery: 'The newest copy is the newest, whatever its day.',
})
test('a day that comes again after a wrong clock does not lose the copies made since', async () => {
  const { store, time, days } = kept()
  for (const day of [23, 400, 24]) {
    time.day = day
    await confirmedVisit(store, [])
    await eventually(
      'a copy',
      () => days()[0]?.endsWith(new Date(Date.UTC(2026, 10, day)).toISOString().slice(0, 10)) === true,
    )
  }
  expect(days()).toEqual(['3 2026-11-24', '2 2027-12-05', '1 2026-11-23'])
})

test('the copy of a day is made anew at the end, when something has changed since', async () => {
  const { store, keeper, days } = kept()
  await eventually('a copy', () => days().length === 1)
  await confirmedVisit(store, [])
  await keeper.close()
  expect(days()).toEqual(['2 2026-11-23'])
  await keeper.close()
  expect(days()).toEqual(['2 2026-11-23'])
})

test('while somebody is being checked in it waits, and what ends before its first look makes none', async () => {
  let isIdle = false
  const busy = kept({ isIdle: () => isIdle })
  const brief = kept({ pauseMs: { first: 60_000, between: 60_000 } })
  await brief.keeper.close()
  expect(brief.days()).toEqual([])
  expect(busy.days()).toEqual([])
  isIdle = true
  await eventually('a copy', () => busy.days().length === 1)
})

fault('disk', 'The second place of the copies is gone', {
  seen: 'STORE_COPY_FAILED',
  data: 'The copy in the data folder is made all the same.',
  recovery: 'The next copy goes there again once it is back.',
})
test('each copy also goes into the other folder; one that cannot be had costs only that', async () => {
  const otherFolder = join(temporaryFolder(), 'other')
  const { days } = kept({ otherFolder })
  await eventually('the other copy', () => listCopies(otherFolder).length === 1)
  expect(readFileSync(listCopies(otherFolder)[0]?.file ?? '').length).toBeGreaterThan(0)
  expect(days().length).toBe(1)

  const file = join(temporaryFolder(), 'a file')
  writeFileSync(file, '')
  const without = kept({ otherFolder: join(file, 'folder') })
  await eventually('it is noted', () =>
    without.log.some(({ event, code }) => event === 'storeCopied' && code === 'STORE_UNWRITABLE'),
  )
  expect(without.days().length).toBe(1)
  // The desk goes on, and somebody hears of it.
  await eventually('it is told', () => without.keeper.failures().length === 1)
  expect(without.keeper.failures()).toEqual([{ code: 'STORE_COPY_FAILED' }])
})

test('copies that begin anew beside an older row of them count as the newest', async () => {
  const otherFolder = join(temporaryFolder(), 'other')
  mkdirSync(otherFolder)
  for (let day = 10; day < 17; day++) writeFileSync(join(otherFolder, `madoguchi-00${day}-2026-11-${day}.db`), '')
  const { days, store, time } = kept({ otherFolder })
  const others = () => listCopies(otherFolder).map(({ sequence, day }) => `${sequence} ${day}`)
  await eventually(
    'the first is there, and the oldest is gone',
    () => others()[0] === '17 2026-11-23' && others().length === 7,
  )
  expect(days()).toEqual(['17 2026-11-23'])
  time.day = 24
  await confirmedVisit(store, [])
  await eventually('and the second', () => others()[0] === '18 2026-11-24')
  expect(days()).toEqual(['18 2026-11-24', '17 2026-11-23'])
})

test.skipIf(!makesLinks())('no link that lies in the other folder leads a copy out of it', async () => {
  const otherFolder = join(temporaryFolder(), 'other')
  const outside = join(temporaryFolder(), 'outside')
  mkdirSync(otherFolder)
  writeFileSync(outside, 'theirs')
  for (const end of ['', '.tmp']) symlinkSync(outside, join(otherFolder, `madoguchi-0001-2026-11-23.db${end}`))
  const { log } = kept({ otherFolder })
  await eventually('the copies are made', () => log.some(({ event }) => event === 'storeCopied'))
  expect(readFileSync(outside, 'utf8')).toBe('theirs')
  expect(lstatSync(listCopies(otherFolder)[0]?.file ?? '').isFile()).toBe(true)
})

fault('disk', 'The disk damages the database under an open desk', {
  seen: 'STORE_DAMAGED',
  data: 'No copy is made of what is damaged: the good copies stay.',
  recovery: 'Clinic IT puts the newest copy back.',
})
test('damage is told, makes no copy, and the next opening refuses', async () => {
  const place = storePlace()
  const before = must(openStore(place))
  for (let count = 0; count < 20; count++) await confirmedVisit(before, [newDelivery('receipt')])
  before.close()
  const content = readFileSync(place.file)
  const sick = kept({ pauseMs: { first: 1, between: 1 } }, place)
  // Far from what an opening reads.
  writeFileSync(place.file, content.fill(7, content.length - 3 * 4_096))
  await eventually('it is told', () => sick.keeper.failures().length === 1)
  expect(sick.keeper.failures()).toEqual([{ code: 'STORE_DAMAGED' }])
  expect(sick.days()).toEqual([])
  await sick.keeper.close()
  sick.store.close()
  expect(openStore(place)).toEqual({ ok: false, error: { code: 'STORE_DAMAGED' } })
})
