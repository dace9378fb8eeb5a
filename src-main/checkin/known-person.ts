// What follows from knowing who stands at the counter, before the source has answered and where it cannot: their number at this
// clinic, an earlier visit of today that is overtaken, and the last answer that we hold of them.
import { assess, type ClinicContext } from '../eligibility/assess.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import type { Failure, Result } from '../ground/result.ts'
import type { NumberLinks } from '../store/numbers.ts'
import type { Visits } from '../store/visits.ts'
import { type Attempt, end, pastAttempt } from './attempt.ts'
import { unreachableEligibility } from './last-answer.ts'
import type { Recorder } from './recorder.ts'

export function createKnownPerson(
  ports: {
    readonly store: Pick<NumberLinks, 'patientNumber'> & Pick<Visits, 'offlineVisits'>
    readonly clock: Clock
    /** What the clinic brings to a judgement, as it is now. */
    readonly clinic: () => ClinicContext
    /** The day the hub is asked about, when it is not today (rehearsals); YYYY-MM-DD. */
    readonly asOf?: string
  },
  { move, changed }: Pick<Recorder, 'move' | 'changed'>,
) {
  const { store, clock } = ports

  /**
   * The clinic's own number of the patient, where their card, or the terminal as 照会番号, brings it; and how the clinic spells
   * their name, as long as the source writes it as it did when that was confirmed.
   */
  const numberPatient = async (current: Attempt, patient: Patient): Promise<void> => {
    const linked = await store.patientNumber(patient.ref, current.certificate?.der ?? null)
    const brought =
      current.visit.report?.referenceNumber ?? (linked?.isConfirmed ? linked.number : current.visit.patientNumber)
    const spelling = linked?.spelling ?? null
    const confirmedName = spelling?.of === patient.name ? spelling.name : null
    current.visit = { ...current.visit, patientNumber: brought, confirmedName }
    current.staleNumber = brought === null ? (linked?.number ?? null) : null
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

  /** The person is known, the source is not reachable: the last version we hold, never shown or handed over as today's. */
  const goOffline = async (
    current: Attempt,
    patient: Patient,
    failure: Failure,
    last: Eligibility | null,
  ): Promise<Result<void>> => {
    const asOf = ports.asOf ?? current.visit.day
    const eligibility = unreachableEligibility(patient, asOf, clinicMoment(clock.now()), last)
    const known = { versions: [], confirmation: null }
    const assessment = assess(eligibility, known, ports.clinic())
    await numberPatient(current, patient)
    end(current, { eligibility, assessment, known })
    const saved = await move(current, ['offline'], { patient, failure })
    if (saved.ok) await overtake(current, patient)
    changed(current)
    return { ok: false, error: failure }
  }

  return { numberPatient, overtake, goOffline }
}
