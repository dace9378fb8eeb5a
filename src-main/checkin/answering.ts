// What the source says of an identified patient, and what comes of it: judged against what the clinic has confirmed before,
// confirmed at once or after a person has decided, kept as the last known version while the source is away.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { assess } from '../eligibility/assess.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'
import { personDoubt } from '../eligibility/person-doubt.ts'
import { clinicDay, clinicMoment } from '../ground/clock.ts'
import { failureClass } from '../ground/failures.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { visitRules } from '../ground/states.ts'
import { askWithoutCards } from '../hub/ask-without-cards.ts'
import type { RequeryItem, RequerySource } from '../hub/requeries.ts'
import type { EligibilitySource, HubSession } from '../hub/source.ts'
import type { NumberLinks } from '../store/numbers.ts'
import type { KnownPatients } from '../store/patients.ts'
import type { Visits } from '../store/visits.ts'
import { type Attempt, end, enter, hasEnded, type Inquiry, pastAttempt, type StageAt } from './attempt.ts'
import { createJudging, type JudgingPorts } from './judging.ts'
import { createKnownPerson } from './known-person.ts'
import { lateEligibility } from './last-answer.ts'
import { type Recorder, timed } from './recorder.ts'

export interface AnsweringPorts extends JudgingPorts {
  readonly source: EligibilitySource & RequerySource
  readonly store: JudgingPorts['store'] &
    Pick<KnownPatients, 'known' | 'latestEligibilityOfCard'> &
    Pick<NumberLinks, 'patientNumber' | 'linkPatientNumber'> &
    Pick<Visits, 'offlineVisits' | 'visit'>
  /** The day the hub is asked about, when it is not today (rehearsals); YYYY-MM-DD. */
  readonly asOf?: string
}

export type Answering = ReturnType<typeof createAnswering>

export function createAnswering(ports: AnsweringPorts, recorder: Recorder) {
  const { source, store, clock } = ports
  const { move, failVisit, changed } = recorder
  const { judge, decide, reassess } = createJudging(ports, recorder)
  const { numberPatient, overtake, goOffline } = createKnownPerson(ports, recorder)

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
    if (hasEnded(current)) return fail('VISIT_CANCELLED')
    const ofReference = known.versions[0]?.patient ?? null
    const doubt = personDoubt(patient, { ofReference, ofCard: ofCard?.patient ?? null })
    if (!answer.ok) {
      // Without an answer there is nothing to decide about, and nobody goes on under a name that is in doubt.
      if (doubt) return failVisit(current, answer.error)
      if (failureClass[answer.error.code] !== 'transient') return failVisit(current, answer.error)
      return goOffline(current, patient, answer.error, known.versions[0] ?? null)
    }
    const inquiry = { session, patient, known }
    if (doubt) {
      enter(current, { at: 'doubting', doubt, eligibility: answer.value, inquiry })
      changed(current)
      return ok(undefined)
    }
    return proceed(current, inquiry, answer.value)
  }

  const proceed = async (current: Attempt, inquiry: Inquiry, eligibility: Eligibility): Promise<Result<void>> => {
    const judged = await judge(current, inquiry, eligibility)
    if (judged.ok) await overtake(current, inquiry.patient)
    return judged
  }

  /** Staff have asked the person at the counter; a number that the reference brings is theirs under the new name too. */
  const confirmPerson = async (
    current: Attempt,
    { inquiry, eligibility }: StageAt<'doubting'>,
    isSame: boolean,
  ): Promise<Result<void>> => {
    if (!isSame) return failVisit(current, { code: 'HUB_PERSON_DIFFERS' })
    const at = clinicMoment(clock.now())
    current.audit.push({ at, event: 'personConfirmed' })
    const judged = await proceed(current, inquiry, eligibility)
    const { id: visitId, patientNumber: number } = current.visit
    if (judged.ok && number !== null) await store.linkPatientNumber({ visitId, number, isMoved: false, at })
    return judged
  }

  const askAgain = async (current: Attempt, { answer, inquiry }: StageAt<'deciding'>): Promise<Result<void>> => {
    const { asOf, source: from } = answer.eligibility
    // The terminal answers when a card is laid, not when it is asked again.
    if (from === 'terminal') return fail('VISIT_NOT_CURRENT')
    const again = await timed(current, 'hubMs', () => inquire(source, inquiry, asOf, current.stop.signal))
    if (hasEnded(current)) return fail('VISIT_CANCELLED')
    // The first answer still stands, and so does the question.
    if (!again.ok) return again
    current.audit.push({ at: clinicMoment(clock.now()), event: 'askedAgain' })
    return judge(current, inquiry, again.value)
  }

  /** The answer about a patient who is not at the counter, or whose card is not. */
  const answer = async (current: Attempt, eligibility: Eligibility): Promise<Result<void>> => {
    const { patient } = eligibility
    const inquiry = { session: null, patient, known: await store.known(patient.ref) }
    await numberPatient(current, patient)
    return judge(current, inquiry, eligibility)
  }

  /** The answer about a visit that was left without it; false: nothing has become of it. */
  const answerLate = async (current: Attempt, patient: Patient, item: RequeryItem): Promise<void> => {
    current.audit.push({ at: clinicMoment(clock.now()), event: 'askedLater' })
    if (item.outcome === 'answered') {
      const { versions } = await store.known(patient.ref)
      await answer(current, lateEligibility(patient, item.answer, versions[0] ?? null))
      return
    }
    end(current, null)
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
    const answer = { eligibility, assessment: assess(eligibility, known, ports.clinic()), known }
    const inquiry = { session: null, patient: eligibility.patient, known }
    return { ...pastAttempt(visit), stage: { at: 'deciding', answer, inquiry } }
  }

  return { ask, answer, confirmPerson, decide, askAgain, answerLate, reopened, reassess, goOffline }
}

/** With the card's session where there is one, else by the patient's reference. */
async function inquire(
  source: AnsweringPorts['source'],
  { session, patient }: Inquiry,
  asOf: string,
  signal: AbortSignal,
): Promise<Result<Eligibility>> {
  if (session) return source.fetchEligibility(session, patient, asOf, signal)
  let answer: Result<Eligibility> = fail('HUB_ANSWER_INVALID')
  const asked = await askWithoutCards(
    source,
    { asOf, patientRefs: [patient.ref] },
    async ([item]) => {
      if (item) answer = item.outcome === 'answered' ? ok({ patient, ...item.answer }) : fail('HUB_PATIENT_UNKNOWN')
    },
    signal,
  )
  return asked.ok ? answer : asked
}
