// The port to the clinic's own orders of its 公費 on the claim.
import type { ChosenOrder } from '../eligibility/order.ts'
import type { Result } from '../ground/result.ts'
import type { Stamp } from './audit.ts'

export interface ClaimOrders {
  /** The clinic's own orders on the claim, one for each combination of schemes. */
  claimOrders(): Promise<readonly ChosenOrder[]>
  /** Remembers one, in place of an earlier one for the same schemes. Errors: STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED. */
  saveClaimOrder(order: ChosenOrder, stamp: Stamp): Promise<Result<void>>
}
