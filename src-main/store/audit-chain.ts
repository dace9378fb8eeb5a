// How the rows of the audit trail hang together: each is hashed over the one before it, so that a row changed or taken out
// later shows. One function for whoever writes the chain and whoever verifies it.
import { createHash } from 'node:crypto'

/** A row as it is stored. */
export interface AuditRow {
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
export function auditHash(previous: string, { at, visitId, deliveryId, event, code, detail }: AuditRow): string {
  const content = [previous, at, visitId, deliveryId, event, code]
  // Rows from before there were details have six parts: a chain begun then stays whole, and no detail can be taken away.
  const parts = detail === null ? content : [...content, detail]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
