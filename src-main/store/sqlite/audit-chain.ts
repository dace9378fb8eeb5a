// How the rows of the audit trail hang together: each is hashed over the one before it, so that a row changed or taken out
// later shows. One function for whoever writes the chain and whoever verifies it.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { auditHeadRow, auditRow } from './rows.ts'
import type { Statements } from './statements/statements.ts'

/** A row as it is stored. */
export interface ChainedRow {
  readonly at: string
  /** '' for what belongs to no visit. */
  readonly visitId: string
  readonly deliveryId: string | null
  readonly event: string
  readonly code: string | null
  /** JSON; null for the steps of a visit. */
  readonly detail: string | null
}

/** Lower-case hex; `previous`: the hash of the row before, '' for the first one. */
export function auditHash(previous: string, { at, visitId, deliveryId, event, code, detail }: ChainedRow): string {
  const content = [previous, at, visitId, deliveryId, event, code]
  // Rows from before there were details have six parts: a chain begun then stays whole, and no detail can be taken away.
  const parts = detail === null ? content : [...content, detail]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

const sliceRows = 500

/**
 * Follows the chain behind row `after` (0: from its beginning) to its end, a slice at each step, so that others get their
 * turn. Ends with the last row that was read, null where the chain is broken. Throws what SQLite throws.
 */
export function* verifyChain(
  sql: Pick<Statements, 'auditUpTo' | 'auditAfter'>,
  after: number,
): Generator<void, number | null> {
  const start = auditHeadRow.optional().parse(sql.auditUpTo.get(after))
  let id = start?.id ?? 0
  let previous = start?.hash ?? ''
  for (;;) {
    const rows = z.array(auditRow).parse(sql.auditAfter.all(id, sliceRows))
    for (const row of rows) {
      // Where the oldest rows have been removed after their time, the first one left is taken as it is.
      const isFirstLeft = id === 0 && row.id > 1
      if (!isFirstLeft && row.hash !== auditHash(previous, row)) return null
      id = row.id
      previous = row.hash
    }
    if (rows.length < sliceRows) return id
    yield
  }
}

/** The same in one go. */
export function verifiedUpTo(sql: Pick<Statements, 'auditUpTo' | 'auditAfter'>, after: number): number | null {
  const steps = verifyChain(sql, after)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
