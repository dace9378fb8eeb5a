// The audit trail as a whole, for whoever has to prove that nothing was changed in it. Read by a connection that cannot
// write: what is found stays as it was found.
import { rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { ok, type Result } from '../../ground/result.ts'
import type { AuditHead } from '../audit-heads.ts'
import { verifyTrail } from '../sql/audit-chain.ts'
import { auditDayRow, auditHeadRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import type { ChainBreak, TrailStanding } from '../upkeep.ts'
import { type Progress, readAnchor } from './anchor.ts'
import { openCopy, openingFailure } from './database.ts'
import { anchorOf } from './opening.ts'
import { createRunner, type Runner } from './runner.ts'

export interface Trail extends TrailStanding {
  /** The last row. */
  readonly head: { readonly id: number; readonly hash: string } | null
  /** The newest day on which its end was noted outside the database, behind what was accepted, and fits; null: none. */
  readonly notedOn: string | null
}

/** The trail of a database file. Errors: AGENT_ALREADY_RUNNING, STORE_KEY_WRONG, STORE_DAMAGED, STORE_UNWRITABLE. */
export function trailIn(file: string, key: Uint8Array, heads: readonly AuditHead[] = []): Result<Trail> {
  const anchor = readAnchor(anchorOf(file), key)
  let database: Database.Database | undefined
  try {
    database = openCopy(file, key)
    const runner = createRunner(database)
    const { rows, lastId, acceptedUpTo, broken } = runner.run(verifyTrail())
    const owed = owedHeads(heads, runner)
    const notHeld = broken ?? (anchor && differsFrom(anchor, runner, lastId)) ?? differsFromNoted(owed, runner, lastId)
    return ok({
      rows,
      acceptedUpTo,
      broken: notHeld,
      head: auditHeadRow.optional().parse(runner.run(sql.lastAudit.get())) ?? null,
      notedOn: owed.reduce<string | null>((newest, { day }) => (day > (newest ?? '') ? day : newest), null),
    })
  } catch (error) {
    return { ok: false, error: openingFailure(error, anchor !== null) }
  } finally {
    database?.close()
    // The index of the log, which a reading connection leaves behind and nobody else makes.
    rmSync(`${file}-shm`, { force: true })
  }
}

/**
 * What was noted outside and has to be there. A head from before somebody went on knowingly with a loss, which is a row of the
 * trail itself, need not be there any more, and proves nothing.
 */
function owedHeads(heads: readonly AuditHead[], runner: Runner): readonly AuditHead[] {
  const excusedUpTo = auditDayRow.parse(runner.run(sql.lastLossDay.get())).day ?? ''
  return heads.filter(({ day }) => day > excusedUpTo)
}

/** The same by what was noted outside. */
function differsFromNoted(heads: readonly AuditHead[], runner: Runner, lastId: number): ChainBreak | null {
  for (const { id, hash } of heads) {
    const known = auditHeadRow.optional().parse(runner.run(sql.auditUpTo.get(id)))
    if (known?.id === id && known.hash === hash) continue
    if (known?.id === id) return { kind: 'changed', id }
    return { kind: 'missing', id: id + 1, from: Math.min(lastId + 1, id) }
  }
  return null
}

/** Cut off at its end, or written anew as a whole, a chain hangs together: the anchor knows where it ended. */
function differsFrom({ auditId, auditHash }: Progress, runner: Runner, lastId: number): ChainBreak | null {
  if (auditId > lastId) return { kind: 'missing', id: auditId + 1, from: lastId + 1 }
  const known = auditHeadRow.optional().parse(runner.run(sql.auditUpTo.get(auditId)))
  return known && known.hash !== auditHash ? { kind: 'changed', id: known.id } : null
}
