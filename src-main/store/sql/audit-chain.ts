// How the rows of the audit trail hang together: each is hashed over the one before it, so that a row changed or taken out
// later shows. One function for whoever writes the chain and whoever verifies it.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { actor } from '../../ground/acting.ts'
import type { ChainBreak } from '../../ground/trail.ts'
import type { AuditEntry } from '../audit.ts'
import { rowWritten } from '../row-of-call.ts'
import type { Keys } from './keys.ts'
import { auditHeadRow, auditRow, namedRow, progressRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Work } from './work.ts'

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
  /** Whoever was signed in, and at which desk; null: nobody, or at none. */
  readonly staffId: string | null
  readonly desk: number | null
  /** A keyed hash. */
  readonly patient: string | null
  readonly about: string | null
}

/** A row of the trail as it is to be written: by whom, and about whom as far as the store knows. Inside a transaction. */
export function* chainedRow(
  keys: Pick<Keys, 'patient'>,
  visitId: string,
  deliveryId: string | null,
  { at, event, code, change, patientRef, about }: AuditEntry,
): Work<ChainedRow> {
  rowWritten()
  const ref = patientRef === undefined ? yield* patientOf(visitId) : patientRef
  const { staffId = null, desk = null } = actor() ?? {}
  return {
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
}

function* patientOf(visitId: string): Work<string | null> {
  if (visitId === '') return null
  return namedRow.optional().parse(yield* sql.patientOfVisit.get(visitId))?.patient?.ref ?? null
}

/** Lower-case hex; `previous`: the hash of the row before, '' for the first one. */
export function auditHash(previous: string, row: ChainedRow): string {
  const { at, visitId, deliveryId, event, code, detail, staffId, desk } = row
  const content = [previous, at, visitId, deliveryId, event, code]
  // A row has six parts, seven with a detail, nine with somebody who did it, ten with somebody or something that it is about: a
  // chain begun before there was any of that stays whole, and none of it can be taken away.
  const of = subjectOf(row)
  const isBySomebody = staffId !== null || desk !== null || of !== null
  const said = isBySomebody ? [detail, staffId, desk] : detail === null ? [] : [detail]
  const parts = [...content, ...said, ...(of ? [of] : [])]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** Whom and what it was about, as far as that is known. */
function subjectOf({ patient, about }: ChainedRow): object | null {
  const known = Object.entries({ patient, about }).filter(([, value]) => value !== null)
  return known.length === 0 ? null : Object.fromEntries(known)
}

/** What hangs together: the last row that does (0: there is none), how many they are, and what is wrong behind them. */
export interface Chain {
  readonly lastId: number
  readonly rows: number
  readonly broken: ChainBreak | null
}

type StoredRow = z.infer<typeof auditRow>

const sliceRows = 500

/** Follows the chain behind row `after` (0: from its beginning) to its end, a slice with each statement. `take`: each row that hangs on it. */
export function* verifyChain(after: number, take: (row: StoredRow) => void = () => undefined): Work<Chain> {
  const start = auditHeadRow.optional().parse(yield* sql.auditUpTo.get(after))
  let id = start?.id ?? 0
  let previous = start?.hash ?? ''
  let rows = 0
  for (;;) {
    const slice = z.array(auditRow).parse(yield* sql.auditAfter.all(id, sliceRows))
    for (const row of slice) {
      if (row.hash !== auditHash(previous, row)) return { lastId: id, rows, broken: yield* breakAt(row, id) }
      take(row)
      id = row.id
      previous = row.hash
      rows++
    }
    if (slice.length < sliceRows) return { lastId: id, rows, broken: null }
  }
}

const lossEvents: readonly string[] = ['storeLossAccepted', 'storeRestored']

/**
 * Behind which row a person has gone on knowingly without what was before; 0: nobody had to. The number alone proves nothing, for whoever
 * can write to the database can move it: it counts where the row behind it says so, in which the chain begins anew.
 */
export function* goneOnBehind(): Work<number> {
  const { chain_from: behind } = progressRow.parse(yield* sql.progress.get())
  if (behind === 0) return 0
  const [next] = z.array(auditRow).parse(yield* sql.auditAfter.all(behind, 1))
  return next?.id === behind + 1 && lossEvents.includes(next.event) ? behind : 0
}

/** Behind row `after`, a slice after the other, the oldest row first. */
export function* rowsBehind(after: number, take: (row: StoredRow) => void): Work<void> {
  for (let id = after; ; ) {
    const slice = z.array(auditRow).parse(yield* sql.auditAfter.all(id, sliceRows))
    for (const row of slice) take(row)
    if (slice.length < sliceRows) return
    id = slice.at(-1)?.id ?? id
  }
}

/** What became of a row that does not follow on the one before it. */
function* breakAt(row: StoredRow, beforeId: number): Work<ChainBreak> {
  const after = yield* writtenBehind(row)
  if (after !== null) return { kind: 'moved', id: row.id, after }
  if (row.id > beforeId + 1) return { kind: 'missing', id: row.id, from: beforeId + 1 }
  return { kind: 'changed', id: row.id }
}

/** The row that this one was hashed over; null: it is not there (any more), or this one is not as it was written. */
function* writtenBehind(row: StoredRow): Work<number | null> {
  if (row.hash === auditHash('', row)) return 0
  for (let id = 0; ; ) {
    const slice = z.array(auditRow).parse(yield* sql.auditAfter.all(id, sliceRows))
    for (const other of slice) if (row.hash === auditHash(other.hash, row)) return other.id
    if (slice.length < sliceRows) return null
    id = slice.at(-1)?.id ?? id
  }
}
