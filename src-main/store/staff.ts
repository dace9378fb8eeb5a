// The port to the clinic's own people (職員), their tries to sign in, and the times that one of them has broken the glass.
import type { Glass, Role } from '../contract/staff.ts'
import type { Result } from '../ground/result.ts'
import type { Stamp } from './audit.ts'

export interface StaffRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly role: Role
  /** By which the computer's own system knows them; null: by none. */
  readonly account: string | null
  /** Of their authenticator, Base32. */
  readonly secret: string
  readonly isLocked: boolean
  /** RFC 3339 in clinic time; null: never yet. */
  readonly signedInAt: string | null
}

/** Failed tries under a code since the last good one, and when the newest was. */
export interface Tries {
  readonly failures: number
  readonly triedAt: string
}

export interface StaffList {
  /** Everybody there ever was, by code. */
  staff(): Promise<readonly StaffRow[]>
  /** One more. Errors: STAFF_CODE_TAKEN (also where only large and small letters differ; the account, too: with the field), STAFF_LAST_IT (the first has to be IT), STORE_ codes. */
  addStaff(person: Omit<StaffRow, 'isLocked' | 'signedInAt'> & Stamp): Promise<Result<void>>
  /**
   * Errors: STAFF_LAST_IT (nobody would be left to look after the staff), STAFF_CODE_TAKEN (of the account), REQUEST_INVALID (no
   * such person), STORE_ codes.
   */
  changeStaff(change: Pick<StaffRow, 'id' | 'name' | 'role' | 'account' | 'isLocked'> & Stamp): Promise<Result<void>>
  /** Another authenticator; the codes of the earlier one are worth nothing. Errors: REQUEST_INVALID, STORE_ codes. */
  resetStaff(change: Pick<StaffRow, 'id' | 'secret'> & Stamp): Promise<Result<void>>
  /** `code`: as it was typed. null: none failed. */
  signInTries(code: string): Promise<Tries | null>
  /** Errors: STORE_ codes. */
  noteFailedSignIn(code: string, stamp: Stamp): Promise<Result<void>>
  /**
   * They are in, by the code of this step of time (null: by the computer's account); their failed tries are forgotten. Errors:
   * SIGN_IN_REFUSED (a code of this step or a later one was taken already, or they are locked), STORE_ codes.
   */
  noteSignIn(signIn: { readonly staffId: string; readonly step: number | null } & Stamp): Promise<Result<void>>
  /** Errors: STORE_ codes. */
  noteSignOut(stamp: Stamp): Promise<Result<void>>
  /** Errors: STORE_ codes. */
  noteGlass(glass: Pick<Glass, 'at' | 'until' | 'reason'> & { readonly staffId: string }): Promise<Result<void>>
  /** It is whole again, before its time. Errors: STORE_ codes. */
  noteGlassMended(stamp: Stamp): Promise<Result<void>>
  /** Of one clinic day, the first so; gone with what expires. */
  glassOf(day: string): Promise<readonly Glass[]>
}
