// One attempt with one card: what the desk holds while a patient stands at the counter, and how its transitions become
// rows. A state in which a person waits is saved at once; one that only passes is saved with the next.
import { randomUUID } from 'node:crypto'
import type { CardCertificate } from '../card/certificate.ts'
import type { FaceView, VisitView } from '../contract/reception.ts'
import type { Assessment } from '../eligibility/assessment.ts'
import type { Handed } from '../eligibility/handed.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'
import type { PersonDoubt } from '../eligibility/person-doubt.ts'
import { type Clock, clinicDay, clinicMoment } from '../ground/clock.ts'
import { failureOrigin } from '../ground/failures.ts'
import type { Log } from '../ground/log.ts'
import { type Failure, ok, type Result } from '../ground/result.ts'
import { isIn, passingVisitStates, type VisitState, visitRules } from '../ground/states.ts'
import type { HubSession } from '../hub/source.ts'
import type { AuditEntry } from '../store/audit.ts'
import type { KnownPatient } from '../store/patients.ts'
import type { VisitRow, Visits } from '../store/visits.ts'
import type { CounterCard } from './counter-card.ts'

/** How long each part of a check-in took, in milliseconds, without the time the person took for the PIN. */
export interface VisitTimings {
  readonly cardMs: number
  readonly hubMs: number
  readonly storeMs: number
  readonly apdus: number
}

/** What one attempt with one card holds. `ended` tells its late continuations that the counter has moved on. */
export interface Attempt {
  visit: VisitRow
  pin: { readonly triesLeft: number; readonly wrong: boolean } | null
  eligibility: Eligibility | null
  /** What the answer means for this patient at this clinic; null without an answer. */
  assessment: Assessment | null
  /** What is handed over; null before the visit is confirmed. */
  handed: Handed | null
  /** The number that an earlier card of this patient brought; a person has to say that it still holds. */
  staleNumber: string | null
  /** Staff have to say whether the answer means the person it meant before; nothing is stored or judged until then. */
  doubt: PersonDoubt | null
  /** What the answer is compared with, and how to ask once more (null: the card has gone with its session). */
  inquiry: { readonly session: HubSession | null; readonly patient: Patient; readonly known: KnownPatient } | null
  /** Kept after its end: it has counted. */
  card: CounterCard | null
  hold: Failure | null
  certificate: (CardCertificate & { readonly der: Uint8Array }) | null
  /** What the attempt goes on from, if its card is the same. */
  readonly before: Before | null
  /** The certificate as it was read (DER), also one that is of no use; null: the card has not shown any. */
  read: Uint8Array | null
  face: FaceView | null
  holder: VisitView['holder']
  session: { opened: number; answer: Promise<Result<HubSession>> } | null
  /** The last answer of this card's person, looked up when the hub cannot be asked. */
  known: Eligibility | null
  /** Takes the questions to the hub back. */
  readonly stop: AbortController
  busy: boolean
  ended: boolean
  timings: { cardMs: number; hubMs: number; storeMs: number }
  /** Rows of transitions that are not saved yet. */
  audit: AuditEntry[]
}

/** The attempt at the counter before this one. */
export interface Before {
  readonly visit: VisitRow
  readonly read: Uint8Array | null
  /** The card has not left the reader since. */
  readonly isLying: boolean
}

/** With a visit of its own, until its card has shown whether it goes on from the attempt before. */
export const newAttempt = (reader: string, before: Before | null, now: Date): Attempt => ({
  ...pastAttempt(newVisit(reader, now)),
  before,
  busy: true,
  ended: false,
})

/**
 * An attempt that ended before anybody was identified goes on under its own number and time, with the same card and on
 * the same day. The number of one patient never goes to the next, and no day outlives its midnight. Called again once the
 * card is read: only then is it known whose it is, unless it has lain there all the time.
 */
export function goOn(current: Attempt, now: Date): void {
  const { before, read } = current
  if (!before) return
  const { visit } = before
  const hasEnded = (visit.state === 'failed' || visit.state === 'cancelled') && visit.patient === null
  const isToday = visit.number > 0 && visit.day === clinicDay(now)
  const isSameCard = before.read && read ? Buffer.from(before.read).equals(read) : before.isLying
  const goesOn = hasEnded && isToday && isSameCard
  if (goesOn === (current.visit.id === visit.id)) return
  const { id, day, number, startedAt } = goesOn ? visit : newVisit(visit.reader, now)
  current.visit = { ...current.visit, id, day, number, startedAt }
}

/** A stored visit that goes on without its card, after everybody has left the counter. */
export const pastAttempt = (visit: VisitRow): Attempt => ({
  visit,
  pin: null,
  eligibility: null,
  assessment: null,
  handed: null,
  staleNumber: null,
  doubt: null,
  inquiry: null,
  card: null,
  hold: null,
  certificate: null,
  before: null,
  read: null,
  face: null,
  holder: null,
  session: null,
  known: null,
  stop: new AbortController(),
  busy: false,
  ended: true,
  timings: { cardMs: 0, hubMs: 0, storeMs: 0 },
  audit: [],
})

const newVisit = (reader: string, now: Date): VisitRow => ({
  id: randomUUID(),
  day: clinicDay(now),
  number: 0,
  reader,
  state: 'reading',
  failure: null,
  startedAt: clinicMoment(now),
  updatedAt: clinicMoment(now),
  patient: null,
  patientNumber: null,
  report: null,
})

/** Adds the time of `work` to one part of the attempt's timings. */
export async function timed<T>(
  current: Attempt,
  part: 'cardMs' | 'hubMs' | 'storeMs',
  work: () => Promise<T>,
): Promise<T> {
  const start = performance.now()
  try {
    return await work()
  } finally {
    current.timings[part] += performance.now() - start
  }
}

export interface RecorderPorts {
  readonly store: Pick<Visits, 'saveVisit' | 'visit'>
  readonly clock: Clock
  readonly log: Log
  /** Something of this attempt is to be shown. */
  readonly changed: (attempt: Attempt) => void
}

/** How every part of a check-in moves its visit on: by the rules, with its audit rows, or into a designed end. */
export type Recorder = ReturnType<typeof createRecorder>

export function createRecorder(ports: RecorderPorts) {
  const { store, clock, log, changed } = ports

  /** Visits whose end could not be saved: in the store they still stand at the counter. */
  const owed = new Map<string, { readonly visit: VisitRow; readonly audit: readonly AuditEntry[] }>()

  /** There is room again: whatever ended meanwhile ends in the store, too, as it did on the screen. */
  const settleOwed = async (): Promise<void> => {
    for (const [id, { visit, audit }] of owed) {
      const stored = (await store.visit(id))?.visit.state
      // An answer that was saved waits for a person, as after a restart.
      const isLeft = isIn(passingVisitStates, stored)
      const settled = isLeft ? await store.saveVisit(visit, audit) : ok(visit)
      if (!settled.ok && settled.error.code !== 'VISIT_NOT_CURRENT') return
      owed.delete(id)
      changed(pastAttempt(visit))
    }
  }

  /** Moves the visit on in memory and notes the audit row. Nobody waits in such a state, so the next save will do. */
  const pass = (current: Attempt, state: VisitState, at = clinicMoment(clock.now())): void => {
    const { visit } = current
    const isNew = visit.number === 0 && current.audit.length === 0
    if (!isNew && !visitRules.mayMove(visit.state, state))
      throw new Error(`a visit cannot go from ${visit.state} to ${state}`)
    current.visit = { ...visit, state, updatedAt: at }
    current.audit.push({ at, event: state, ...(current.visit.failure && { code: current.visit.failure.code }) })
  }

  /** Moves the visit on and saves it, with the audit rows of all states passed since the last save. */
  const move = async (
    current: Attempt,
    states: readonly VisitState[],
    change: Partial<Pick<VisitRow, 'failure' | 'patient'>> = {},
    outcome?: Parameters<Visits['saveVisit']>[2],
  ): Promise<Result<void>> => {
    current.visit = { ...current.visit, failure: null, ...change }
    const at = clinicMoment(clock.now())
    // What could not be saved has happened before; what cannot be saved now does not happen.
    const earlier = owed.get(current.visit.id)?.audit ?? []
    const before = [...earlier, ...current.audit]
    for (const state of states) pass(current, state, at)
    const { visit, audit } = current
    const saved = await timed(current, 'storeMs', () => store.saveVisit(visit, [...earlier, ...audit], outcome))
    current.audit = []
    // Not saved, yet shown: the receptionist must see what happened at the counter even when the disk is full.
    current.visit = saved.ok ? saved.value : { ...visit, state: 'failed', failure: saved.error }
    if (saved.ok) {
      owed.delete(visit.id)
      await settleOwed()
    } else {
      const { code } = saved.error
      if (visit.number > 0)
        owed.set(visit.id, { visit: current.visit, audit: [...before, { at, event: 'failed', code }] })
      current.ended = true
      current.pin = null
      void current.card?.end()
    }
    const { state, failure } = current.visit
    log.write({ event: 'visitMoved', visitId: visit.id, state, ...(failure && { code: failure.code }) })
    return saved.ok ? ok(undefined) : saved
  }

  const failVisit = async (current: Attempt, failure: Failure): Promise<Result<void>> => {
    if (current.ended) return { ok: false, error: failure }
    current.pin = null
    current.face = null
    current.doubt = null
    current.ended = true
    current.stop.abort()
    if (current.card && failureOrigin(failure.code) === 'card') {
      log.write({ event: 'cardFailed', visitId: current.visit.id, code: failure.code, apdus: current.card.trace })
    }
    await move(current, ['failed'], { failure })
    changed(current)
    await current.card?.end()
    return { ok: false, error: failure }
  }

  return { pass, move, failVisit, changed }
}
