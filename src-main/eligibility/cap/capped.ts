// Which certificates have a sheet of a monthly cap: those that name one, national ones whose law knows it, and local ones for
// which the master of local schemes has a monthly amount for outpatients. That amount is not taken for the cap of the sheet:
// the master does not say whether it is one at each institution or of all together.
import type { AdviceCode, Assessed } from '../assessment.ts'
import type { Benefit } from '../model.ts'

const capAdvice: readonly AdviceCode[] = ['MONTHLY_CAP_ON_PAPER', 'MONTHLY_CAP_ZERO', 'MONTHLY_CAP_UNKNOWN']

export function isCapped(
  { alwaysReimbursed }: Pick<Benefit, 'alwaysReimbursed'>,
  { advice, local }: Pick<Assessed, 'advice' | 'local'>,
): boolean {
  // Nothing is charged under it at the desk.
  if (alwaysReimbursed) return false
  const conditions = local?.schemes.flatMap((scheme) => scheme.conditions) ?? []
  return (
    advice.some(({ code }) => capAdvice.includes(code)) ||
    conditions.some(({ settings, caps }) => !isInpatientOnly(settings) && caps.outpatient.perMonthYen !== null)
  )
}

const isInpatientOnly = (settings: readonly string[]) => settings.length > 0 && !settings.includes('outpatient')
