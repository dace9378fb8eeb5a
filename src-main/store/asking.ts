// The port to a visit's way from one desk of the site to another: a desk asks for it, the one that has it gives it or keeps it, and
// one of which nothing is heard any more loses it to whoever takes it over. Each is one transaction with its row of the audit trail,
// which names both desks; whose the visit is is looked at in it, by the server's clock. A patient whose card was still needed is
// identified anew at the other desk: the visit ends there and then with VISIT_MOVED, and goes on under its number. On an engine that
// only one desk can open there is nobody to ask.
import type { Result } from '../ground/result.ts'
import type { Stamp } from './audit.ts'

export interface Asking {
  /** In the place of whoever asked before. Errors: VISIT_NOT_CURRENT (no other desk has it open), STORE_ codes. */
  askForVisit(visitId: string, stamp: Stamp): Promise<Result<void>>
  /** This desk asks for it no more. Errors: VISIT_NOT_CURRENT (it does not), STORE_ codes. */
  withdrawAsk(visitId: string, stamp: Stamp): Promise<Result<void>>
  /** This desk has it, and goes on with it. Errors: VISIT_NOT_CURRENT (nobody asks for it), STORE_ codes. */
  keepVisit(visitId: string, stamp: Stamp): Promise<Result<void>>
  /** From this desk to the one that asks. Errors: VISIT_NOT_CURRENT (nobody asks for it, or it is open no more), STORE_ codes. */
  giveVisit(visitId: string, stamp: Stamp): Promise<Result<void>>
  /** From a desk of which nothing is heard. Errors: VISIT_ELSEWHERE (it is heard of), VISIT_NOT_CURRENT, STORE_ codes. */
  takeOverVisit(visitId: string, stamp: Stamp): Promise<Result<void>>
}
