// The outbox: rows that never change but by a move from the state they were read in.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import {
  type DeliveryState,
  deliveryRules,
  deliveryStateSchema,
  isIn,
  settledStates,
  type VisitMove,
  type VisitState,
  visitStateSchema,
  writtenStates,
} from '../../ground/states.ts'
import type { Deliveries, DeliveryMove, NewDelivery } from '../deliveries.ts'
import type { VisitRow } from '../visits.ts'
import { deliveryRow, leftFileRow, namedRow, payloadRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import { failureText, type Ledger, type Topic } from './topic.ts'
import { atOnce, each, together, type Work } from './work.ts'

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')

/** Inside a transaction. */
export function* addDelivery({ ledger }: Topic, visit: VisitRow, added: NewDelivery): Work<void> {
  const { failure, payload, ...delivery } = added
  yield* sql.addDelivery.tell({
    ...delivery,
    visitId: visit.id,
    failure: failureText(failure),
    payload,
    sha256: sha256(payload),
    updatedAt: visit.updatedAt,
  })
  const event = delivery.state === 'rejected' ? 'deliveryRejected' : 'deliveryQueued'
  const of = { at: visit.updatedAt, patientRef: visit.patient?.ref ?? null }
  yield* ledger.addAudit(visit.id, delivery.id, { ...of, event, ...(failure && { code: failure.code }) })
}

/** A file of the visits that moves are about, and its visit, as both have become until now. */
interface Standing {
  readonly visit: { readonly id: string; readonly patientRef: string | null; state: VisitState }
  state: DeliveryState
}

const standingRow = namedRow.extend({
  id: z.string(),
  visit_id: z.string(),
  state: deliveryStateSchema,
  visit_state: visitStateSchema,
})

/** Inside a transaction. By the id of the file: those that are moved, and all others of their visits. */
function* standingOf(moves: readonly DeliveryMove[]): Work<ReadonlyMap<string, Standing>> {
  const asked = yield* atOnce(moves, ({ delivery }) => sql.filesBeside.all(delivery.id))
  const visits = new Map<string, Standing['visit']>()
  const files = new Map<string, Standing>()
  for (const { id, visit_id, state, visit_state, patient } of z.array(standingRow).parse(asked.flat())) {
    const visit = visits.get(visit_id) ?? { id: visit_id, patientRef: patient?.ref ?? null, state: visit_state }
    visits.set(visit_id, visit)
    files.set(id, { visit, state })
  }
  return files
}

/** Inside a transaction; what is moved stands there as moved. */
function* moveDelivery(
  ledger: Ledger,
  files: ReadonlyMap<string, Standing>,
  { delivery: { id, state: from }, to, event }: DeliveryMove,
): Work<Result<void>> {
  const { state, failure, at, attempts = null, payload = null, place = null } = to
  if (state !== from && !deliveryRules.mayMove(from, state)) return fail('DELIVERY_NOT_CURRENT')
  const file = files.get(id)
  if (file?.state !== from) return fail('DELIVERY_NOT_CURRENT')
  const { visit } = file
  const row = { id, from, state, failure: failureText(failure), attempts, place, at }
  yield* sql.moveDelivery.tell({ ...row, payload, sha256: payload && sha256(payload) })
  file.state = state
  const { patientRef } = visit
  if (event) yield* ledger.addAudit(visit.id, id, { at, event, patientRef, ...(failure && { code: failure.code }) })
  const states = [...files.values()].flatMap((other) => (other.visit === visit ? [other.state] : []))
  function* moveVisit(step: VisitMove): Work<void> {
    if (visit.state !== step.from) return
    visit.state = step.to
    yield* sql.moveVisit.tell({ ...step, id: visit.id, at })
    yield* ledger.addAudit(visit.id, null, { at, event: step.to, patientRef })
  }
  if (states.every((each) => isIn(writtenStates, each))) yield* moveVisit({ from: 'confirmed', to: 'handedOver' })
  if (states.every((each) => isIn(settledStates, each))) yield* moveVisit({ from: 'handedOver', to: 'acknowledged' })
  return ok(undefined)
}

export function deliveries({ ledger, among }: Topic): Deliveries {
  return {
    async pendingDeliveries(destination, limit) {
      return ledger.read(function* () {
        return z.array(deliveryRow).parse(yield* sql.pending.all({ destination, limit, desk: among.desk }))
      })
    },
    async awaitedDeliveries(destination, limit) {
      return ledger.read(function* () {
        return z.array(deliveryRow).parse(yield* sql.awaited.all(destination, limit))
      })
    },
    async delivery(id) {
      return ledger.read(function* () {
        return deliveryRow.optional().parse(yield* sql.delivery.get(id)) ?? null
      })
    },
    async payload(deliveryId) {
      return ledger.read(function* () {
        return payloadRow.optional().parse(yield* sql.payload.get(deliveryId))?.payload ?? null
      })
    },
    async moveDeliveries(moves) {
      return ledger.write(function* () {
        const [files, held] = yield* together(
          standingOf(moves),
          atOnce(moves, ({ lease = null }) => among.holds(lease)),
        )
        return yield* each(moves.entries(), function* ([at, move]) {
          return held[at] ? yield* moveDelivery(ledger, files, move) : fail('LEASE_LOST')
        })
      })
    },
    async leftFiles(destination, limit) {
      return ledger.read(function* () {
        return z.array(leftFileRow).parse(yield* sql.leftFiles.all(destination, limit))
      })
    },
    async forgetLeftFiles(destination, files) {
      return ledger.write(function* () {
        for (const { fileName, sha256 } of files) yield* sql.forgetLeftFile.run(destination, fileName, sha256)
      })
    },
  }
}
