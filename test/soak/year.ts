// A year at the counter in as long as it takes: the desk is opened in the morning and ended in the evening, or left on over night; a
// month ends, the program is updated, a card is renewed, the hub is away for a day, the clinic is closed for a week, the battery of the
// computer's clock is empty. What has to hold is looked at when the desk has been ended.
import { rmSync } from 'node:fs'
import { confirmedStates, isIn, underWayStates } from '../../src-main/ground/states.ts'
import { atDesk } from '../at-desk.ts'
import { eventually } from '../support.ts'
import {
  type Clinic,
  type ClinicOptions,
  confirmAfterClosure,
  endDesk,
  find,
  happens,
  type MonthsEnd,
  openClinic,
  retentionDays,
  startDesk,
  startWithWrongClock,
} from './clinic.ts'
import { dayAfter, firstDay, openDays } from './dates.ts'
import type { Stretch } from './desk.ts'
import { type KnownDelivery, keptIn, trailOf } from './evidence.ts'

export interface YearOptions extends ClinicOptions {
  /** Of the calendar, closed ones included. */
  readonly days: number
  /** Check-ins of a day, asked anew on each: as many as there is time for. */
  readonly checkInsOf: (openDaysLeft: number) => number
}

export interface YearReport {
  readonly days: number
  readonly openDays: number
  readonly checkIns: number
  readonly confirmed: number
  readonly files: number
  readonly starts: number
  readonly nightsLeftOn: number
  readonly happenings: Readonly<Record<string, number>>
  readonly trailRows: number
  /** At the end of each month, or of the whole. */
  readonly kept: readonly MonthsEnd[]
  /** Files of which the receipt computer’s part was unclear: a person is asked. */
  readonly asked: number
  readonly findings: readonly string[]
}

/** After its days a visit is marked, a week later it goes, at the next start whose clock is confirmed: after a closure of a week. */
const longestKept = retentionDays + 7 + 8

/** What a clinic keeps for ever, or what belongs to its schema. */
const growing = new Set(['audit', 'month_counts', 'tallies', 'progress', 'claims', 'records'])
/** Copies of seven days, logs of fourteen, and what a desk has besides. */
const mostFiles = 60
const mostHeapGrowthMB = 48
/** Of so many files one, at most: what a folder does in the middle of a call is unclear. */
const mostAsked = 1_000

export async function year(options: YearOptions): Promise<YearReport> {
  const open = openDays(firstDay, options.days)
  const clinic = await openClinic(options)
  for (const [index, day] of open.entries()) {
    const [before = null, next = null] = [open[index - 1], open[index + 1]]
    if (clinic.desk === null && index > 3 && clinic.random() < 0.02) await startWithWrongClock(clinic, day)
    const desk = await openInTheMorning(clinic, day, before)
    await receive(clinic, desk, day, options.checkInsOf(open.length - index))
    const isMonthEnd = next?.slice(0, 7) !== day.slice(0, 7)
    const isLeftOn = !isMonthEnd && next === dayAfter(day, 1) && clinic.random() < 0.3
    if (!isLeftOn) await endDesk(clinic)
    if (isMonthEnd) await lookAtMonthsEnd(clinic, day)
  }
  const last = open.at(-1) ?? firstDay
  const taken = await bringHome(clinic, last)
  const visits = [...clinic.visits.values()]
  const deliveries = visits.flatMap((visit) => visit.deliveries)
  clinic.findings.push(...lostOrDoubled(deliveries, taken), ...grown(clinic.kept))
  const trailRows = await trailOf(clinic.dataDir)
  rmSync(clinic.imports, { recursive: true, force: true })
  const { counts, happenings, kept, findings } = clinic
  return {
    ...{ days: options.days, openDays: open.length, files: taken.length },
    confirmed: visits.filter(({ state }) => isIn(confirmedStates, state)).length,
    asked: deliveries.filter(isAsked).length,
    ...{ ...counts, happenings, trailRows, kept, findings },
  }
}

/** The desk of a morning, started or left on since the evening, once it has looked at what has had its time. */
async function openInTheMorning(clinic: Clinic, day: string, before: string | null): Promise<Stretch> {
  const isOnOverNight = clinic.desk !== null
  if (clinic.desk !== null) {
    clinic.counts.nightsLeftOn++
    clinic.desk.forget()
    clinic.clock.set(day, '08:30:00')
    await clinic.desk.agent.call(atDesk, 'reception', {})
  } else clinic.desk = await startDesk(clinic, day, '08:30:00')
  const { desk } = clinic
  if (before !== null && dayAfter(before, 4) < day) await confirmAfterClosure(clinic, desk, day)
  await eventually(`retention runs on ${day}${isOnOverNight ? ', after a night' : ''}`, () => desk.hasRetained())
  return desk
}

/** The patients of a day; on some days the hub is away for all of them. */
async function receive(clinic: Clinic, desk: Stretch, day: string, patients: number): Promise<void> {
  const isHubDown = clinic.random() < 0.03
  if (isHubDown) {
    happens(clinic, 'hubDownAllDay')
    desk.agent.training?.sandbox.setFault({ kind: 'down' })
  }
  clinic.days.push(day)
  for (let done = 0; done < patients; done++) await desk.checkIn(isHubDown)
  clinic.counts.checkIns += patients
  if (isHubDown) desk.agent.training?.sandbox.setFault(null)
  clinic.clock.set(day, '18:30:00')
}

async function lookAtMonthsEnd(clinic: Clinic, day: string): Promise<void> {
  const now = await keptIn(clinic.dataDir)
  clinic.kept.push({ day, checkIns: clinic.counts.checkIns, ...now })
  await trailOf(clinic.dataDir)
  if (now.oldestVisit !== null && dayAfter(now.oldestVisit, longestKept) < day)
    find(clinic, `${day}: a visit of ${now.oldestVisit} is still kept`)
  clinic.say(
    `${day}: ${clinic.counts.checkIns} check-ins, ${clinic.visits.size} visits, ${JSON.stringify(now.rows)}, ${now.heapMB} MB, ${now.files} files`,
  )
}

/** A last morning brings home what was under way; returns what the receipt computer has taken in all the time. */
async function bringHome(clinic: Clinic, last: string) {
  clinic.desk = await startDesk(clinic, dayAfter(last, 1), '09:00:00')
  await clinic.desk.agent.settled()
  await endDesk(clinic)
  return clinic.receiptComputer.finish()
}

const isAsked = ({ state }: KnownDelivery) => state === 'conflict'

/** Every file once, whole, and nothing else. Nobody answers here what a person is asked about a file, and it seldom has to be asked. */
function lostOrDoubled(
  known: readonly KnownDelivery[],
  taken: readonly { readonly format: string; readonly id: string | null }[],
): readonly string[] {
  const times = new Map<string, number>()
  for (const { id, format } of taken) times.set(id ?? `torn ${format}`, (times.get(id ?? `torn ${format}`) ?? 0) + 1)
  const ids = new Set(known.map(({ id }) => id))
  const isOut = ({ state }: KnownDelivery) => !isIn(['rejected', 'cancelled', 'conflict'], state)
  const asked = known.filter(isAsked).length
  return [
    ...[...times].filter(([, count]) => count > 1).map(([id, count]) => `${id} was taken ${count} times`),
    ...[...times.keys()].filter((id) => !ids.has(id)).map((id) => `${id} was taken, and nobody knows it`),
    ...known.filter((each) => isOut(each) && !times.has(each.id)).map(({ id, state }) => `${id} never came (${state})`),
    ...known.filter(({ state }) => isIn(underWayStates, state)).map(({ id }) => `${id} is still under way`),
    ...(asked > known.length / mostAsked ? [`a person is asked about ${asked} files`] : []),
  ]
}

/** From the fourth month on as much goes as comes, and where more come in a month, as much more is kept. */
function grown(kept: readonly MonthsEnd[]): readonly string[] {
  const [settled, end] = [kept.slice(2, 4), kept.at(-1)]
  if (settled.length < 2 || end === undefined || kept.length < 6) return []
  const most = (of: (each: MonthsEnd) => number) => Math.max(...settled.map(of))
  const ofMonth = (each: MonthsEnd) => each.checkIns - (kept[kept.indexOf(each) - 1]?.checkIns ?? 0)
  const pace = Math.max(1, ofMonth(end) / most(ofMonth))
  const tables = Object.keys(end.rows).filter((table) => !growing.has(table))
  return [
    ...tables
      .filter((table) => (end.rows[table] ?? 0) > 1.5 * pace * most(({ rows }) => rows[table] ?? 0) + 100)
      .map((table) => `${table} has grown to ${end.rows[table]} rows`),
    ...(end.files > Math.max(mostFiles, most(({ files }) => files) + 5) ? [`${end.files} files are kept`] : []),
    ...(end.heapMB > most(({ heapMB }) => heapMB) + mostHeapGrowthMB ? [`the heap has grown to ${end.heapMB} MB`] : []),
    ...(end.handles > most(({ handles }) => handles) + 20 ? [`${end.handles} handles are open`] : []),
  ]
}
