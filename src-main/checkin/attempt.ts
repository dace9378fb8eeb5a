// One attempt with one card: what the desk holds while a patient stands at the counter. How far it is, is one stage, which
// carries what is there then: nobody can ask for a PIN after the end, or decide about an answer that has not come.
import { randomUUID } from 'node:crypto'
import type { CardCertificate } from '../card/certificate.ts'
import type { FaceView, VisitView } from '../contract/reception.ts'
import type { Assessment } from '../eligibility/assessment.ts'
import type { Handed } from '../eligibility/handed.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'
import type { PersonDoubt } from '../eligibility/person-doubt.ts'
import { clinicDay, clinicMoment } from '../ground/clock.ts'
import type { Failure, Result } from '../ground/result.ts'
import type { HubSession } from '../hub/source.ts'
import type { AuditEntry } from '../store/audit.ts'
import type { KnownPatient } from '../store/patients.ts'
import type { Naming, VisitRow } from '../store/visits.ts'
import type { CounterCard } from './counter-card.ts'

/** How long each part of a check-in took, in milliseconds, without the time the person took for the PIN. */
export interface VisitTimings {
  readonly cardMs: number
  readonly hubMs: number
  readonly storeMs: number
  readonly apdus: number
}

/** What the source said, and what that means for this patient at this clinic. */
export interface Answer {
  readonly eligibility: Eligibility
  readonly assessment: Assessment
  /** What it was compared with. */
  readonly known: KnownPatient
}

/** What the answer is compared with, and how to ask once more (null: the card has gone with its session). */
export interface Inquiry {
  readonly session: HubSession | null
  readonly patient: Patient
  readonly known: KnownPatient
}

/** How far an attempt is, with what is there then and at no other time. */
export type Stage =
  /** The card; `hold`: another program has it. */
  | { readonly at: 'reading'; readonly hold: Failure | null }
  | {
      readonly at: 'identifying'
      readonly pin: { readonly triesLeft: number; readonly wrong: boolean }
      /** The front in the chip, while staff compare it with the person. */
      readonly face: FaceView | null
      /** Another program has the card, or the hub cannot be asked. */
      readonly hold: Failure | null
      /** The last answer of this card's person, looked up when the hub cannot be asked. */
      readonly lastAnswer: Eligibility | null
    }
  | { readonly at: 'asking'; readonly lastAnswer: Eligibility | null }
  /** Staff have to say whether the answer means the person it meant before; nothing is stored or judged until then. */
  | {
      readonly at: 'doubting'
      readonly doubt: PersonDoubt
      readonly eligibility: Eligibility
      readonly inquiry: Inquiry
    }
  /** Staff have to decide what differs from before. */
  | { readonly at: 'deciding'; readonly answer: Answer; readonly inquiry: Inquiry }
  | {
      readonly at: 'ended'
      readonly answer: Answer | null
      /** What is handed over; null where the visit was not confirmed. */
      readonly handed: Handed | null
      /** Whom the card says it belongs to, where the hub could not say it. */
      readonly holder: VisitView['holder']
    }

export type StageAt<At extends Stage['at']> = Extract<Stage, { readonly at: At }>

const followers: Readonly<Record<Stage['at'], readonly Stage['at'][]>> = {
  reading: ['identifying', 'ended'],
  identifying: ['asking', 'ended'],
  asking: ['doubting', 'deciding', 'ended'],
  doubting: ['deciding', 'ended'],
  deciding: ['ended'],
  // The answer that came later is not as before.
  ended: ['deciding'],
}

/** The one way from a stage to the next, or to the same one with something else in it. */
export function enter(current: Attempt, stage: Stage): void {
  const { at } = current.stage
  if (at !== stage.at && !followers[at].includes(stage.at)) {
    throw new Error(`an attempt cannot go from ${at} to ${stage.at}`)
  }
  current.stage = stage
}

/** The stage, if it is this one; asked again after every wait, as the counter may have moved on meanwhile. */
export function stageAt<At extends Stage['at']>(current: Attempt, at: At): StageAt<At> | null {
  const is = (stage: Stage): stage is StageAt<At> => stage.at === at
  return is(current.stage) ? current.stage : null
}

export const hasEnded = (current: Attempt): boolean => current.stage.at === 'ended'

/** Begun on another day than it is now. */
export const isOfAnotherDay = ({ visit }: Attempt, now: Date): boolean => visit.day !== clinicDay(now)

/** The answer that is there to be shown: of one that may be about somebody else, none. */
export const answerOf = ({ stage }: Attempt): Answer | null =>
  stage.at === 'deciding' || stage.at === 'ended' ? stage.answer : null

/** Late continuations find it ended. What was answered stays to be shown. */
export function end(current: Attempt, answer: Answer | null = answerOf(current), handed: Handed | null = null): void {
  enter(current, { at: 'ended', answer, handed, holder: null })
}

/** What one attempt with one card holds, whatever its stage. */
export interface Attempt {
  visit: VisitRow
  /** How the visit is named in the store, as far as this desk knows. */
  named: Naming
  stage: Stage
  /** The number that an earlier card of this patient brought; a person has to say that it still holds. */
  staleNumber: string | null
  /** Kept after its end: it has counted. */
  card: CounterCard | null
  certificate: (CardCertificate & { readonly der: Uint8Array }) | null
  /** What the attempt goes on from, if its card is the same. */
  before: Before | null
  /** The certificate as it was read (DER), also one that is of no use; null: the card has not shown any. */
  read: Uint8Array | null
  session: { opened: number; answer: Promise<Result<HubSession>> } | null
  /** A person has said that the next card is its patient's, wherever it was begun. */
  isAwaited: boolean
  /** Takes the questions to the hub back. */
  readonly stop: AbortController
  timings: { cardMs: number; hubMs: number; storeMs: number }
  /** Rows of transitions that are not saved yet. */
  audit: AuditEntry[]
  /** While the store is told of a move, which may take seconds at a site's server. */
  saving: Saving | null
}

interface Saving {
  /** What still stands there. */
  readonly shown: VisitRow
  /** However it went: it has come to its end, and the visit is as it was saved. */
  readonly done: Promise<void>
}

/** The attempt at the counter before this one. */
export interface Before {
  readonly visit: VisitRow
  readonly read: Uint8Array | null
  /** The card has not left the reader since, or a person has said that the next one is its patient's. */
  readonly isLying: boolean
}

/** With a visit of its own, until its card has shown whether it goes on from the attempt before. */
export const newAttempt = (reader: string, before: Before | null, now: Date): Attempt => ({
  ...pastAttempt(newVisit(reader, now)),
  before,
  stage: { at: 'reading', hold: null },
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
  named: visit,
  stage: { at: 'ended', answer: null, handed: null, holder: null },
  staleNumber: null,
  card: null,
  certificate: null,
  before: null,
  read: null,
  session: null,
  isAwaited: false,
  stop: new AbortController(),
  timings: { cardMs: 0, hubMs: 0, storeMs: 0 },
  audit: [],
  saving: null,
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
  confirmedName: null,
  report: null,
})
