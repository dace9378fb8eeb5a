// The port to what the clinic registers at the hub about a visit: doses and checkups, their corrections and cancellations.
import type { OutsideReason, RegistrationChange, RegistrationHandle } from '../eligibility/registrations.ts'
import type { Failure, Result } from '../ground/result.ts'
import type { RegistrationState } from '../ground/states.ts'
import type { Lease } from './leases.ts'

/** What the clinic registers at the hub about a visit. */
export interface Registration {
  /** UUID; the key the hub knows the change by. */
  readonly id: string
  readonly visitId: string
  /** Of the vaccine or checkup, as shown. */
  readonly name: string
  readonly change: RegistrationChange
  /** Where it was outside its rule: why all the same. */
  readonly reason: OutsideReason | null
  readonly state: RegistrationState
  readonly failure: Failure | null
  readonly handle: RegistrationHandle | null
  readonly createdAt: string
  readonly updatedAt: string
}

export interface Registrations {
  /**
   * Adds a registration or replaces it as it is now. Errors: VISIT_NOT_CURRENT (no move leads there), LEASE_LOST (`lease`: under
   * which it is done), STORE_ codes.
   */
  saveRegistration(registration: Registration, lease?: Lease | null): Promise<Result<void>>
  registration(id: string): Promise<Registration | null>
  /** What the hub does not have yet, oldest first. */
  queuedRegistrations(): Promise<readonly Registration[]>
}
