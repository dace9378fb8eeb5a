import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clinicMoment } from '../../src-main/ground/clock.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { migrate } from '../../src-main/store/sqlite/migrations.ts'
import { anchorOf } from '../../src-main/store/sqlite/opening.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { handedOf } from '../eligibility/samples.ts'
import { fault } from '../faults.ts'
import { must, temporaryFolder } from '../support.ts'
import {
  at,
  confirmedVisit,
  day,
  eligibility,
  migrationsDir,
  newVisit,
  openTestStore,
  sha256,
  storePlace,
} from './samples.ts'

const shipped = readdirSync(migrationsDir)
  .filter((name) => name.endsWith('.sql'))
  .sort()
const first = shipped[0] ?? ''
/** The name of a migration that comes `further` after the shipped ones. */
const later = (name: string, further = 1) => `${String(shipped.length + further).padStart(4, '0')}_${name}.sql`
const newer = { ok: false, error: { code: 'STORE_NEWER' } }
const mismatch = { ok: false, error: { code: 'STORE_MIGRATION_MISMATCH' } }

/** A copy of the shipped migrations that a test may add to. */
function placeWithMigrations() {
  const folder = temporaryFolder()
  cpSync(migrationsDir, folder, { recursive: true })
  return { ...storePlace(), migrationsDir: folder }
}

test('what was applied is recorded by number, name and hash', () => {
  const place = storePlace()
  must(openStore(place)).close()
  const database = openDatabase(place.file, place.key)
  const applied = database.prepare('SELECT number, name, sha256 FROM migrations').all()
  database.close()
  expect(applied).toEqual(
    shipped.map((name, index) => ({
      number: index + 1,
      name,
      sha256: sha256(readFileSync(join(migrationsDir, name))),
    })),
  )
})

test('a newer program adds its migrations and keeps the data', async () => {
  const place = placeWithMigrations()
  const store = must(openStore(place))
  const visit = await confirmedVisit(store, [])
  store.close()
  writeFileSync(join(place.migrationsDir, later('more')), 'CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;')
  expect(await openTestStore(place).visit(visit.id)).not.toBeNull()
})

test('an older program does not open the database of a newer one', () => {
  const place = placeWithMigrations()
  writeFileSync(join(place.migrationsDir, later('more')), 'CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;')
  must(openStore(place)).close()
  const before = sha256(readFileSync(place.file))
  expect(openStore({ ...place, migrationsDir })).toEqual(newer)
  expect(sha256(readFileSync(place.file))).toBe(before)
  must(openStore(place)).close()
})

fault('updates', 'The program’s own files do not fit the data', {
  seen: 'STORE_MIGRATION_MISMATCH',
  data: 'The data stay as they are.',
  recovery: 'The program is installed again.',
})
test('a migration that was changed after it was applied is refused, be it by one space', () => {
  const place = placeWithMigrations()
  must(openStore(place)).close()
  const file = join(place.migrationsDir, first)
  writeFileSync(file, `${readFileSync(file, 'utf8')} `)
  expect(openStore(place)).toEqual(mismatch)
})

test('a program that has lost its migrations is no older program', () => {
  const place = placeWithMigrations()
  must(openStore(place)).close()
  for (const name of shipped) rmSync(join(place.migrationsDir, name))
  expect(openStore(place)).toEqual(mismatch)
})

test('a gap in the numbers is refused before anything is applied', () => {
  const place = placeWithMigrations()
  writeFileSync(join(place.migrationsDir, later('gap', 2)), 'CREATE TABLE gap (id INTEGER PRIMARY KEY) STRICT;')
  expect(openStore(place)).toEqual(mismatch)
})

test('a migration that breaks off leaves neither its tables nor its record', () => {
  const place = placeWithMigrations()
  const file = join(place.migrationsDir, later('broken'))
  writeFileSync(file, 'CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);')
  expect(() => openStore(place)).toThrow('nowhere')
  writeFileSync(file, 'CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT;')
  openTestStore(place)
})

test('a migration whose name is no migration’s name is refused and not passed over', () => {
  const place = placeWithMigrations()
  writeFileSync(join(place.migrationsDir, later('two_words')), 'CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;')
  expect(openStore(place)).toEqual(mismatch)
})

test('a link of a card that is in its grace is kept by a program that knows of it', async () => {
  const place = placeWithMigrations()
  const last = '0009_grace.sql'
  const newer = shipped.slice(shipped.indexOf(last))
  for (const name of newer) rmSync(join(place.migrationsDir, name))
  const before = openDatabase(place.file, place.key)
  must(migrate(before, place.migrationsDir))
  const link = before.prepare('INSERT INTO card_links VALUES (?, ?, ?, ?, ?)')
  link.run('brings', 'patient', '2026-11-08', 1, '2026-11-08')
  link.run('known', 'patient', '2026-11-08', 0, '2027-01-31')
  before.close()
  for (const name of newer) cpSync(join(migrationsDir, name), join(place.migrationsDir, name))
  must(openStore(place)).close()
  const after = openDatabase(place.file, place.key)
  const rows = after.prepare('SELECT card_key, expires_on, certificate_ends_on FROM card_links ORDER BY card_key').all()
  after.close()
  expect(rows).toEqual([
    { card_key: 'brings', expires_on: '2027-02-28', certificate_ends_on: '2027-02-28' },
    { card_key: 'known', expires_on: '2026-11-08', certificate_ends_on: '2027-04-30' },
  ])
})

test('a number that was linked before names could be confirmed is kept, with none', async () => {
  const place = placeWithMigrations()
  const newer = shipped.slice(shipped.indexOf('0019_confirmed-names.sql'))
  for (const name of newer) rmSync(join(place.migrationsDir, name))
  const before = openDatabase(place.file, place.key)
  must(migrate(before, place.migrationsDir))
  before.exec("INSERT INTO patient_numbers (patient_key, patient_ref, number) VALUES ('patient', 'ref', '00123')")
  before.close()
  for (const name of newer) cpSync(join(migrationsDir, name), join(place.migrationsDir, name))
  must(openStore(place)).close()
  const after = openDatabase(place.file, place.key)
  const rows = after.prepare('SELECT number, confirmed_name, confirmed_of FROM patient_numbers').all()
  after.close()
  expect(rows).toEqual([{ number: '00123', confirmed_name: null, confirmed_of: null }])
})

test('a database from before there were anchors opens, and has one from then on', async () => {
  const place = placeWithMigrations()
  const newer = shipped.slice(shipped.findIndex((name) => name.endsWith('_progress.sql')))
  for (const name of newer) rmSync(join(place.migrationsDir, name))
  const before = openDatabase(place.file, place.key)
  must(migrate(before, place.migrationsDir))
  before.exec("INSERT INTO audit (at, visit_id, event, hash) VALUES ('then', 'a', 'reading', 'of then')")
  before.close()
  for (const name of newer) cpSync(join(migrationsDir, name), join(place.migrationsDir, name))
  const store = must(openStore(place))
  await confirmedVisit(store, [])
  store.close()
  expect(existsSync(anchorOf(place.file))).toBe(true)
  must(openStore(place)).close()
})

test('the time of a confirmation is taken from the trail, not from what happened to the visit later', async () => {
  const place = placeWithMigrations()
  const newer = shipped.slice(shipped.indexOf('0013_confirmed-at.sql'))
  for (const name of newer) rmSync(join(place.migrationsDir, name))
  const before = openDatabase(place.file, place.key)
  must(migrate(before, place.migrationsDir))
  const visit = before.prepare(
    `INSERT INTO visits (id, day, number, reader, state, started_at, updated_at)
    VALUES (?, '2026-11-23', ?, 'reader', 'handedOver', '2026-11-23T09:12:00+09:00', '2026-11-23T17:40:00+09:00')`,
  )
  const confirmation = before.prepare('INSERT INTO confirmations (visit_id, patient_key, body) VALUES (?, ?, ?)')
  for (const [number, id] of ['in the trail', 'not in the trail'].entries()) {
    visit.run(id, number + 1)
    confirmation.run(id, 'patient', '{"held":[]}')
  }
  before
    .prepare(
      "INSERT INTO audit (at, visit_id, event, hash) VALUES ('2026-11-23T09:12:34+09:00', 'in the trail', 'confirmed', '')",
    )
    .run()
  before.close()
  const database = openDatabase(place.file, place.key)
  database.exec(readFileSync(join(migrationsDir, '0013_confirmed-at.sql'), 'utf8'))
  const bodies = database
    .prepare("SELECT json_extract(body, '$.confirmedAt') AS at FROM confirmations ORDER BY id")
    .all()
  database.close()
  expect(bodies).toEqual([{ at: '2026-11-23T09:12:34+09:00' }, { at: '2026-11-23T17:40:00+09:00' }])
})

test('visits that were there before anything was counted are counted', async () => {
  const place = placeWithMigrations()
  const countsOf = shipped.findIndex((name) => name.endsWith('_counts.sql'))
  const missing = shipped.slice(countsOf)
  for (const name of missing) rmSync(join(place.migrationsDir, name))
  const database = openDatabase(place.file, place.key)
  must(migrate(database, place.migrationsDir))
  const earlier = newVisit({ id: 'earlier', state: 'handedOver' })
  const failed = newVisit({ id: 'failed', state: 'failed' })
  const add = database.prepare(`
    INSERT INTO visits (id, day, number, reader, state, failure, started_at, updated_at, person_key, kept_from)
    VALUES (@id, @day, @number, @reader, @state, @failure, @startedAt, @updatedAt, 'a person', @day)`)
  add.run({ ...earlier, number: 1, failure: null })
  add.run({ ...failed, number: 2, failure: '{"code":"PIN_BLOCKED"}' })
  const answer = JSON.stringify(eligibility)
  database.prepare("INSERT INTO answers VALUES (1, 'earlier', 'a patient', '', ?)").run(answer)
  const confirmation = { confirmedAt: clinicMoment(new Date(Date.parse(at) + 21_000)), handed: handedOf(eligibility) }
  const body = JSON.stringify(confirmation)
  database.prepare("INSERT INTO confirmations VALUES (1, 'earlier', 'a patient', ?)").run(body)
  database.close()

  for (const name of missing) cpSync(join(migrationsDir, name), join(place.migrationsDir, name))
  const store = openTestStore(place)
  const { scheme } = handedOf(eligibility).items[0]?.benefit ?? {}
  expect(await store.countsOfDay(day)).toEqual(
    expect.arrayContaining([
      { kind: 'visit', key: 'handedOver', n: 1 },
      { kind: 'failure', key: 'PIN_BLOCKED', n: 1 },
      { kind: 'medicalSubsidy', key: 'present', n: 1 },
      { kind: 'checkup', key: 'absent', n: 1 },
      { kind: 'scheme', key: `${scheme?.code} ${scheme?.name}`, n: 1 },
      { kind: 'waited', key: '21', n: 1 },
    ]),
  )
  expect(await store.cardUsers(day.slice(0, 7))).toBe(1)
})
