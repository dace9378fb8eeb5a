// The port through which a dose or a checkup becomes known to the municipality: registered, corrected as a new version, or
// cancelled. Every change has a key made once, so that sending it again after a broken line registers nothing twice.
import type { Result } from '../contract/result.ts'
import type { CheckupRecord, Dose } from '../eligibility/vouchers.ts'

/** A dose that the clinic gave. */
export interface DoseEntry {
  /** null: a paper 接種券 was used. */
  readonly voucherId: string | null
  readonly vaccineCode: string
  readonly doseNumber: number
  /** YYYY-MM-DD */
  readonly givenOn: string
  /** 製造番号 as printed on the vial. */
  readonly lotNumber: string
  readonly site: NonNullable<Dose['site']>
  /** 接種量 in ml; null: not told. */
  readonly doseMl: number | null
  /** 接種した医師; null: not told. */
  readonly physician: string | null
}

/** A checkup that the clinic did. */
export interface CheckupEntry {
  /** null: a paper 受診券 was used. */
  readonly voucherId: string | null
  readonly checkupCode: string
  /** YYYY-MM-DD */
  readonly doneOn: string
  readonly result: NonNullable<CheckupRecord['result']>
  readonly measurements: readonly { readonly item: string; readonly value: string }[]
  /** 診察した医師; null: not told. */
  readonly physician: string | null
}

/** Which version of which record, as the hub told it. */
type RecordHandle = NonNullable<Dose['handle']>
type RecordContent = { readonly dose: DoseEntry } | { readonly checkup: CheckupEntry }

export type RecordChange =
  | ({ readonly action: 'register'; readonly patientRef: string } & RecordContent)
  | ({ readonly action: 'correct'; readonly handle: RecordHandle } & RecordContent)
  | { readonly action: 'cancel'; readonly handle: RecordHandle }

interface RecordReceipt {
  /** For a later correction or cancellation. */
  readonly handle: RecordHandle
  readonly state: 'registered' | 'cancelled'
  /** By the hub's clock, RFC 3339. */
  readonly acceptedAt: string
}

export interface RecordRegister {
  /**
   * `key`: made once for this change (a UUID) and kept with it; the same key with the same change gets the first receipt
   * again for 30 days. Errors: every HUB_ code, above all HUB_RECORD_CHANGED, HUB_RECORD_DUPLICATE, HUB_RECORD_UNKNOWN,
   * HUB_VOUCHER_UNKNOWN; VISIT_CANCELLED when `signal` was given.
   */
  changeRecord(key: string, change: RecordChange, signal?: AbortSignal): Promise<Result<RecordReceipt>>
}
