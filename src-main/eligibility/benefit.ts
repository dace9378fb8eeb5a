// From what the municipality registered to what the receptionist needs: the scheme named, the period judged for the day
// of the visit, and every odd thing as a warning. Nothing is corrected and nothing is refused. Only assess.ts judges, so
// that what is shown, confirmed and written is one judgement.
import { isMedicalTicket } from './medical-tickets.ts'
import type { Benefit, RegisteredBenefit, WarningCode } from './model.ts'
import { payerNumberFaults, recipientNumberFaults } from './numbers.ts'
import { type SchemeMaster, schemeOf } from './schemes.ts'
import { endsSoon, validityOn } from './validity.ts'

/** `day` is the day of the visit, YYYY-MM-DD. */
export function judgeBenefit(registered: RegisteredBenefit, day: string, master: SchemeMaster): Benefit {
  const { payerNumber, recipientNumber, certificateName, validFrom, validTo } = registered
  // A scheme that came or went is named as of the certificate's own time.
  const schemeDay = day < validFrom ? validFrom : day > validTo ? validTo : day
  const scheme = schemeOf(payerNumber, certificateName, schemeDay, master)
  const validity = validityOn(day, registered)
  const warnings: WarningCode[] = [...payerNumberFaults(payerNumber)]
  if (scheme.code !== null && scheme.kind === 'unknown') warnings.push('SCHEME_UNKNOWN')
  warnings.push(...recipientNumberFaults(recipientNumber, scheme.kind === 'national'))
  warnings.push(...periodWarnings(registered, validity, day))
  // What a 医療券 lets the patient pay is no cap that a sheet keeps count of.
  if (!isMedicalTicket(registered) && registered.monthlyCapYen !== null && registered.monthlyCapYen > 0)
    warnings.push('MONTHLY_CAP_ON_PAPER')
  if (registered.alwaysReimbursed) warnings.push('ALWAYS_REIMBURSED')
  if (registered.undisclosed) warnings.push('UNDISCLOSED')
  return { ...registered, scheme, validity, warnings }
}

function periodWarnings(registered: RegisteredBenefit, validity: Benefit['validity'], day: string): WarningCode[] {
  switch (validity) {
    case 'notYet':
      return ['NOT_YET_VALID']
    case 'over':
      return ['PERIOD_OVER']
    case 'valid':
      // Every month has a 医療券 of its own, and nobody renews it.
      return !isMedicalTicket(registered) && endsSoon(day, registered) ? ['ENDS_SOON'] : []
  }
}
