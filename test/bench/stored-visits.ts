// Many visits in one store, for measuring: one is written by the store's own rules, and its rows are the pattern of all others, each with
// its own id, day, patient, card and number, in the tables and indexes as they are shipped. Of the audit trail there are two rows for a
// visit, where a desk writes ten: the steps before the confirmation are left out.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { handedAsSaid } from '../../src-main/eligibility/handed.ts'
import type { Eligibility, Patient } from '../../src-main/eligibility/model.ts'
import { clinicDay, daysLater } from '../../src-main/ground/clock.ts'
import { auditHash } from '../../src-main/store/sql/audit-chain.ts'
import { createKeys, indexKeyOf, type Keys } from '../../src-main/store/sql/keys.ts'
import { auditHeadRow, auditRow } from '../../src-main/store/sql/rows.ts'
import { underWay } from '../../src-main/store/sql/statements/conditions.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import type { StoreOptions } from '../../src-main/store/sqlite/opening.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { newVisit, registered } from '../store/new-visit.ts'
import { done, fillStore } from './bulk-store.ts'

/** However many visits there are: a day's list is as long with all. */
const visitsOfDay = 200
/** Each comes about ten times. */
const visitsOfPatient = 10
/** Files that have not gone out yet. */
const waiting = 5
const firstDay = new Date('2013-04-01T00:00:00+09:00')

export const destination = 'receipt-csv'
export const dayOf = (visit: number): string => clinicDay(daysLater(firstDay, Math.floor(visit / visitsOfDay)))
export const patientsAmong = (visits: number): number => visits / visitsOfPatient

const kana = 'アイウエオカキクケコ'

export const patientAt = (place: number): Patient => ({
  ref: `hub-ref-${place}`,
  name: '髙﨑　陽翔',
  nameKana: `タカサキ　${String(place).replace(/\d/g, (digit) => kana[Number(digit)] ?? '')}`,
  birthDate: '2021-02-28',
  sex: 'male',
})
/** As long as one of JPKI. */
export const certificateAt = (place: number): Uint8Array => Buffer.alloc(1_500, `certificate ${place} `)
export const numberAt = (place: number): string => String(place + 1).padStart(8, '0')

/** What stands in the rows of the one visit, and is another one in each. */
interface Marks {
  readonly visitId: string
  readonly deliveryId: string
  readonly day: string
  readonly month: string
  readonly ref: string
  readonly nameKana: string
  readonly patientKey: string
  readonly personKey: string
  readonly numberedKey: string
  readonly cardKey: string
  readonly number: string
}
type Person = Omit<Marks, 'visitId' | 'deliveryId' | 'day' | 'month'>

function personAt(keys: Keys, place: number): Person {
  const patient = patientAt(place)
  return {
    ref: patient.ref,
    nameKana: patient.nameKana,
    patientKey: keys.patient(patient.ref),
    personKey: keys.person(patient) ?? '',
    numberedKey: keys.numbered(patient) ?? '',
    cardKey: keys.card(certificateAt(place)),
    number: numberAt(place),
  }
}

const patternPlace = 98_765_432
const patternDay = '2001-02-03'
const patternId = '0a0a0a0a-0000-4000-8000-0a0a0a0a0a0a'
const patternFile = '0b0b0b0b-0000-4000-8000-0b0b0b0b0b0b'

const tables = {
  patient: ['card_links', 'patient_numbers'],
  visit: ['visits', 'answers', 'confirmations', 'deliveries', 'tallies', 'card_uses'],
} as const
/** Given by the table itself. */
const ownNumber: Readonly<Record<string, string>> = { answers: 'id', confirmations: 'id', deliveries: 'seq' }

const cellSchema = z.union([z.string(), z.number(), z.null(), z.instanceof(Buffer)])
type Cell = z.infer<typeof cellSchema>
const rowsSchema = z.array(z.record(z.string(), cellSchema))

/** A row whose marks are put in: its columns, and what stands in them. */
interface Pattern {
  readonly table: string
  readonly columns: readonly string[]
  cells(marks: Marks, number: number): Cell[]
}

function cellOf(column: string, cell: Cell, marks: Marks): (of: Marks, number: number) => Cell {
  if (column === 'number' && typeof cell === 'number') return (_, number) => number
  if (typeof cell !== 'string') return () => cell
  for (const mark of markNames) {
    const [first = '', ...others] = cell.split(marks[mark])
    if (others.length === 0) continue
    const pieces = [first, ...others].map((piece) => cellOf(column, piece, marks))
    if (cell === marks[mark]) return (of) => of[mark]
    return (of, number) => pieces.map((piece) => piece(of, number)).join(of[mark])
  }
  return () => cell
}
/** The day before its month. */
const markNames = [
  ...(['visitId', 'deliveryId', 'day', 'month', 'ref', 'nameKana'] as const),
  ...(['patientKey', 'personKey', 'numberedKey', 'cardKey', 'number'] as const),
]

function patternOf(table: string, row: Readonly<Record<string, Cell>>, marks: Marks): Pattern {
  const filled = Object.entries(row).filter(([column]) => ownNumber[table] !== column)
  const cells = filled.map(([column, cell]) => cellOf(column, cell, marks))
  return {
    table,
    columns: filled.map(([column]) => column),
    cells: (of, number) => cells.map((cell) => cell(of, number)),
  }
}

/** A check-in that has gone through, as the store's rules leave it. */
async function writeOne(place: StoreOptions): Promise<void> {
  const store = done(openStore(place))
  const at = `${patternDay}T09:12:33.120+09:00`
  const patient = patientAt(patternPlace)
  const medicalSubsidy = { state: 'present' as const, items: [registered] }
  const nothing = { state: 'absent' as const }
  const answers = { medicalSubsidy, vaccination: nothing, checkup: nothing }
  const eligibility: Eligibility = { patient, asOf: patternDay, fetchedAt: at, source: 'pmh', answers }
  const scheme = { code: '88', name: '乳幼児医療費助成（マル乳）', kind: 'local' as const }
  const benefit = { ...registered, scheme, validity: 'valid' as const, warnings: ['MONTHLY_CAP_ON_PAPER' as const] }
  const confirmation = {
    held: [{ benefit: registered, source: 'pmh' as const, fetchedAt: at, confirmedAt: at }],
    decided: [],
    confirmedAt: at,
    handed: handedAsSaid({ state: 'present', items: [benefit] }, patternDay),
  }
  const delivery = {
    id: patternFile,
    destination,
    format: 'csv' as const,
    state: 'queued' as const,
    failure: null,
    fileName: `madoguchi_${patternFile}.csv`,
    // Short: files are read by the hand-over alone, one by one, and a million of them would take as long to encrypt as all else.
    payload: Buffer.alloc(256, 'x'),
  }
  const card = { certificate: certificateAt(patternPlace), expiresOn: '2099-12-31', endsOn: '2099-12-31' }
  const row = newVisit({ id: patternId, day: patternDay, state: 'confirmed', patient, startedAt: at, updatedAt: at })
  const outcome = { eligibility, confirmation, deliveries: [delivery], card }
  done(await store.saveVisit(row, [{ at, event: 'confirmed' }], outcome))
  done(await store.linkPatientNumber({ visitId: patternId, number: numberAt(patternPlace), isMoved: false, at }))
  store.close()
}

interface Patterns {
  readonly ofPatient: readonly Pattern[]
  readonly ofVisit: readonly Pattern[]
  readonly audit: readonly z.infer<typeof auditRow>[]
}

async function makePatterns({ key, migrationsDir }: StoreOptions): Promise<Patterns> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-pattern-'))
  try {
    const place = { file: join(folder, 'madoguchi.db'), key, migrationsDir }
    await writeOne(place)
    const database = openDatabase(place.file, key)
    const person = personAt(createKeys(indexKeyOf(key)), patternPlace)
    const month = patternDay.slice(0, 7)
    const marks = { ...person, visitId: patternId, deliveryId: patternFile, day: patternDay, month }
    const patterns = (of: readonly string[]) =>
      of.flatMap((table) =>
        rowsSchema.parse(database.prepare(`SELECT * FROM ${table}`).all()).map((row) => patternOf(table, row, marks)),
      )
    const audit = z.array(auditRow).parse(database.prepare('SELECT * FROM audit ORDER BY id LIMIT 2').all())
    const made = { ofPatient: patterns(tables.patient), ofVisit: patterns(tables.visit), audit }
    database.close()
    return made
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const inserting = (database: Database.Database, { table, columns }: Pick<Pattern, 'table' | 'columns'>) =>
  database.prepare(
    `INSERT INTO ${table} (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )

/** To the end of the trail. */
function trailOf(database: Database.Database, audit: Patterns['audit']) {
  const columns = ['id', 'at', 'visit_id', 'delivery_id', 'event', 'staff_id', 'desk', 'patient', 'hash']
  const insert = inserting(database, { table: 'audit', columns })
  const read = database.prepare('SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1').get()
  let { id, hash } = auditHeadRow.optional().parse(read) ?? { id: 0, hash: '' }
  return (of: Marks) => {
    for (const pattern of audit) {
      const at = `${of.day}${pattern.at.slice(10)}`
      const deliveryId = pattern.deliveryId && of.deliveryId
      hash = auditHash(hash, { ...pattern, at, visitId: of.visitId, deliveryId, patient: of.patientKey })
      const { event, staffId, desk } = pattern
      insert.run(++id, at, of.visitId, deliveryId, event, staffId, desk, of.patientKey, hash)
    }
  }
}

/** Whose turn it is: spread over all, the same ones in each run. */
const turnOf = (visit: number, patients: number) => (visit * 7_919) % patients

/** Makes a store, or goes on with one that was made by this: from its visit `from` up to `to`, which is not among them. */
export async function storeVisits(place: StoreOptions, from: number, to: number): Promise<void> {
  const { ofPatient, ofVisit, audit } = await makePatterns(place)
  const keys = createKeys(indexKeyOf(place.key))
  const people = Array.from({ length: patientsAmong(to) }, (_, at) => personAt(keys, at))
  fillStore(place, (_, database) => {
    const adding = (patterns: readonly Pattern[]) =>
      patterns.map((pattern) => ({ pattern, insert: inserting(database, pattern) }))
    const [perPatient, perVisit] = [adding(ofPatient), adding(ofVisit)]
    const write = trailOf(database, audit)
    const nobody = { visitId: '', deliveryId: '', day: '', month: '' }
    for (const person of people.slice(patientsAmong(from)))
      for (const { pattern, insert } of perPatient) insert.run(...pattern.cells({ ...nobody, ...person }, 0))
    for (let visit = from; visit < to; visit++) {
      const person = people[turnOf(visit, people.length)]
      if (!person) throw new Error('nobody has this turn')
      const day = dayOf(visit)
      const marks = { ...person, visitId: randomUUID(), deliveryId: randomUUID(), day, month: day.slice(0, 7) }
      const number = (visit % visitsOfDay) + 1
      for (const { pattern, insert } of perVisit) insert.run(...pattern.cells(marks, number))
      write(marks)
      if (number === visitsOfDay) settle(database)
    }
  })
}

/** What lies behind the newest files has gone out and was taken. */
function settle(database: Database.Database): void {
  // By the index of what is under way, or it would be looked for among all.
  const behind = `${underWay} AND destination = ? AND seq <= (SELECT max(seq) FROM deliveries) - ?`
  const acknowledge = (update: string) => database.prepare(update).run(destination, waiting)
  acknowledge(`UPDATE visits SET state = 'acknowledged' WHERE id IN (SELECT visit_id FROM deliveries WHERE ${behind})`)
  acknowledge(`UPDATE deliveries SET state = 'acknowledged', attempts = 1 WHERE ${behind}`)
}
