// A desk's visits, one after the other, as a check-in writes them (test/bench/store-check-in.ts), with the ends that a day has: most
// are confirmed, some are taken back and confirmed anew, some are cancelled, some fail at the card and begin again under their number.
// A step about which nothing is known is asked again, as a person would: nobody goes on before it is clear what became of it.
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, clinicMoment } from '../../../src-main/ground/clock.ts'
import { Refusal, type Result } from '../../../src-main/ground/result.ts'
import type { VisitState } from '../../../src-main/ground/states.ts'
import type { AuditEntry } from '../../../src-main/store/audit.ts'
import type { NewDelivery } from '../../../src-main/store/deliveries.ts'
import type { Store } from '../../../src-main/store/store.ts'
import type { VisitRow } from '../../../src-main/store/visits.ts'
import { handedOf } from '../../eligibility/samples.ts'
import { newVisit, registered } from '../../store/new-visit.ts'
import type { Dice } from './dice.ts'
import type { Journal, ToldFile } from './journal.ts'

export interface CheckInDesk {
  readonly id: string
  readonly store: Store
  readonly journal: Journal
  readonly dice: Dice
  readonly clock: Clock
  /** Between two tries, in milliseconds. */
  readonly againMs: number
  /** Its files wait here: it is going to be taken back. */
  readonly held: Set<string>
  /** There is something to bring. */
  readonly wake: () => void
}

const ends = { confirmed: 80, takenBack: 8, cancelled: 6, failedOnce: 6 }

/** `day`: YYYY-MM-DD. */
export async function checkIn(desk: CheckInDesk, day: string): Promise<void> {
  const { store, dice } = desk
  const end = dice.weighed(ends)
  const visit = newVisit({ day })
  const at = () => clinicMoment(desk.clock.now())
  const go = async (
    now: VisitRow,
    events: readonly VisitState[],
    outcome: Outcome = {},
    more: Partial<VisitRow> = {},
  ): Promise<VisitRow> => {
    const state = events.at(-1) ?? now.state
    const audit = events.map((event): AuditEntry => ({ at: at(), event }))
    const next = { ...now, ...more, state, updatedAt: at() }
    return settle(desk, next, () => store.saveVisit(next, audit, outcome), { files: outcome.deliveries })
  }
  let now = await go(visit, ['reading'])
  if (end === 'failedOnce') {
    now = await go(now, ['failed'], {}, { failure: { code: 'CARD_REMOVED' } })
    now = await go(now, ['reading'], {}, { failure: null })
  }
  if (dice.next() < 0.1) await askNumber(desk, day)
  now = await go(now, ['identifying'])
  now = await go(now, ['asking'])
  if (end === 'cancelled') return void (await go(now, ['cancelled']))
  const patient = personOf(visit.id)
  await read(desk, () => store.known(patient.ref))
  const answers = {
    medicalSubsidy: { state: 'present' as const, items: [registered] },
    vaccination: { state: 'absent' as const },
    checkup: { state: 'absent' as const },
  }
  const eligibility = { patient, asOf: day, fetchedAt: at(), source: 'pmh' as const, answers }
  const confirmed = () => {
    const confirmation = { held: [], decided: [], confirmedAt: at(), handed: handedOf(eligibility) }
    return { confirmation, deliveries: newFiles(dice) }
  }
  if (end === 'confirmed') {
    await go(now, ['answered', 'confirmed'], { eligibility, ...confirmed() }, { patient })
    return desk.wake()
  }
  now = await go(now, ['answered'], { eligibility }, { patient })
  now = await go(now, ['confirmed'], confirmed())
  if (end === 'takenBack') {
    desk.held.add(visit.id)
    const back = await takeBack(desk, now)
    desk.held.delete(visit.id)
    if (back) await go(back, ['confirmed'], confirmed())
  }
  desk.wake()
}

type Outcome = NonNullable<Parameters<Store['saveVisit']>[2]>

const personOf = (id: string) => ({
  ref: `hub-ref-${id}`,
  name: '髙﨑　陽翔',
  nameKana: 'タカサキ　ハルト',
  birthDate: '2021-02-28',
  sex: 'male' as const,
})

export const destinations = ['taken', 'lying'] as const

/** Every visit has one for the receipt computer that takes its files at once, every fourth one for a folder in which they lie. */
const newFiles = (dice: Dice): readonly NewDelivery[] =>
  destinations.slice(0, dice.next() < 0.25 ? 2 : 1).map((destination) => {
    const id = randomUUID()
    const state = 'queued' as const
    const payload = Buffer.from(`${id}\r\n`.repeat(50))
    return { id, destination, format: 'csv', state, failure: null, fileName: `madoguchi_${id}.csv`, payload }
  })

const told = ({ id, destination, fileName, payload }: NewDelivery): ToldFile => ({
  id,
  destination,
  fileName,
  sha256: createHash('sha256').update(payload).digest('hex'),
})

/** Again and again, until it is known what became of it. */
async function settle(
  desk: CheckInDesk,
  next: VisitRow,
  write: () => Promise<Result<VisitRow>>,
  { files, goesBack }: { readonly files?: readonly NewDelivery[] | undefined; readonly goesBack?: boolean },
): Promise<VisitRow> {
  const { journal, store } = desk
  let isUnclear = false
  const tell = (visit: VisitRow): VisitRow => {
    const { id, day, number, state } = visit
    const said = { ...(files && { files: files.map(told) }), ...(goesBack && { goesBack }) }
    journal.note({ kind: 'told', desk: desk.id, visit: id, day, number, state, ...said })
    return visit
  }
  for (;;) {
    const saved = await write()
    if (saved.ok) {
      if (isUnclear) journal.note({ kind: 'cleared', desk: desk.id, counted: false })
      return tell(saved.value)
    }
    const { code } = saved.error
    if (code === 'VISIT_NOT_CURRENT') {
      const stored = await read(desk, () => store.visit(next.id))
      if (isUnclear) journal.note({ kind: 'cleared', desk: desk.id, counted: true })
      else journal.note({ kind: 'untrue', desk: desk.id, visit: next.id, state: next.state })
      if (!stored) throw new Error('a visit that is not current is not there')
      // The lane may have been quicker: what is told is the step, not what has come after it.
      return tell({ ...next, number: stored.visit.number })
    }
    if (code === 'STORE_COMMIT_UNKNOWN') {
      isUnclear = true
      journal.note({ kind: 'unclear', desk: desk.id, of: 'step' })
    } else journal.note({ kind: code === 'STORE_UNREACHABLE' ? 'unreachable' : 'refused', desk: desk.id, code })
    await pause(desk.againMs)
  }
}

/** null: its files are on their way already. */
async function takeBack(desk: CheckInDesk, now: VisitRow): Promise<VisitRow | null> {
  const { store, journal } = desk
  const { id, day, number, state } = now
  journal.note({ kind: 'told', desk: desk.id, visit: id, day, number, state, goesBack: true })
  let isUnclear = false
  for (;;) {
    const at = clinicMoment(desk.clock.now())
    const taken = await store.takeBackVisit({ ...now, state: 'answered' }, 'decision', { at, named: now })
    if (taken.ok || taken.error.code === 'VISIT_NOT_CURRENT') {
      const isBack = taken.ok || (await read(desk, () => store.visit(id)))?.visit.state === 'answered'
      if (isUnclear) journal.note({ kind: 'cleared', desk: desk.id, counted: !taken.ok && isBack })
      const back = isBack ? ({ ...now, state: 'answered' } as const) : null
      journal.note({ kind: 'told', desk: desk.id, visit: id, day, number, state: back?.state ?? state })
      return back
    }
    const { code } = taken.error
    isUnclear ||= code === 'STORE_COMMIT_UNKNOWN'
    if (code === 'STORE_COMMIT_UNKNOWN') journal.note({ kind: 'unclear', desk: desk.id, of: 'step' })
    else journal.note({ kind: code === 'STORE_UNREACHABLE' ? 'unreachable' : 'refused', desk: desk.id, code })
    await pause(desk.againMs)
  }
}

/** What is not heard of is a number that nobody has. */
async function askNumber(desk: CheckInDesk, day: string): Promise<void> {
  const given = await desk.store.nextTerminalRequest(day)
  if (given.ok) desk.journal.note({ kind: 'request', day, number: given.value })
  else if (given.error.code === 'STORE_COMMIT_UNKNOWN')
    desk.journal.note({ kind: 'unclear', desk: desk.id, of: 'step' })
}

/** Until it can be read. */
export async function read<T>({ againMs }: Pick<CheckInDesk, 'againMs'>, look: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await look()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await pause(againMs)
    }
  }
}
