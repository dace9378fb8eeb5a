// From which day the dose after one that was just given may follow, by the rule and by what is known to have been given: for
// the paper that the patient takes home. It says nothing where the rule, or what was given before, is not known.
import { addDays } from '../calendar.ts'
import type { Sex } from '../model.ts'
import type { DoseEntry } from '../registrations.ts'
import type { Dose } from '../vouchers.ts'
import { never } from './extensions.ts'
import { judgeVaccination } from './judge.ts'

export interface NextDose {
  /** Which one it is (１期初回２回目 …). */
  readonly label: string
  /** YYYY-MM-DD */
  readonly earliest: string
}

/** A dose as it was registered, as the record that it becomes. */
export const recordOf = (name: string, { vaccineCode, doseNumber, givenOn, lotNumber, site }: DoseEntry): Dose => ({
  ...{ vaccineCode, vaccineName: name, doseNumber, givenOn, lotNumber, site },
  ...{ handle: null, clinic: null, municipality: null, medium: 'digital' },
})

/** `doses`: every dose that is known, `given` among them. */
export function nextDoseAfter(
  given: Pick<DoseEntry, 'vaccineCode' | 'givenOn'>,
  person: { readonly birthDate: string; readonly sex: Sex; readonly doses: readonly Dose[] },
): NextDose | null {
  const { vaccineCode, givenOn } = given
  const voucher = { name: '', municipality: '', validFrom: '1900-01-01', validTo: never, questionnaire: null }
  const { verdict, earliest, dose } = judgeVaccination(
    { ...voucher, id: vaccineCode, vaccineCode, doseNumber: null },
    // On the day itself it is only said that one was given.
    { ...person, day: addDays(givenOn, 1), municipalities: [] },
  )
  return verdict === 'wait' && earliest && dose ? { label: dose.label, earliest } : null
}
