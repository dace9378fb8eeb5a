// What the source says of an identified patient, and what comes of it: judged against what the clinic has confirmed before,
// confirmed at once or after a person has decided, kept as the last known version while the source is away.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { assess, type ClinicContext } from '../eligibility/assess.ts'
import type { Difference } from '../eligibility/assessment.ts'
import { confirm, type Decision } from '../eligibility/confirmation.ts'
import { undecided } from '../eligibility/difference.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'
import { personDoubt } from '../eligibility/person-doubt.ts'
import { type Clock, clinicDay, clinicMoment, daysLater } from '../ground/clock.ts'
import { failureClass } from '../ground/failures.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import { type VisitState, visitRules } from '../ground/states.ts'
import { type ConfirmedVisit, confirmedVisit } from '../handover/formats/handover-document.ts'
import { askWithoutCards } from '../hub/ask-without-cards.ts'
import type { RequeryItem, RequerySource } from '../hub/requeries.ts'
import type { EligibilitySource, HubSession } from '../hub/source.ts'
import type { NewDelivery } from '../store/deliveries.ts'
import type { NumberLinks } from '../store/numbers.ts'
import type { KnownPatients } from '../store/patients.ts'
import type { CardLink, Visits } from '../store/visits.ts'
import { type Attempt, pastAttempt, type Recorder, timed } from './attempt.ts'
import { lateEligibility, unreachableEligibility } from './last-answer.ts'

export interface AnsweringPorts {
  readonly source: EligibilitySource & RequerySource
  readonly store: Pick<KnownPatients, 'known' | 'latestEligibilityOfCard'> &
    Pick<NumberLinks, 'patientNumber' | 'linkPatientNumber'> &
    Pick<Visits, 'offlineVisits' | 'visit'>
  readonly clock: Clock
  readonly training: boolean
  /** How long answers, and the cards they were given for, are kept. */
  readonly retentionDays: number
  /** What the clinic brings to a judgement, as it is now. */
  readonly clinic: () => ClinicContext
  /** The clock, or what is believed in its place. */
  readonly believed: () => Date
  /** What the file of a visit of this day has to wait for, because the clock is in doubt. */
  readonly clockFailure: (visitDay: string) => Failure | null
  /** Renders the confirmed visit for every destination (handover/). */
  readonly render: (visit: ConfirmedVisit) => readonly NewDelivery[]
  /** The outbox has new rows. */
  readonly wakeHandover: () => void
  /** The day the hub is asked about, when it is not today (rehearsals); YYYY-MM-DD. */
  readonly asOf?: string
}

export type Answering = ReturnType<typeof createAnswering>

export function createAnswering(ports: AnsweringPorts, { move, failVisit, changed }: Recorder) {
  const { source, store, clock } = ports

  const ask = async (current: Attempt, session: HubSession, patient: Patient): Promise<Result<void>> => {
    // A visit is asked about on its own day or not at all: as the clock says now, not as it said when the card was laid.
    const today = clinicDay(clock.now())
    if (current.visit.day !== today) return failVisit(current, { code: 'VISIT_DAY_TURNED' })
    const asOf = ports.asOf ?? today
    const asking = timed(current, 'hubMs', () => source.fetchEligibility(session, patient, asOf, current.stop.signal))
    // Looked up while the source answers: the question is out before the database holds everything up.
    await nextTurn()
    const { certificate } = current
    const [answer, known, ofCard] = await Promise.all([
      asking,
      store.known(patient.ref),
      certificate && store.latestEligibilityOfCard(certificate.der),
      numberPatient(current, patient),
    ])
    if (current.ended) return fail('VISIT_CANCELLED')
    const ofReference = known.versions[0]?.patient ?? null
    const doubt = personDoubt(patient, { ofReference, ofCard: ofCard?.patient ?? null })
    if (!answer.ok) {
      // Without an answer there is nothing to decide about, and nobody goes on under a name that is in doubt.
      if (doubt) return failVisit(current, answer.error)
      if (failureClass[answer.error.code] !== 'transient') return failVisit(current, answer.error)
      return goOffline(current, patient, answer.error, known.versions[0] ?? null)
    }
    current.inquiry = { session, patient, known }
    if (doubt) {
      current.doubt = doubt
      current.eligibility = answer.value
      changed(current)
      return ok(undefined)
    }
    return proceed(current, patient, answer.value)
  }

  const proceed = async (current: Attempt, patient: Patient, eligibility: Eligibility): Promise<Result<void>> => {
    const judged = await judge(current, eligibility)
    if (judged.ok) await overtake(current, patient)
    return judged
  }

  /** Staff have asked the person at the counter; a number that the reference brings is theirs under the new name too. */
  const confirmPerson = async (current: Attempt, isSame: boolean): Promise<Result<void>> => {
    const { doubt, inquiry, eligibility } = current
    if (!doubt || !inquiry || !eligibility) return fail('VISIT_NOT_CURRENT')
    if (!isSame) {
      current.eligibility = null
      return failVisit(current, { code: 'HUB_PERSON_DIFFERS' })
    }
    current.doubt = null
    const at = clinicMoment(clock.now())
    current.audit.push({ at, event: 'personConfirmed' })
    const judged = await proceed(current, inquiry.patient, eligibility)
    const { id: visitId, patientNumber: number } = current.visit
    if (judged.ok && number !== null) await store.linkPatientNumber({ visitId, number, isMoved: false, at })
    return judged
  }

  /** The clinic's own number of the patient, where their card, or the terminal as 照会番号, brings it. */
  const numberPatient = async (current: Attempt, patient: Patient): Promise<void> => {
    const linked = await store.patientNumber(patient.ref, current.certificate?.der ?? null)
    const brought =
      current.visit.report?.referenceNumber ?? (linked?.isConfirmed ? linked.number : current.visit.patientNumber)
    current.visit = { ...current.visit, patientNumber: brought }
    current.staleNumber = brought === null ? (linked?.number ?? null) : null
  }

  /**
   * One patient, proved by the card: what is new or as before is confirmed without a further question, in one transaction
   * with the answer. What has changed, ended or gone missing waits in `answered` for a person.
   */
  const judge = async (current: Attempt, eligibility: Eligibility): Promise<Result<void>> => {
    const { inquiry, visit } = current
    if (!inquiry) return fail('VISIT_NOT_CURRENT')
    current.eligibility = eligibility
    current.handed = null
    current.assessment = assess(eligibility, inquiry.known, ports.clinic())
    const states: VisitState[] = visit.state === 'answered' ? [] : ['answered']
    if (undecided(current.assessment.differences, []).length === 0) {
      return confirmVisit(current, [...states, 'confirmed'], [], eligibility)
    }
    current.ended = false
    const saved = await move(current, states, { patient: inquiry.patient }, versionOf(current, eligibility))
    changed(current)
    return saved
  }

  /** `version`: the answer, where it has not been saved yet. */
  const confirmVisit = async (
    current: Attempt,
    states: readonly VisitState[],
    decisions: readonly Decision[],
    version?: Eligibility,
  ): Promise<Result<void>> => {
    const { eligibility, assessment, inquiry } = current
    if (!eligibility || !assessment || !inquiry) return fail('VISIT_NOT_CURRENT')
    current.ended = true
    const at = clinicMoment(clock.now())
    const before = inquiry.known.confirmation
    const confirmation = confirm({ before, today: eligibility, assessment, decisions, at, clinic: ports.clinic() })
    const differences = assessment.differences.map((each) => withDecision(each, decisions))
    current.assessment = { ...assessment, differences }
    const rendered = ports.render(confirmedVisit(current.visit, { eligibility, ...confirmation }, ports.training))
    const waitsFor = ports.clockFailure(current.visit.day)
    const deliveries = rendered.map((delivery) =>
      waitsFor && delivery.state === 'queued' ? { ...delivery, failure: waitsFor } : delivery,
    )
    const outcome = { ...(version && versionOf(current, version)), confirmation, deliveries }
    const saved = await move(current, states, { patient: inquiry.patient }, outcome)
    if (saved.ok) current.handed = confirmation.handed
    changed(current)
    if (saved.ok) ports.wakeHandover()
    return saved
  }

  const decide = async (current: Attempt, choices: readonly Omit<Decision, 'at'>[]): Promise<Result<void>> => {
    const at = clinicMoment(clock.now())
    const decisions = choices.map((choice) => ({ ...choice, at }))
    const open = undecided(current.assessment?.differences ?? [], decisions)
    if (open.length > 0) return fail('REQUEST_INVALID', { field: 'decisions' })
    current.audit.push({ at, event: 'differencesDecided' })
    return confirmVisit(current, ['confirmed'], decisions)
  }

  const askAgain = async (current: Attempt): Promise<Result<void>> => {
    const { inquiry, eligibility } = current
    // The terminal answers when a card is laid, not when it is asked again.
    if (!inquiry || !eligibility || eligibility.source === 'terminal') return fail('VISIT_NOT_CURRENT')
    const answer = await timed(current, 'hubMs', () => inquire(current, inquiry, eligibility.asOf))
    if (current.ended) return fail('VISIT_CANCELLED')
    // The first answer still stands, and so does the question.
    if (!answer.ok) return answer
    current.audit.push({ at: clinicMoment(clock.now()), event: 'askedAgain' })
    return judge(current, answer.value)
  }

  /** With the card's session where there is one, else by the patient's reference. */
  const inquire = async (
    { stop }: Attempt,
    { session, patient }: NonNullable<Attempt['inquiry']>,
    asOf: string,
  ): Promise<Result<Eligibility>> => {
    if (session) return source.fetchEligibility(session, patient, asOf, stop.signal)
    let answer: Result<Eligibility> = fail('HUB_ANSWER_INVALID')
    const asked = await askWithoutCards(
      source,
      { asOf, patientRefs: [patient.ref] },
      async ([item]) => {
        if (item) answer = item.outcome === 'answered' ? ok({ patient, ...item.answer }) : fail('HUB_PATIENT_UNKNOWN')
      },
      stop.signal,
    )
    return asked.ok ? answer : asked
  }

  /** Of a patient who came to the counter again, only the last visit still waits for its answer. */
  const overtake = async (current: Attempt, patient: Patient): Promise<void> => {
    for (const visit of await store.offlineVisits(current.visit.day)) {
      if (visit.id === current.visit.id || visit.patient?.ref !== patient.ref) continue
      const overtaken = pastAttempt(visit)
      await move(overtaken, ['cancelled'], { failure: { code: 'VISIT_REPEATED' } })
      changed(overtaken)
    }
  }

  /** The answer about a patient who is not at the counter, or whose card is not. */
  const answer = async (current: Attempt, eligibility: Eligibility): Promise<Result<void>> => {
    const { patient } = eligibility
    current.inquiry = { session: null, patient, known: await store.known(patient.ref) }
    await numberPatient(current, patient)
    return judge(current, eligibility)
  }

  /** The answer about a visit that was left without it; false: nothing has become of it. */
  const answerLate = async (current: Attempt, patient: Patient, item: RequeryItem): Promise<void> => {
    current.audit.push({ at: clinicMoment(clock.now()), event: 'askedLater' })
    if (item.outcome === 'answered') {
      const { versions } = await store.known(patient.ref)
      await answer(current, lateEligibility(patient, item.answer, versions[0] ?? null))
      return
    }
    current.eligibility = null
    await move(current, ['failed'], { failure: { code: 'HUB_PATIENT_UNKNOWN' } })
    changed(current)
  }

  /** A stored visit whose answer waits for a person, as it was when it was judged; null when nothing waits. */
  const reopened = async (visitId: string): Promise<Attempt | null> => {
    const stored = await store.visit(visitId)
    const { eligibility, visit } = stored ?? {}
    if (!eligibility || !visit || !visitRules.mayDo(visit.state, 'takeUp')) return null
    const { versions, confirmation } = await store.known(eligibility.patient.ref)
    const earlier = versions.filter(({ fetchedAt }) => fetchedAt < eligibility.fetchedAt)
    const known = { versions: earlier, confirmation }
    return {
      ...pastAttempt(visit),
      ended: false,
      eligibility,
      inquiry: { session: null, patient: eligibility.patient, known },
      assessment: assess(eligibility, known, ports.clinic()),
    }
  }

  /** Judges an answer anew, after the clinic has changed something of its own; what was decided stays decided. */
  const reassess = (current: Attempt): void => {
    if (!current.eligibility || !current.assessment) return
    const before = new Map(current.assessment.differences.map(({ key, decided }) => [key, decided]))
    const known = current.inquiry?.known ?? { versions: [], confirmation: null }
    const assessment = assess(current.eligibility, known, ports.clinic())
    const differences = assessment.differences.map((each) => ({
      ...each,
      decided: before.get(each.key) ?? each.decided,
    }))
    current.assessment = { ...assessment, differences }
    changed(current)
  }

  /** The person is known, the source is not reachable: the last version we hold, never shown or handed over as today's. */
  const goOffline = async (
    current: Attempt,
    patient: Patient,
    failure: Failure,
    last: Eligibility | null,
  ): Promise<Result<void>> => {
    const asOf = ports.asOf ?? current.visit.day
    current.eligibility = unreachableEligibility(patient, asOf, clinicMoment(clock.now()), last)
    current.assessment = assess(current.eligibility, { versions: [], confirmation: null }, ports.clinic())
    await numberPatient(current, patient)
    current.ended = true
    current.hold = null
    const saved = await move(current, ['offline'], { patient, failure })
    if (saved.ok) await overtake(current, patient)
    changed(current)
    return { ok: false, error: failure }
  }

  /** A new version of the answer, with the card that proved whose it is. */
  const versionOf = ({ certificate }: Attempt, eligibility: Eligibility) => ({
    eligibility,
    ...(certificate && { card: cardLink(certificate) }),
  })

  /** Until the card no longer counts or the answers end, whichever is first, unless it brings the patient's number. */
  const cardLink = ({ der, countsTo }: NonNullable<Attempt['certificate']>): CardLink => {
    const kept = daysLater(ports.believed(), ports.retentionDays)
    const expiresOn = clinicDay(kept < countsTo ? kept : countsTo)
    return { certificate: der, expiresOn, endsOn: clinicDay(countsTo) }
  }

  return { ask, answer, confirmPerson, decide, askAgain, answerLate, reopened, reassess, goOffline }
}

function withDecision(difference: Difference, decisions: readonly Decision[]): Difference {
  const decision = decisions.find(({ key }) => key === difference.key)
  return decision ? { ...difference, decided: { choice: decision.choice, at: decision.at } } : difference
}
