// Every transaction of the store goes through here: it is counted, its audit rows are chained, and once it is on the disk
// the anchor beside the database moves on, before anybody is told. Numbers are given here, from the higher of what the
// database and the anchor know: none is ever given twice, whatever was lost. Shortly after the last of several
// transactions the log goes into the database file itself, so that what lies in the log alone is minutes old at most.
import type Database from 'better-sqlite3'
import { actor, rowWritten } from '../../ground/acting.ts'
import { ok, type Result } from '../../ground/result.ts'
import type { AuditEntry } from '../audit.ts'
import { type Anchor, numbersOf, type Progress, withNumbers } from './anchor.ts'
import { auditHash } from './audit-chain.ts'
import { storeFailure } from './database.ts'
import type { Keys } from './keys.ts'
import { numberRow, refRow } from './rows.ts'
import type { Statements } from './statements/statements.ts'

export interface Ledger {
  /** One transaction, on the disk when it returns ok; nothing has changed otherwise. Errors: STORE_ codes. */
  write<T>(work: () => T): Result<T>
  /** These three inside a transaction. '': the row belongs to no visit. */
  addAudit(visitId: string, deliveryId: string | null, entry: AuditEntry): void
  nextVisitNumber(day: string): number
  nextTerminalRequest(day: string): number
  /** What a look at everything has found: the chain of the audit trail is whole up to this row, or (null) there is damage. */
  noteVerified(auditId: number | null): void
  commits(): number
  close(): void
}

/** How long nothing has been written when the log is put into the database file. */
const idleMs = 250

export function createLedger(options: {
  readonly database: Database.Database
  readonly sql: Statements
  readonly anchor: Anchor
  readonly progress: Progress
  readonly keys: Pick<Keys, 'patient'>
}): Ledger {
  const { database, sql, anchor, keys } = options
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

  return {
    write(work) {
      const before = progress
      try {
        const value = database
          .transaction(() => {
            const done = work()
            progress = { ...progress, commits: numberRow.parse(sql.countCommit.get()).value }
            return done
          })
          .immediate()
        anchor.move(progress)
        clearTimeout(idle)
        idle = setTimeout(settle, idleMs).unref()
        return ok(value)
      } catch (error) {
        progress = before
        return { ok: false, error: storeFailure(error) }
      }
    },
    addAudit(visitId, deliveryId, { at, event, code, change, patientRef, about }) {
      rowWritten()
      const ref = patientRef ?? refRow.optional().parse(sql.refOfVisit.get(visitId))?.ref ?? null
      const { staffId = null, desk = null } = actor() ?? {}
      const row = {
        at,
        visitId,
        deliveryId,
        event,
        code: code ?? null,
        detail: change ? JSON.stringify(change) : null,
        staffId,
        desk,
        patient: ref && keys.patient(ref),
        about: about ?? null,
      }
      const hash = auditHash(progress.auditHash, row)
      // After a loss the numbers of the lost rows are not given again either.
      const id = progress.auditId + 1
      sql.addAudit.run({ ...row, id, hash })
      progress = { ...progress, auditId: id, auditHash: hash }
    },
    nextVisitNumber(day) {
      const known = numbersOf(progress, day)
      const visit = Math.max(numberRow.parse(sql.newestNumber.get(day)).value, known.visit) + 1
      progress = withNumbers(progress, { ...known, visit })
      return visit
    },
    nextTerminalRequest(day) {
      const known = numbersOf(progress, day)
      const request = numberRow.parse(sql.nextTerminalRequest.get({ day, known: known.request })).value
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
