// The port to the national masters of local schemes that were imported: every issue of the file, each row as it stands in it.
// A row that has gone is kept for the days of the issues it stood in. It is no patient data.
import type { RowKeys } from '../eligibility/local/row.ts'
import type { Result } from '../ground/result.ts'
import type { Stamp } from './audit.ts'

/** A file that was imported. */
interface MasterIssue {
  /** The day as of which it is, YYYY-MM-DD: from then on it counts, until the next one. */
  readonly issuedOn: string
  readonly importedAt: string
  /** Rows of the file. */
  readonly count: number
  /** An invented one, made to rehearse with: it goes when the clinic goes live. */
  readonly isSample: boolean
}

export interface MasterRow extends RowKeys {
  /** Of the content; the same row is stored once for all the issues it stands in. */
  readonly digest: string
  /** As it stands in the file. */
  readonly content: string
}

export interface LocalMasters {
  /** The newest first. */
  masterIssues(): Promise<readonly MasterIssue[]>
  /** What of the newest issue is needed to compare another one with it. */
  masterStanding(): Promise<readonly Pick<MasterRow, 'scheme' | 'digest'>[]>
  /** The newest issue from now on. Errors: STORE_ codes; then nothing has changed. */
  importMaster(issue: MasterIssue, rows: readonly MasterRow[], stamp: Stamp): Promise<Result<void>>
  /**
   * The rows of a 公費負担者番号 that count on a day (YYYY-MM-DD), out of the issue that counts on it, as they stand in the file;
   * for a day before every issue out of the first. It answers at once, because it is asked in the middle of a judgement.
   */
  masterRowsOf(payerNumber: string, day: string): readonly string[]
}
