// The visits that wait for staff to say whom they are about, each with the people of the clinic it could be: as long as
// it takes, over a restart too. Once that is known they go as at the counter.
import { distinct } from '../../eligibility/matching.ts'
import { type Eligibility, isDayUnknown } from '../../eligibility/model.ts'
import { clinicMoment } from '../../ground/clock.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { visitRules } from '../../ground/states.ts'
import type { ClinicPatient, KnownPatients } from '../../store/patients.ts'
import type { VisitRow, Visits } from '../../store/visits.ts'
import { type AnsweringPorts, createAnswering } from '../answering.ts'
import { type Attempt, pastAttempt } from '../attempt.ts'
import { createRecorder, type RecorderPorts } from '../recorder.ts'

export type ChoicesPorts = AnsweringPorts &
  Pick<RecorderPorts, 'store' | 'log'> & {
    readonly store: Pick<Visits, 'choosingVisits'> & Pick<KnownPatients, 'clinicPatients'>
  }

/** Somebody a visit could be about, with what tells people of one kana and birth date apart. */
export interface Candidate extends ClinicPatient {
  /** Names of the 公費 that the clinic has confirmed of them. */
  readonly certificates: readonly string[]
}

export type Choices = Awaited<ReturnType<typeof openChoices>>

export async function openChoices(ports: ChoicesPorts, changed: (visitId: string) => void) {
  const { store, clock, log } = ports
  const recorder = createRecorder({ store, clock, log, changed: ({ visit }) => changed(visit.id) })
  const answering = createAnswering(ports, recorder)
  const waiting = new Map<string, readonly Candidate[]>()

  const candidateOf = async (person: ClinicPatient): Promise<Candidate> => {
    const { confirmation } = await store.known(person.ref)
    return { ...person, certificates: (confirmation?.held ?? []).map(({ benefit }) => benefit.certificateName) }
  }

  const offer = async (visitId: string, people: readonly ClinicPatient[]): Promise<void> => {
    waiting.set(visitId, await Promise.all(distinct(people).map(candidateOf)))
  }

  const known = (visit: VisitRow): Promise<readonly ClinicPatient[]> =>
    visit.patient
      ? store.clinicPatients({ ...visit.patient, referenceNumber: visit.report?.referenceNumber ?? null })
      : Promise.resolve([])

  /** It is known whom the visit is about: from here on it goes as at the counter. */
  const settle = async (current: Attempt, eligibility: Eligibility): Promise<Result<void>> => {
    const answered = await answering.answer(current, eligibility)
    if (answered.ok) waiting.delete(current.visit.id)
    return answered
  }

  /** It was somebody else: the visit waits again, and could be about the same people as before. */
  const askAnew = async (
    visit: VisitRow,
    people: readonly Candidate[],
    { named }: Pick<Attempt, 'named'>,
  ): Promise<Result<void>> => {
    const taken = await store.takeBackVisit(visit, 'choice', { at: clinicMoment(clock.now()), named })
    if (!taken.ok) return taken
    waiting.set(visit.id, people)
    changed(visit.id)
    return ok(undefined)
  }

  /** The stored visit, if it still waits for staff. */
  const choosing = async (visitId: string) => {
    const stored = await store.visit(visitId)
    return stored && visitRules.mayDo(stored.visit.state, 'choose') ? stored : null
  }

  const offerKnown = async (visit: VisitRow): Promise<void> => {
    if (!waiting.has(visit.id)) await offer(visit.id, await known(visit))
  }
  for (const visit of await store.choosingVisits()) await offerKnown(visit)

  return {
    /** At another desk a visit has begun to wait, or waits no more. */
    async follow(ids: readonly string[] | null): Promise<void> {
      const now = new Map((await store.choosingVisits()).map((visit) => [visit.id, visit]))
      for (const id of ids ?? [...waiting.keys(), ...now.keys()]) {
        const visit = now.get(id)
        if (visit) await offerKnown(visit)
        else waiting.delete(id)
      }
    },
    /** It waits from now on, and could be about one of these. */
    offer,
    settle: (visit: VisitRow, eligibility: Eligibility) => settle(pastAttempt(visit), eligibility),
    candidates: (visitId: string): readonly Candidate[] => waiting.get(visitId) ?? [],
    /** `onChosen` gets what undoes it, before anything is saved. */
    async choose(
      visitId: string,
      ref: string | null,
      onChosen: (back: () => Promise<Result<void>>) => void,
    ): Promise<Result<void>> {
      const stored = await choosing(visitId)
      if (!stored?.eligibility) return fail('VISIT_NOT_CURRENT')
      const people = waiting.get(visitId) ?? []
      const candidate = ref === null ? null : people.find((one) => one.ref === ref)
      if (candidate === undefined) return fail('REQUEST_INVALID', { field: 'patientRef' })
      const { visit, eligibility } = stored
      // Without the day of birth it can be somebody known, whose day that is, and nobody new.
      const isUnknown = isDayUnknown(eligibility.patient.birthDate)
      if (isUnknown && !candidate) return fail('REQUEST_INVALID', { field: 'birthDate' })
      const patient = {
        ...eligibility.patient,
        ...(candidate && { ref: candidate.ref }),
        ...(candidate && isUnknown && { birthDate: candidate.birthDate }),
      }
      const current = pastAttempt(visit)
      current.audit.push({ at: clinicMoment(clock.now()), event: 'patientChosen' })
      onChosen(() => askAnew(visit, people, current))
      return settle(current, { ...eligibility, patient })
    },
    async cancel(visitId: string): Promise<Result<void>> {
      const stored = await choosing(visitId)
      if (!stored) return fail('VISIT_NOT_CURRENT')
      const current = pastAttempt(stored.visit)
      const cancelled = await recorder.move(current, ['cancelled'], { failure: { code: 'VISIT_CANCELLED' } })
      waiting.delete(visitId)
      changed(visitId)
      return cancelled
    },
  }
}
