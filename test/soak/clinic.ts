// The clinic of the simulated year: its folders, its clock that is set, its receipt computer, the desk that is opened and ended, and what
// has been seen of all of them so far.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { atDesk } from '../at-desk.ts'
import { startImportingComputer } from '../handover/importing-computer.ts'
import { eventually } from '../support.ts'
import { writeTrainingFolder } from '../training-folder.ts'
import { type DeskClock, dayAfter, deskClock, firstDay } from './dates.ts'
import { openStretch, type Stretch } from './desk.ts'
import { type Kept, type KnownVisit, keptIn, visitsOf } from './evidence.ts'

export const retentionDays = 30

/** What is kept then; `checkIns`: of all days until then. */
export type MonthsEnd = Kept & { readonly day: string; readonly checkIns: number }

export interface ClinicOptions {
  /** Empty; the certificates of the training clinic are laid into it. */
  readonly dataDir: string
  readonly random: () => number
  readonly say: (text: string) => void
}

export interface Clinic extends ClinicOptions {
  readonly imports: string
  readonly clock: DeskClock
  readonly receiptComputer: ReturnType<typeof startImportingComputer>
  /** Null: it has been ended for the night. */
  desk: Stretch | null
  /** Those so far on which it was open. */
  readonly days: string[]
  readonly counts: { checkIns: number; starts: number; nightsLeftOn: number }
  readonly happenings: Record<string, number>
  /** As each was when it was last looked at. */
  readonly visits: Map<string, KnownVisit>
  /** At the end of each month, or of the whole. */
  readonly kept: MonthsEnd[]
  readonly findings: string[]
}

export async function openClinic({ dataDir, random, say }: ClinicOptions): Promise<Clinic> {
  const clock = deskClock()
  const imports = join(dataDir, 'import')
  for (const format of ['csv', 'json', 'xml', 'fhir', 'receipt']) mkdirSync(join(imports, format), { recursive: true })
  const destinations = (['csv', 'json'] as const).map((format) => ({
    id: format,
    format,
    folder: join(imports, format),
  }))
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ mode: 'training', destinations, retentionDays }))
  await writeTrainingFolder(join(dataDir, 'training'), clock)
  return {
    ...{ dataDir, random, say, imports, clock },
    receiptComputer: startImportingComputer(imports, join(dataDir, 'taken.jsonl')),
    desk: null,
    days: [],
    counts: { checkIns: 0, starts: 0, nightsLeftOn: 0 },
    happenings: {},
    visits: new Map(),
    kept: [],
    findings: [],
  }
}

export function find({ say, findings }: Clinic, what: string): void {
  say(`!! ${what}`)
  findings.push(what)
}

export function happens({ happenings }: Clinic, what: string): void {
  happenings[what] = (happenings[what] ?? 0) + 1
}

export async function startDesk(clinic: Clinic, day: string, time: string): Promise<Stretch> {
  const { dataDir, random, clock, counts } = clinic
  clock.set(day, time)
  counts.starts++
  const opened = await openStretch({
    ...{ dataDir, random, clock },
    // An update each month.
    version: `1.${day.slice(0, 7)}`,
    onFault: (entry: LogEntry) =>
      find(clinic, `${day}: a fault, ${entry.where?.slice(0, 4).join(' < ') ?? 'nobody knows where'}`),
    onHappening: (what) => happens(clinic, what),
  })
  if (opened.renewedCards) happens(clinic, 'cardsRenewed')
  return opened
}

/** An answer that was owed, and a file that could not go out, may come days later: also after a week without anybody. */
const lately = 20

/** The desk is ended; what it knows of these days is looked at. */
export async function endDesk(clinic: Clinic): Promise<void> {
  await clinic.desk?.end()
  clinic.desk = null
  const from = dayAfter(clinic.days.at(-1) ?? firstDay, -lately)
  const days = clinic.days.filter((day) => day > from)
  for (const visit of await visitsOf(clinic.dataDir, days)) clinic.visits.set(visit.id, visit)
}

/** A morning by a clock that is years away, at a desk that nobody works at: nothing may go by it. */
export async function startWithWrongClock(clinic: Clinic, day: string): Promise<void> {
  const [wrong, kind] = clinic.random() < 0.5 ? (['2029-01-02', 'ahead'] as const) : (['2015-01-01', 'behind'] as const)
  happens(clinic, `clock ${kind}`)
  const wasThere = await keptIn(clinic.dataDir)
  const desk = await startDesk(clinic, wrong, '09:00:00')
  await eventually('the clock is in doubt', () => desk.agent.reception().clockDoubt?.kind === kind)
  await desk.agent.call(atDesk, 'reception', {})
  await desk.end()
  if (desk.hasRetained()) find(clinic, `${day}: retention ran by a clock that said ${wrong}`)
  const isThere = await keptIn(clinic.dataDir)
  for (const table of ['visits', 'answers', 'deliveries', 'expiry_marks']) {
    if (isThere.rows[table] !== wasThere.rows[table])
      find(clinic, `${day}: ${table} changed by a clock that said ${wrong}`)
  }
}

/** After a week without anybody nothing goes before somebody has said that the date is right; then it goes. */
export async function confirmAfterClosure(clinic: Clinic, { agent, hasRetained }: Stretch, day: string): Promise<void> {
  happens(clinic, 'closure')
  await eventually('the clock is ahead', () => agent.reception().clockDoubt?.kind === 'ahead')
  if (hasRetained()) find(clinic, `${day}: retention ran before anybody confirmed the date`)
  const said = await agent.call(atDesk, 'confirmClock', { today: day })
  if (!said.ok) find(clinic, `${day}: the date could not be confirmed (${said.error.code})`)
}
