// The sample patients' answers as the hub would give them today, for a look at what a destination would write. Straight
// from the sample data, without hub and card, so that a live clinic has them too.

import type { Eligibility } from '../../eligibility/model.ts'
import { clinicDay, clinicMoment } from '../../ground/clock.ts'
import { eligibilityOf, patientOf } from '../../hub/pmh/map.ts'
import { referenceOf } from './handles.ts'
import { answerFor } from './holdings.ts'
import { samplePatientsOn } from './sample-patients.ts'

export interface Sample {
  readonly id: string
  /** What is special about the patient, in Japanese. */
  readonly label: string
  readonly eligibility: Eligibility
}

/** One for each sample card of the training clinic, on the day of `now`. */
export function samplesOn(now: Date): readonly Sample[] {
  const asOf = clinicDay(now)
  return samplePatientsOn(asOf).map((person) => {
    const answer = answerFor(person.holdings(asOf), asOf, new Set(person.withheld))
    const patientReference = referenceOf('sample', person)
    const patient = patientOf({ ...person, patientReference, dateOfBirth: person.birthDate })
    const { id, label } = person
    return {
      id,
      label,
      eligibility: { ...eligibilityOf({ patientReference, asOf, ...answer }, clinicMoment(now)), patient },
    }
  })
}
