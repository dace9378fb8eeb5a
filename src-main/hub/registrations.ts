// The port through which a dose or a checkup becomes known to the municipality: registered, corrected as a new version, or
// cancelled. Every change has a key made once, so that sending it again after a broken line registers nothing twice.

import type { RegistrationChange, RegistrationHandle } from '../eligibility/registrations.ts'
import type { Result } from '../ground/result.ts'

interface RegistrationReceipt {
  /** For a later correction or cancellation. */
  readonly handle: RegistrationHandle
  readonly state: 'registered' | 'cancelled'
  /** By the hub's clock, RFC 3339. */
  readonly acceptedAt: string
}

export interface Registrar {
  /**
   * `key`: made once for this change (a UUID) and kept with it; the same key with the same change gets the first receipt
   * again for 30 days. Errors: every HUB_ code, above all HUB_RECORD_CHANGED, HUB_RECORD_DUPLICATE, HUB_RECORD_UNKNOWN,
   * HUB_VOUCHER_UNKNOWN; VISIT_CANCELLED when `signal` was given.
   */
  changeRegistration(
    key: string,
    change: RegistrationChange,
    signal?: AbortSignal,
  ): Promise<Result<RegistrationReceipt>>
}
