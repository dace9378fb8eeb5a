// Every transaction of the store on PostgreSQL goes through here. The site's lock makes it the only one that writes, so the
// numbers and the end of the audit trail are what the server has: there is no anchor beside it, for it is hospital IT that keeps the
// server's own log and its copies.
import { z } from 'zod'
import { ok, type Result } from '../../ground/result.ts'
import type { AuditEntry } from '../audit.ts'
import { markRows } from '../row-of-call.ts'
import { auditHash, type ChainedRow, chainedRow } from '../sql/audit-chain.ts'
import type { Keys } from '../sql/keys.ts'
import { withItsRow } from '../sql/row-of-call.ts'
import { numberRow, progressRow } from '../sql/rows.ts'
import { sql } from '../sql/statements/statements.ts'
import type { Ledger } from '../sql/topic.ts'
import type { SignedRows, TrailSigner } from '../sql/trail-signatures.ts'
import { statement, together, type Work } from '../sql/work.ts'
import type { Runner } from './runner.ts'

/** Also of what has been erased since: no number is given twice. */
const nextGiven = statement(`
  INSERT INTO given_numbers (day, kind, last) VALUES (?, ?, 1)
  ON CONFLICT (day, kind) DO UPDATE SET last = given_numbers.last + 1 RETURNING last AS value`)

/** Where the site stands: how much has been committed, and the end of the trail. */
const standing = statement(`
  SELECT commits, head.id, head.hash FROM progress LEFT JOIN (SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1) AS head ON true
  WHERE progress.id = 1`)
const standingRow = z.union([
  z.object({ commits: z.number(), id: z.null() }),
  z.object({ commits: z.number(), id: z.number(), hash: z.string() }),
])

export const ledgerStatements = { nextGiven, standing }

function* nextNumber(day: string, kind: 'visit' | 'request'): Work<number> {
  return numberRow.parse(yield* nextGiven.get(day, kind)).value
}

type Head = { readonly id: number; readonly hash: string }
const noHead: Head = { id: 0, hash: '' }

interface Counted<T> {
  readonly done: T
  readonly commits: number
  readonly signed: SignedRows
}

export interface ServerLedger extends Ledger {
  write<T>(work: () => Work<T>): Promise<Result<T>>
  /** Of the whole site, as far as this desk knows. */
  commits(): number
}

export async function createLedger({
  runner,
  keys,
  signer,
}: {
  readonly runner: Runner
  readonly keys: Keys
  readonly signer: TrailSigner
}): Promise<ServerLedger> {
  let { commits } = progressRow.parse(await runner.runReading(sql.progress.get()))
  /** The end of the trail within a transaction; null: it has not been looked at yet. This desk has one at a time. */
  let head: Head | null = null
  /** Its rows of the trail. */
  let signed = signer.begin()

  function* addAudit(visitId: string, deliveryId: string | null, entry: AuditEntry): Work<void> {
    yield* appendAudit(yield* chainedRow(keys, visitId, deliveryId, entry))
  }

  function* appendAudit(row: ChainedRow): Work<void> {
    const first = yield* signed.registration(row.at)
    if (head === null) yield* look()
    let before: Head = head ?? noHead
    for (const each of first ? [first, row] : [row]) {
      const next = { id: before.id + 1, hash: auditHash(before.hash, each) }
      yield* signed.add({ ...each, ...next })
      before = next
    }
    head = before
  }

  /** How much has been committed. */
  function* look(): Work<number> {
    const row = standingRow.parse(yield* standing.get())
    head = row.id === null ? noHead : row
    return row.commits
  }

  function* counted<T>(work: () => Work<T>): Work<Counted<T>> {
    head = null
    signed = signer.begin()
    const [before, done] = yield* together(look(), withItsRow({ ledger: { addAudit }, keys }, work))
    yield* signed.end()
    yield* sql.countCommit.tell()
    return { done, commits: before + 1, signed }
  }

  const write = async <T>(work: () => Work<T>): Promise<Result<T>> => {
    const unwrite = markRows()
    let isWritten = false
    try {
      const written = await runner.runWriting(counted(work))
      isWritten = written.ok
      if (!written.ok) return written
      commits = written.value.commits
      written.value.signed.kept()
      return ok(written.value.done)
    } finally {
      if (!isWritten) unwrite()
    }
  }

  return {
    write,
    async judge(work) {
      const judged = await write(work)
      return judged.ok ? judged.value : judged
    },
    read: (work) => runner.runReading(work()),
    readKept: (work) => runner.runReadingKept(work()),
    addAudit,
    appendAudit,
    nextVisitNumber: (day) => nextNumber(day, 'visit'),
    nextTerminalRequest: (day) => nextNumber(day, 'request'),
    commits: () => commits,
  }
}
