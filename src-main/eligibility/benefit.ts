// From what the municipality registered to what the receptionist needs: the scheme named, the period judged for the day
// of the visit, and every odd thing as a warning. Nothing is corrected and nothing is refused.
import type { Benefit, WarningCode } from './model.ts'
import { hasRightCheckDigit, isNationalRecipientNumber, isPayerNumber } from './numbers.ts'
import { schemeOf } from './schemes.ts'
import { endsSoon, validityOn } from './validity.ts'

export type RegisteredBenefit = Omit<Benefit, 'scheme' | 'validity' | 'warnings'>

/** `day` is the day of the visit, YYYY-MM-DD. */
export function judgeBenefit(registered: RegisteredBenefit, day: string): Benefit {
  const scheme = schemeOf(registered.payerNumber, registered.certificateName)
  const validity = validityOn(day, registered)
  const warnings = [...numberWarnings(registered, scheme.kind), ...periodWarnings(registered, validity, day)]
  if (registered.monthlyCapYen !== null) warnings.push('MONTHLY_CAP_ON_PAPER')
  if (registered.alwaysReimbursed) warnings.push('ALWAYS_REIMBURSED')
  if (registered.undisclosed) warnings.push('UNDISCLOSED')
  return { ...registered, scheme, validity, warnings }
}

function numberWarnings(registered: RegisteredBenefit, kind: Benefit['scheme']['kind']): WarningCode[] {
  const { payerNumber, recipientNumber } = registered
  const warnings: WarningCode[] = []
  if (payerNumber === null) warnings.push('PAYER_NUMBER_MISSING')
  else if (!isPayerNumber(payerNumber)) warnings.push('PAYER_NUMBER_MALFORMED')
  else {
    if (!hasRightCheckDigit(payerNumber)) warnings.push('PAYER_NUMBER_CHECK_DIGIT')
    if (kind === 'unknown') warnings.push('SCHEME_UNKNOWN')
  }
  if (recipientNumber === null) warnings.push('RECIPIENT_NUMBER_MISSING')
  // Only national schemes promise seven digits with a check digit.
  else if (
    kind === 'national' &&
    !(isNationalRecipientNumber(recipientNumber) && hasRightCheckDigit(recipientNumber))
  ) {
    warnings.push('RECIPIENT_NUMBER_CHECK_DIGIT')
  }
  return warnings
}

function periodWarnings(registered: RegisteredBenefit, validity: Benefit['validity'], day: string): WarningCode[] {
  switch (validity) {
    case 'notYet':
      return ['NOT_YET_VALID']
    case 'over':
      return ['PERIOD_OVER']
    case 'valid':
      return endsSoon(day, registered) ? ['ENDS_SOON'] : []
  }
}
