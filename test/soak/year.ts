// A year at the counter in as long as it takes: the desk is opened in the morning and ended in the evening, or left on over night; a
// month ends, the program is updated, a card is renewed, the hub is away for a day, the clinic is closed for a week, the battery of the
// computer's clock is empty. What has to hold is looked at when the desk has been ended.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { isIn, underWayStates } from '../../src-main/ground/states.ts'
import { atDesk } from '../at-desk.ts'
import { startImportingComputer } from '../handover/importing-computer.ts'
import { eventually } from '../support.ts'
import { writeTrainingFolder } from '../training-folder.ts'
import { dayAfter, deskClock, firstDay, openDays } from './dates.ts'
import { openStretch, type Stretch } from './desk.ts'
import { deliveriesOf, type Kept, type KnownDelivery, keptIn, trailOf } from './evidence.ts'

export interface YearOptions {
  /** Empty; the certificates of the training clinic are laid into it. */
  readonly dataDir: string
  readonly random: () => number
  /** Of the calendar, closed ones included. */
  readonly days: number
  /** Check-ins of a day, asked anew on each: as many as there is time for. */
  readonly checkInsOf: (openDaysLeft: number) => number
  readonly say: (text: string) => void
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
  readonly kept: readonly (Kept & { readonly day: string })[]
  readonly findings: readonly string[]
}

const retentionDays = 30
/** After its days a visit is marked, a week later it goes, at the next start whose clock is confirmed: after a closure of a week. */
const longestKept = retentionDays + 7 + 8

/** What a clinic keeps for ever, or what belongs to its schema. */
const growing = new Set(['audit', 'month_counts', 'tallies', 'progress', 'claims', 'records'])
/** Copies of seven days, logs of fourteen, and what a desk has besides. */
const mostFiles = 60
const mostHeapGrowthMB = 48

export async function year(options: YearOptions): Promise<YearReport> {
  const { dataDir, random, say } = options
  const clock = deskClock()
  const findings: string[] = []
  const happenings: Record<string, number> = {}
  const find = (what: string) => {
    say(`!! ${what}`)
    findings.push(what)
  }
  const happens = (what: string) => {
    happenings[what] = (happenings[what] ?? 0) + 1
  }
  const imports = join(dataDir, 'import')
  for (const format of ['csv', 'json', 'xml', 'fhir', 'receipt']) mkdirSync(join(imports, format), { recursive: true })
  const destinations = (['csv', 'json'] as const).map((format) => ({
    id: format,
    format,
    folder: join(imports, format),
  }))
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ mode: 'training', destinations, retentionDays }))
  await writeTrainingFolder(join(dataDir, 'training'), clock)
  const receiptComputer = startImportingComputer(imports, join(dataDir, 'taken.jsonl'))

  const open = openDays(firstDay, options.days)
  const last = open.at(-1)
  const deliveries = new Map<string, KnownDelivery>()
  const kept: (Kept & { readonly day: string })[] = []
  let desk: Stretch | null = null
  let unseen: string[] = []
  let [checkIns, confirmed, starts, nights] = [0, 0, 0, 0]
  let before: string | null = null

  const start = async (day: string, time: string): Promise<Stretch> => {
    clock.set(day, time)
    starts++
    const opened = await openStretch({
      dataDir,
      clock,
      random,
      // An update each month.
      version: `1.${day.slice(0, 7)}`,
      onFault: (entry: LogEntry) =>
        find(`${day}: a fault, ${entry.where?.slice(0, 4).join(' < ') ?? 'nobody knows where'}`),
      onHappening: happens,
    })
    if (opened.renewedCards) happens('cardsRenewed')
    return opened
  }

  /** The desk is ended; what it has recorded since the last time is looked at. */
  const end = async (): Promise<void> => {
    await desk?.end()
    desk = null
    const seen = await deliveriesOf(dataDir, unseen)
    confirmed += [...seen.states].reduce(
      (sum, [state, n]) => sum + (['confirmed', 'handedOver'].includes(state) ? n : 0),
      0,
    )
    for (const delivery of seen.deliveries) deliveries.set(delivery.id, delivery)
    unseen = []
  }

  /** Years away, at a desk that nobody works at: nothing may go by such a clock. */
  const startWithWrongClock = async (day: string, wrong: string, kind: 'ahead' | 'behind'): Promise<void> => {
    happens(`clock ${kind}`)
    const wasThere = await keptIn(dataDir)
    const wrongDesk = await start(wrong, '09:00:00')
    await eventually('the clock is in doubt', () => wrongDesk.agent.reception().clockDoubt?.kind === kind)
    await wrongDesk.agent.call(atDesk, 'reception', {})
    await wrongDesk.end()
    if (wrongDesk.hasRetained()) find(`${day}: retention ran by a clock that said ${wrong}`)
    const isThere = await keptIn(dataDir)
    for (const table of ['visits', 'answers', 'deliveries', 'expiry_marks']) {
      if (isThere.rows[table] !== wasThere.rows[table]) find(`${day}: ${table} changed by a clock that said ${wrong}`)
    }
  }

  /** Nothing goes before somebody has said that the date is right; then it goes. */
  const confirmAfterClosure = async (opened: Stretch, day: string): Promise<void> => {
    happens('closure')
    await eventually('the clock is ahead', () => opened.agent.reception().clockDoubt?.kind === 'ahead')
    if (opened.hasRetained()) find(`${day}: retention ran before anybody confirmed the date`)
    const said = await opened.agent.call(atDesk, 'confirmClock', { today: day })
    if (!said.ok) find(`${day}: the date could not be confirmed (${said.error.code})`)
  }

  for (const [index, day] of open.entries()) {
    const isLongClosed = before !== null && dayAfter(before, 4) < day
    if (desk === null && index > 3 && random() < 0.02) {
      await (random() < 0.5
        ? startWithWrongClock(day, '2029-01-02', 'ahead')
        : startWithWrongClock(day, '2015-01-01', 'behind'))
    }
    const isOnOverNight: boolean = desk !== null
    if (desk !== null) {
      nights++
      desk.forget()
      clock.set(day, '08:30:00')
      await desk.agent.call(atDesk, 'reception', {})
    } else desk = await start(day, '08:30:00')
    const opened: Stretch = desk
    if (isLongClosed) await confirmAfterClosure(opened, day)
    await eventually(`retention runs on ${day}${isOnOverNight ? ', after a night' : ''}`, () => opened.hasRetained())
    const isHubDown = random() < 0.03
    if (isHubDown) {
      happens('hubDownAllDay')
      opened.agent.training?.sandbox.setFault({ kind: 'down' })
    }
    unseen.push(day)
    const count = options.checkInsOf(open.length - index)
    for (let done = 0; done < count; done++) await opened.checkIn(isHubDown)
    checkIns += count
    if (isHubDown) opened.agent.training?.sandbox.setFault(null)
    clock.set(day, '18:30:00')
    const next = open[index + 1]
    const isMonthEnd = next === undefined || next.slice(0, 7) !== day.slice(0, 7)
    const isLeftOn = !isMonthEnd && next === dayAfter(day, 1) && random() < 0.3
    if (!isLeftOn) await end()
    if (isMonthEnd) {
      const now = await keptIn(dataDir)
      kept.push({ day, ...now })
      await trailOf(dataDir)
      if (now.oldestVisit !== null && dayAfter(now.oldestVisit, longestKept) < day)
        find(`${day}: a visit of ${now.oldestVisit} is still kept`)
      say(
        `${day}: ${checkIns} check-ins, ${deliveries.size} files, ${JSON.stringify(now.rows)}, ${now.heapMB} MB, ${now.files} files`,
      )
    }
    before = day
  }

  // A last morning brings home what was under way.
  desk = await start(dayAfter(last ?? firstDay, 1), '09:00:00')
  await desk.agent.settled()
  await end()
  const seenAgain = await deliveriesOf(
    dataDir,
    open.filter((day) => day > dayAfter(last ?? firstDay, -20)),
  )
  for (const delivery of seenAgain.deliveries) deliveries.set(delivery.id, delivery)
  const taken = await receiptComputer.finish()
  findings.push(...lostOrDoubled([...deliveries.values()], taken), ...grown(kept))
  const trailRows = await trailOf(dataDir)
  rmSync(imports, { recursive: true, force: true })
  return {
    ...{
      days: options.days,
      openDays: open.length,
      checkIns,
      confirmed,
      files: taken.length,
      starts,
      nightsLeftOn: nights,
    },
    ...{ happenings, trailRows, kept, findings },
  }
}

/** Every file once, whole, and nothing else. */
function lostOrDoubled(
  known: readonly KnownDelivery[],
  taken: readonly { readonly format: string; readonly id: string | null }[],
): readonly string[] {
  const times = new Map<string, number>()
  for (const { id, format } of taken) times.set(id ?? `torn ${format}`, (times.get(id ?? `torn ${format}`) ?? 0) + 1)
  const ids = new Set(known.map(({ id }) => id))
  const isOut = ({ state }: KnownDelivery) => state !== 'rejected' && state !== 'cancelled'
  return [
    ...[...times].filter(([, count]) => count > 1).map(([id, count]) => `${id} was taken ${count} times`),
    ...[...times.keys()].filter((id) => !ids.has(id)).map((id) => `${id} was taken, and nobody knows it`),
    ...known.filter((each) => isOut(each) && !times.has(each.id)).map(({ id, state }) => `${id} never came (${state})`),
    ...known.filter(({ state }) => isIn(underWayStates, state)).map(({ id }) => `${id} is still under way`),
  ]
}

/** From the fourth month on as much goes as comes. */
function grown(kept: readonly (Kept & { readonly day: string })[]): readonly string[] {
  const [settled, end] = [kept.slice(2, 4), kept.at(-1)]
  if (settled.length < 2 || end === undefined || kept.length < 6) return []
  const most = (of: (each: Kept) => number) => Math.max(...settled.map(of))
  const tables = Object.keys(end.rows).filter((table) => !growing.has(table))
  return [
    ...tables
      .filter((table) => (end.rows[table] ?? 0) > 1.5 * most(({ rows }) => rows[table] ?? 0) + 100)
      .map((table) => `${table} has grown to ${end.rows[table]} rows`),
    ...(end.files > Math.max(mostFiles, most(({ files }) => files) + 5) ? [`${end.files} files are kept`] : []),
    ...(end.heapMB > most(({ heapMB }) => heapMB) + mostHeapGrowthMB ? [`the heap has grown to ${end.heapMB} MB`] : []),
    ...(end.handles > most(({ handles }) => handles) + 20 ? [`${end.handles} handles are open`] : []),
  ]
}
