// The port to what the clinic has decided about 公費 on one claim: their order, and which of several helps it uses.
import type { ChosenOrder } from '../eligibility/order.ts'
import type { ChosenHelps } from '../eligibility/together.ts'
import type { Result } from '../ground/result.ts'
import type { Stamp } from './audit.ts'

export interface ClaimOrders {
  /** The clinic's own orders on the claim, one for each combination of schemes. */
  claimOrders(): Promise<readonly ChosenOrder[]>
  /** Remembers one, in place of an earlier one for the same schemes. Errors: STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED. */
  saveClaimOrder(order: ChosenOrder, stamp: Stamp): Promise<Result<void>>
  /** Forgets that for these schemes, whatever their order; nothing where there is none. Errors: as above. */
  dropClaimOrder(schemes: readonly string[], stamp: Stamp): Promise<Result<void>>
  /** One for each combination of helps the clinic has met. */
  chosenHelps(): Promise<readonly ChosenHelps[]>
  /** Remembers one, in place of an earlier one for the same helps. Errors: as above. */
  saveChosenHelps(helps: ChosenHelps, stamp: Stamp): Promise<Result<void>>
  /** Forgets that for these helps; nothing where there is none. Errors: as above. */
  dropChosenHelps(schemes: readonly string[], stamp: Stamp): Promise<Result<void>>
}
