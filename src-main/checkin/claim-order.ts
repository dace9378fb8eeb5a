// The clinic's order on the claim and the helps it uses, as somebody at the counter says it for the certificates they have before them: of the
// answer, or of what is handed over once the visit is confirmed.
import { stepsOf } from '../eligibility/handed.ts'
import { type ChosenOrder, chosenOrder, schemeKey } from '../eligibility/order.ts'
import { type ChosenHelps, chosenHelps } from '../eligibility/together.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { CurrentVisit } from './current-visit.ts'

/** `sequence`: their places there. Errors: VISIT_NOT_CURRENT, REQUEST_INVALID (not these certificates). */
export function orderAtCounter(
  current: CurrentVisit | null,
  visitId: string,
  sequence: readonly number[],
): Result<ChosenOrder> {
  if (current?.visit.id !== visitId || !current.assessment) return fail('VISIT_NOT_CURRENT')
  const { handed, assessment } = current
  const benefits = (handed?.items ?? assessment.benefits).map(({ benefit }) => benefit)
  const steps = handed ? stepsOf(handed) : assessment.order.steps.map(({ benefit }) => benefit)
  const order = chosenOrder(benefits, steps, sequence)
  return order ? ok(order) : fail('REQUEST_INVALID', { field: 'sequence' })
}

/** `used`: the places of the helps that are used, in the answer. Errors: as above. */
export function helpsAtCounter(
  current: CurrentVisit | null,
  visitId: string,
  used: readonly number[],
): Result<ChosenHelps> {
  if (current?.visit.id !== visitId || !current.assessment) return fail('VISIT_NOT_CURRENT')
  const { benefits, order } = current.assessment
  const keyOf = (place: number) => {
    const assessed = benefits[place]
    return assessed ? schemeKey(assessed.benefit) : null
  }
  const helps = order.together && chosenHelps(keyOf, order.together, used)
  return helps ? ok(helps) : fail('REQUEST_INVALID', { field: 'used' })
}
