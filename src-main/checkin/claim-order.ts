// The clinic's order on the claim, as somebody at the counter sets it for the certificates they have before them: of the
// answer, or of what is handed over once the visit is confirmed.
import { stepsOf } from '../eligibility/handed.ts'
import { type ChosenOrder, chosenOrder } from '../eligibility/order.ts'
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
