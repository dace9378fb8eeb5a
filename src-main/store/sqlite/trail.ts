// The audit trail of a database file, read by a connection that cannot write: what is found stays as it was found. Its anchor knows where
// it ended.
import { rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { ok, type Result } from '../../ground/result.ts'
import type { ChainBreak, ProvedTrail } from '../../ground/trail.ts'
import type { AuditHead } from '../audit-heads.ts'
import { createKeys, indexKeyOf } from '../sql/keys.ts'
import { provedTrail } from '../sql/proved-trail.ts'
import { auditHeadRow, indexKeyRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import type { Work } from '../sql/work.ts'
import { type Progress, readAnchor } from './anchor.ts'
import { openCopy, openingFailure } from './database.ts'
import { anchorOf } from './opening.ts'
import { createRunner } from './runner.ts'

/** The trail of a database file. Errors: AGENT_ALREADY_RUNNING, STORE_KEY_WRONG, STORE_DAMAGED, STORE_UNWRITABLE. */
export function trailIn(file: string, key: Uint8Array, heads: readonly AuditHead[] = []): Result<ProvedTrail> {
  const anchor = readAnchor(anchorOf(file), key)
  let database: Database.Database | undefined
  try {
    database = openCopy(file, key)
    const runner = createRunner(database)
    const kept = indexKeyRow.optional().parse(runner.run(sql.indexKey.get()))
    const keys = createKeys(kept?.key ?? indexKeyOf(key))
    return ok(runner.run(provedTrail(keys, heads, (lastId) => differsFrom(anchor, lastId))))
  } catch (error) {
    return { ok: false, error: openingFailure(error, anchor !== null) }
  } finally {
    database?.close()
    // The index of the log, which a reading connection leaves behind and nobody else makes.
    rmSync(`${file}-shm`, { force: true })
  }
}

function* differsFrom(anchor: Progress | null, lastId: number): Work<ChainBreak | null> {
  if (!anchor) return null
  const { auditId, auditHash } = anchor
  if (auditId > lastId) return { kind: 'missing', id: auditId + 1, from: lastId + 1 }
  const known = auditHeadRow.optional().parse(yield* sql.auditUpTo.get(auditId))
  return known && known.hash !== auditHash ? { kind: 'changed', id: known.id } : null
}
