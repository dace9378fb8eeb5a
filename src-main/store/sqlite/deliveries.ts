// The outbox: rows that never change but by a move from the state they were read in.
import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import { deliveryRules, type VisitMove } from '../../ground/states.ts'
import type { Deliveries, DeliveryMove, NewDelivery } from '../deliveries.ts'
import type { VisitRow } from '../visits.ts'
import { read } from './database.ts'
import { deliveryRow, leftFileRow, numberRow, payloadRow } from './rows.ts'
import { failureText, type Topic } from './topic.ts'

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')

/** Inside a transaction. */
export function addDelivery({ sql, ledger }: Topic, visit: VisitRow, added: NewDelivery): void {
  const { failure, payload, ...delivery } = added
  sql.addDelivery.run({
    ...delivery,
    visitId: visit.id,
    failure: failureText(failure),
    payload,
    sha256: sha256(payload),
    updatedAt: visit.updatedAt,
  })
  const event = delivery.state === 'rejected' ? 'deliveryRejected' : 'deliveryQueued'
  ledger.addAudit(visit.id, delivery.id, { at: visit.updatedAt, event, ...(failure && { code: failure.code }) })
}

/** Inside a transaction. */
function moveDelivery(
  { sql, ledger }: Topic,
  { delivery: { id, state: from }, to, event }: DeliveryMove,
): Result<void> {
  const { state, failure, at, attempts = null, payload = null, place = null } = to
  if (state !== from && !deliveryRules.mayMove(from, state)) return fail('DELIVERY_NOT_CURRENT')
  const stored = deliveryRow.optional().parse(sql.delivery.get(id))
  if (!stored) return fail('DELIVERY_NOT_CURRENT')
  const { visitId } = stored
  const row = { id, from, state, failure: failureText(failure), attempts, place, at }
  const content = { payload, sha256: payload && sha256(payload) }
  if (sql.moveDelivery.run({ ...row, ...content }).changes === 0) return fail('DELIVERY_NOT_CURRENT')
  if (event) ledger.addAudit(visitId, id, { at, event, ...(failure && { code: failure.code }) })
  const isNone = (count: Database.Statement) => numberRow.parse(count.get(visitId)).value === 0
  const moveVisit = (step: VisitMove) => {
    if (sql.moveVisit.run({ ...step, id: visitId, at }).changes > 0) {
      ledger.addAudit(visitId, null, { at, event: step.to })
    }
  }
  if (isNone(sql.unwritten)) moveVisit({ from: 'confirmed', to: 'handedOver' })
  if (isNone(sql.unsettled)) moveVisit({ from: 'handedOver', to: 'acknowledged' })
  return ok(undefined)
}

export function deliveries(topic: Topic): Deliveries {
  const { sql, ledger } = topic
  return {
    async pendingDeliveries(destination, limit) {
      return read(() => z.array(deliveryRow).parse(sql.pending.all(destination, limit)))
    },
    async awaitedDeliveries(destination, limit) {
      return read(() => z.array(deliveryRow).parse(sql.awaited.all(destination, limit)))
    },
    async delivery(id) {
      return read(() => deliveryRow.optional().parse(sql.delivery.get(id)) ?? null)
    },
    async payload(deliveryId) {
      return read(() => payloadRow.optional().parse(sql.payload.get(deliveryId))?.payload ?? null)
    },
    async moveDeliveries(moves) {
      return ledger.write(() => moves.map((move) => moveDelivery(topic, move)))
    },
    async leftFiles(destination, limit) {
      return read(() => z.array(leftFileRow).parse(sql.leftFiles.all(destination, limit)))
    },
    async forgetLeftFiles(destination, files) {
      return ledger.write(() => {
        for (const { fileName, sha256 } of files) sql.forgetLeftFile.run(destination, fileName, sha256)
      })
    },
  }
}
