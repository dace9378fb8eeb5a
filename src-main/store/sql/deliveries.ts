// The outbox: rows that never change but by a move from the state they were read in.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import { deliveryRules, type VisitMove } from '../../ground/states.ts'
import type { Deliveries, DeliveryMove, NewDelivery } from '../deliveries.ts'
import type { VisitRow } from '../visits.ts'
import { deliveryRow, leftFileRow, numberRow, payloadRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import { failureText, type Topic } from './topic.ts'
import { each, type Statement, type Work } from './work.ts'

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')

/** Inside a transaction. */
export function* addDelivery({ ledger }: Topic, visit: VisitRow, added: NewDelivery): Work<void> {
  const { failure, payload, ...delivery } = added
  yield* sql.addDelivery.run({
    ...delivery,
    visitId: visit.id,
    failure: failureText(failure),
    payload,
    sha256: sha256(payload),
    updatedAt: visit.updatedAt,
  })
  const event = delivery.state === 'rejected' ? 'deliveryRejected' : 'deliveryQueued'
  yield* ledger.addAudit(visit.id, delivery.id, { at: visit.updatedAt, event, ...(failure && { code: failure.code }) })
}

/** Inside a transaction. */
function* moveDelivery(
  { ledger, among }: Topic,
  { delivery: { id, state: from }, to, event, lease = null }: DeliveryMove,
): Work<Result<void>> {
  if (!(yield* among.holds(lease))) return fail('LEASE_LOST')
  const { state, failure, at, attempts = null, payload = null, place = null } = to
  if (state !== from && !deliveryRules.mayMove(from, state)) return fail('DELIVERY_NOT_CURRENT')
  const stored = deliveryRow.optional().parse(yield* sql.delivery.get(id))
  if (!stored) return fail('DELIVERY_NOT_CURRENT')
  const { visitId } = stored
  const row = { id, from, state, failure: failureText(failure), attempts, place, at }
  const content = { payload, sha256: payload && sha256(payload) }
  if ((yield* sql.moveDelivery.run({ ...row, ...content })).changes === 0) return fail('DELIVERY_NOT_CURRENT')
  if (event) yield* ledger.addAudit(visitId, id, { at, event, ...(failure && { code: failure.code }) })
  function* isNone(count: Statement): Work<boolean> {
    return numberRow.parse(yield* count.get(visitId)).value === 0
  }
  function* moveVisit(step: VisitMove): Work<void> {
    if ((yield* sql.moveVisit.run({ ...step, id: visitId, at })).changes > 0) {
      yield* ledger.addAudit(visitId, null, { at, event: step.to })
    }
  }
  if (yield* isNone(sql.unwritten)) yield* moveVisit({ from: 'confirmed', to: 'handedOver' })
  if (yield* isNone(sql.unsettled)) yield* moveVisit({ from: 'handedOver', to: 'acknowledged' })
  return ok(undefined)
}

export function deliveries(topic: Topic): Deliveries {
  const { ledger } = topic
  return {
    async pendingDeliveries(destination, limit) {
      return ledger.read(function* () {
        return z.array(deliveryRow).parse(yield* sql.pending.all({ destination, limit, desk: topic.among.desk }))
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
      return ledger.write(() => each(moves, (move) => moveDelivery(topic, move)))
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
