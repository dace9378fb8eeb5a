// Every transaction of the store on SQLite goes through here: it is counted, its audit rows are chained, and once it is on the
// disk the anchor beside the database moves on, before anybody is told. Numbers are given here, from the higher of what the
// database and the anchor know: none is ever given twice, whatever was lost. Shortly after the last of several
// transactions the log goes into the database file itself, so that what lies in the log alone is minutes old at most.
import type Database from 'better-sqlite3'
import { seriesRange } from '../../contract/visit-number.ts'
import { ok, type Result } from '../../ground/result.ts'
import type { AuditEntry } from '../audit.ts'
import { markRows } from '../row-of-call.ts'
import { auditHash, type ChainedRow, chainedRow } from '../sql/audit-chain.ts'
import type { Keys } from '../sql/keys.ts'
import { withItsRow } from '../sql/row-of-call.ts'
import { numberRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import type { Ledger } from '../sql/topic.ts'
import type { Work } from '../sql/work.ts'
import { type Anchor, numbersOf, type Progress, withNumbers } from './anchor.ts'
import { read, storeFailure } from './database.ts'
import type { Runner } from './runner.ts'

/** Done when it returns: nothing here is waited for. */
export interface SqliteLedger extends Ledger {
  write<T>(work: () => Work<T>): Result<T>
  judge<T>(work: () => Work<Result<T>>): Result<T>
  read<T>(work: () => Work<T>): T
  readKept<T>(work: () => Work<T>): T
  /** What a look at everything has found: the chain of the audit trail is whole up to this row, or (null) there is damage. */
  noteVerified(auditId: number | null): void
  commits(): number
  close(): void
}

/** How long nothing has been written when the log is put into the database file. */
const idleMs = 250

export function createLedger(options: {
  readonly database: Database.Database
  readonly runner: Runner
  readonly anchor: Anchor
  readonly progress: Progress
  readonly keys: Pick<Keys, 'patient' | 'person' | 'numbers'>
  /** Of the numbers that it gives (contract/visit-number.ts). */
  readonly series: number
}): SqliteLedger {
  const { database, runner, anchor, keys, series } = options
  let { progress } = options
  let isClosed = false
  let idle: NodeJS.Timeout | undefined

  const settle = () => {
    try {
      database.pragma('wal_checkpoint(TRUNCATE)')
    } catch {
      // A full disk, say: the next time will do.
    }
    anchor.sync()
  }

  function* addAudit(visitId: string, deliveryId: string | null, entry: AuditEntry): Work<void> {
    yield* appendAudit(yield* chainedRow(keys, visitId, deliveryId, entry))
  }

  function* appendAudit(row: ChainedRow): Work<void> {
    // After a loss the numbers of the lost rows are not given again either.
    const id = progress.auditId + 1
    const hash = auditHash(progress.auditHash, row)
    yield* sql.addAudit.tell({ ...row, id, hash, signature: null })
    progress = { ...progress, auditId: id, auditHash: hash }
  }

  function* counted<T>(work: () => Work<T>): Work<T> {
    const done = yield* withItsRow({ ledger: { addAudit }, keys }, work)
    progress = { ...progress, commits: numberRow.parse(yield* sql.countCommit.get()).value }
    return done
  }

  const write = <T>(work: () => Work<T>): Result<T> => {
    const before = progress
    const unwrite = markRows()
    try {
      const value = database.transaction(() => runner.run(counted(work))).immediate()
      anchor.move(progress)
      clearTimeout(idle)
      idle = setTimeout(settle, idleMs).unref()
      return ok(value)
    } catch (error) {
      progress = before
      unwrite()
      return { ok: false, error: storeFailure(error) }
    }
  }

  return {
    write,
    judge(work) {
      const judged = write(work)
      return judged.ok ? judged.value : judged
    },
    read: (work) => read(() => runner.run(work())),
    // Nothing can be read here that is not on the disk.
    readKept: (work) => read(() => runner.run(work())),
    addAudit,
    appendAudit,
    *nextVisitNumber(day) {
      const known = numbersOf(progress, day)
      const range = seriesRange(series)
      const newest = numberRow.parse(yield* sql.newestNumber.get({ day, ...range })).value
      const visit = Math.max(newest, known.visit, range.from) + 1
      progress = withNumbers(progress, { ...known, visit })
      return visit
    },
    *nextTerminalRequest(day) {
      const known = numbersOf(progress, day)
      const request = numberRow.parse(yield* sql.nextTerminalRequest.get({ day, known: known.request })).value
      progress = withNumbers(progress, { ...known, request })
      return request
    },
    noteVerified(auditId) {
      progress = auditId === null ? { ...progress, isSuspect: true } : { ...progress, verifiedId: auditId }
      anchor.move(progress)
    },
    commits: () => progress.commits,
    close() {
      if (isClosed) return
      isClosed = true
      clearTimeout(idle)
      anchor.sync()
      anchor.close()
    },
  }
}
