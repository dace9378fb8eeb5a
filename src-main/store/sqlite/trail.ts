// The audit trail as a whole, for whoever has to prove that nothing was changed in it. Read by a connection that cannot
// write: what is found stays as it was found.
import { rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { ok, type Result } from '../../ground/result.ts'
import { type Progress, readAnchor } from './anchor.ts'
import { type ChainBreak, chainOf } from './audit-chain.ts'
import { openCopy, openingFailure } from './database.ts'
import { anchorOf } from './opening.ts'
import { auditHeadRow, progressRow } from './rows.ts'
import { auditStatements } from './statements/audit.ts'

export interface Trail {
  /** Rows that hang together. */
  readonly rows: number
  /** A person has gone on knowingly behind this row: what is before it need not hold. 0: nobody had to. */
  readonly acceptedUpTo: number
  /** The first place where it does not hold, behind what was accepted. */
  readonly broken: ChainBreak | null
}

/** The trail of a database file. Errors: AGENT_ALREADY_RUNNING, STORE_KEY_WRONG, STORE_DAMAGED, STORE_UNWRITABLE. */
export function trailIn(file: string, key: Uint8Array): Result<Trail> {
  const anchor = readAnchor(anchorOf(file), key)
  let database: Database.Database | undefined
  try {
    database = openCopy(file, key)
    const sql = auditStatements(database)
    const acceptedUpTo = progressRow.parse(sql.progress.get()).chain_from
    const whole = chainOf(sql, 0)
    const isAccepted = whole.broken !== null && whole.broken.id <= acceptedUpTo
    const { rows, lastId, broken } = isAccepted ? chainOf(sql, acceptedUpTo) : whole
    return ok({ rows, acceptedUpTo, broken: broken ?? (anchor && differsFrom(anchor, sql, lastId)) })
  } catch (error) {
    return { ok: false, error: openingFailure(error, anchor !== null) }
  } finally {
    database?.close()
    // The index of the log, which a reading connection leaves behind and nobody else makes.
    rmSync(`${file}-shm`, { force: true })
  }
}

/** Cut off at its end, or written anew as a whole, a chain hangs together: the anchor knows where it ended. */
function differsFrom(
  { auditId, auditHash }: Progress,
  sql: ReturnType<typeof auditStatements>,
  lastId: number,
): ChainBreak | null {
  if (auditId > lastId) return { kind: 'missing', id: auditId + 1, from: lastId + 1 }
  const known = auditHeadRow.optional().parse(sql.auditUpTo.get(auditId))
  return known && known.hash !== auditHash ? { kind: 'changed', id: known.id } : null
}
