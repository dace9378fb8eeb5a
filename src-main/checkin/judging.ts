// What an answer means at this counter: as before or new, it is confirmed without a further question, in one transaction with
// what is handed over; where it differs from what the clinic knows, a person decides first.
import { assess, type ClinicContext } from '../eligibility/assess.ts'
import type { ClaimOrder, Difference } from '../eligibility/assessment.ts'
import { confirm, type Decision } from '../eligibility/confirmation.ts'
import { undecided } from '../eligibility/difference.ts'
import type { Eligibility } from '../eligibility/model.ts'
import { type Clock, clinicDay, clinicMoment, daysLater } from '../ground/clock.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { VisitState } from '../ground/states.ts'
import { type ConfirmedVisit, confirmedVisit } from '../handover/formats/handover-document.ts'
import type { NewDelivery } from '../store/deliveries.ts'
import type { CardLink, VisitRow, Visits } from '../store/visits.ts'
import { type Answer, type Attempt, answerOf, end, enter, type Inquiry, type StageAt } from './attempt.ts'
import type { Recorder } from './recorder.ts'
import type { TakingBack } from './taking-back.ts'

export interface JudgingPorts {
  readonly clock: Clock
  readonly training: boolean
  /** How long answers, and the cards they were given for, are kept. */
  readonly retentionDays: () => number
  /** What the clinic brings to a judgement, as it is now. */
  readonly clinic: () => ClinicContext
  /** The clock, or what is believed in its place. */
  readonly believed: () => Date
  /** What the file of a visit of this day has to wait for, because the clock is in doubt. */
  readonly clockFailure: (visitDay: string) => Failure | null
  /** Renders the confirmed visit for every destination (handover/). */
  readonly render: (visit: ConfirmedVisit) => readonly NewDelivery[]
  readonly store: Pick<Visits, 'takeBackVisit'>
  readonly takingBack: Pick<TakingBack, 'offer' | 'withdraw'>
  /** The outbox has new rows. */
  readonly wakeHandover: () => void
}

/** What is confirmed: the answer, what it was compared with, and what a person has decided about it. */
interface Confirmable {
  readonly answer: Answer
  readonly inquiry: Inquiry
  readonly decisions: readonly Decision[]
  /** The answer has not been saved yet. */
  readonly isUnsaved: boolean
}

export function createJudging(ports: JudgingPorts, { move, changed }: Pick<Recorder, 'move' | 'changed'>) {
  const { clock, store, takingBack } = ports

  /**
   * One patient, proved by the card: what is new or as before is confirmed without a further question, in one transaction
   * with the answer. What has changed, ended or gone missing waits in `answered` for a person.
   */
  const judge = async (current: Attempt, inquiry: Inquiry, eligibility: Eligibility): Promise<Result<void>> => {
    const { known, patient } = inquiry
    const answer = { eligibility, assessment: assess(eligibility, known, ports.clinic()), known }
    const states: VisitState[] = current.visit.state === 'answered' ? [] : ['answered']
    if (undecided(answer.assessment.differences, []).length === 0 && !isOpen(answer.assessment.order)) {
      return confirmVisit(current, [...states, 'confirmed'], { answer, inquiry, decisions: [], isUnsaved: true })
    }
    enter(current, { at: 'deciding', answer, inquiry })
    const saved = await move(current, states, { patient }, versionOf(current, eligibility))
    changed(current)
    return saved
  }

  const confirmVisit = async (
    current: Attempt,
    states: readonly VisitState[],
    { answer, inquiry, decisions, isUnsaved }: Confirmable,
  ): Promise<Result<void>> => {
    const { eligibility, assessment, known } = answer
    const at = clinicMoment(clock.now())
    const before = known.confirmation
    const confirmation = confirm({ before, today: eligibility, assessment, decisions, at, clinic: ports.clinic() })
    const differences = assessment.differences.map((each) => withDecision(each, decisions))
    const decided = { ...answer, assessment: { ...assessment, differences } }
    const waitsFor = ports.clockFailure(current.visit.day)
    const renderedAnew = (visit: VisitRow) =>
      ports
        .render(confirmedVisit(visit, { eligibility, ...confirmation }, ports.training))
        .map((delivery) => (waitsFor && delivery.state === 'queued' ? { ...delivery, failure: waitsFor } : delivery))
    const deliveries = renderedAnew(current.visit)
    const outcome = { ...(isUnsaved && versionOf(current, eligibility)), confirmation, deliveries, renderedAnew }
    end(current, decided)
    const saved = await move(current, states, { patient: inquiry.patient }, outcome)
    if (saved.ok) end(current, decided, confirmation.handed)
    changed(current)
    if (saved.ok) ports.wakeHandover()
    return saved
  }

  const decide = async (
    current: Attempt,
    stage: StageAt<'deciding'>,
    choices: readonly Omit<Decision, 'at'>[],
  ): Promise<Result<void>> => {
    const { answer, inquiry } = stage
    const at = clinicMoment(clock.now())
    const decisions = choices.map((choice) => ({ ...choice, at }))
    const open = undecided(answer.assessment.differences, decisions)
    if (open.length > 0) return fail('REQUEST_INVALID', { field: 'decisions' })
    if (isOpen(answer.assessment.order)) return fail('REQUEST_INVALID', { field: 'helps' })
    current.audit.push({ at, event: 'differencesDecided' })
    const { id: visitId } = current.visit
    if (decisions.length > 0) takingBack.offer(visitId, () => askAnew(current, stage))
    const confirmed = await confirmVisit(current, ['confirmed'], { answer, inquiry, decisions, isUnsaved: false })
    if (!confirmed.ok) takingBack.withdraw(visitId)
    return confirmed
  }

  /** What was decided is taken back: the same questions stand there again. */
  const askAnew = async (current: Attempt, stage: StageAt<'deciding'>): Promise<Result<void>> => {
    const at = clinicMoment(clock.now())
    const { named } = current
    const taken = await store.takeBackVisit({ ...current.visit, state: 'answered' }, 'decision', { at, named })
    if (!taken.ok) return taken
    current.visit = taken.value
    current.named = taken.value
    enter(current, stage)
    // The clinic may have chosen another order, or another spelling, since the question was put.
    reassess(current)
    return ok(undefined)
  }

  /** Judges an answer anew, after the clinic has changed something of its own; what was decided stays decided. */
  const reassess = (current: Attempt): void => {
    const { stage } = current
    const answer = answerOf(current)
    if (!answer || (stage.at !== 'deciding' && stage.at !== 'ended')) return
    const before = new Map(answer.assessment.differences.map(({ key, decided }) => [key, decided]))
    const assessment = assess(answer.eligibility, answer.known, ports.clinic())
    const differences = assessment.differences.map((each) => ({
      ...each,
      decided: before.get(each.key) ?? each.decided,
    }))
    enter(current, { ...stage, answer: { ...answer, assessment: { ...assessment, differences } } })
    changed(current)
  }

  /** A new version of the answer, with the card that proved whose it is. */
  const versionOf = ({ certificate }: Attempt, eligibility: Eligibility) => ({
    eligibility,
    ...(certificate && { card: cardLink(certificate) }),
  })

  /** Until the card no longer counts or the answers end, whichever is first, unless it brings the patient's number. */
  const cardLink = ({ der, countsTo }: NonNullable<Attempt['certificate']>): CardLink => {
    const kept = daysLater(ports.believed(), ports.retentionDays())
    const expiresOn = clinicDay(kept < countsTo ? kept : countsTo)
    return { certificate: der, expiresOn, endsOn: clinicDay(countsTo) }
  }

  return { judge, decide, reassess }
}

/** Several helps come together, and the clinic has not said which it uses. */
const isOpen = ({ together }: ClaimOrder) => together !== null && together.used === null

function withDecision(difference: Difference, decisions: readonly Decision[]): Difference {
  const decision = decisions.find(({ key }) => key === difference.key)
  return decision ? { ...difference, decided: { choice: decision.choice, at: decision.at } } : difference
}
