// The port to the sheets of monthly caps (自己負担上限額管理): what was entered for one patient under one certificate in one month.
// Rows are added and never changed. Two methods, so that another ledger than our own can stand behind it: the hub is to keep
// one for every clinic (docs/decisions/0030-the-cap-ledger.md).
import type { CapCertificate, CapRow } from '../eligibility/cap/sheet.ts'
import type { Result } from '../ground/result.ts'

export interface CapSheetOf {
  readonly patientRef: string
  readonly certificate: CapCertificate
  /** Of the visits, YYYY-MM. */
  readonly month: string
}

export interface CapLedger {
  /** In the order they were added; empty: nothing is known. */
  capRows(sheet: CapSheetOf): Promise<readonly CapRow[]>
  /**
   * Adds a row, entered while a visit was open. `seen`: how many rows the sheet had when it was made. Errors:
   * CAP_SHEET_CHANGED (it has another number by now), STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED.
   */
  addCapRow(
    sheet: CapSheetOf,
    row: CapRow,
    entered: { readonly visitId: string; readonly seen: number },
  ): Promise<Result<void>>
}
