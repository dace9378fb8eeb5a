// The clinic of the simulated year: its folders, its clock that is set, its receipt computer, the desk that is opened and ended, and what
// has been seen of all of them so far.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { atDesk } from '../at-desk.ts'
import { startImportingComputer } from '../handover/importing-computer.ts'
import { eventually } from '../support.ts'
import { writeTrainingFolder } from '../training-folder.ts'
import { type DeskClock, deskClock } from './dates.ts'
import { openStretch, type Stretch } from './desk.ts'
import { deliveriesOf, type Kept, type KnownDelivery, keptIn } from './evidence.ts'

export const retentionDays = 30

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
  /** Days whose visits have not been looked at since. */
  unseen: string[]
  readonly counts: { checkIns: number; confirmed: number; starts: number; nightsLeftOn: number }
  readonly happenings: Record<string, number>
  readonly deliveries: Map<string, KnownDelivery>
  /** At the end of each month, or of the whole. */
  readonly kept: (Kept & { readonly day: string })[]
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
    unseen: [],
    counts: { checkIns: 0, confirmed: 0, starts: 0, nightsLeftOn: 0 },
    happenings: {},
    deliveries: new Map(),
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

/** The desk is ended; what it has recorded since the last time is looked at. */
export async function endDesk(clinic: Clinic): Promise<void> {
  await clinic.desk?.end()
  clinic.desk = null
  const { states, deliveries } = await deliveriesOf(clinic.dataDir, clinic.unseen)
  for (const [state, count] of states)
    if (state === 'confirmed' || state === 'handedOver') clinic.counts.confirmed += count
  for (const delivery of deliveries) clinic.deliveries.set(delivery.id, delivery)
  clinic.unseen = []
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
