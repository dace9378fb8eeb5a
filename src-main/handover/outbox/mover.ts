// The one way in which the outbox moves its rows: each with its audit row, as many in one transaction as are asked for in the
// same turn, every move logged, also one that the store does not take.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Clock, clinicMoment } from '../../ground/clock.ts'
import { failureOrigin } from '../../ground/failures.ts'
import type { Log } from '../../ground/log.ts'
import { type Failure, fail, type Result } from '../../ground/result.ts'
import type { Deliveries, DeliveryMove, DeliveryRow } from '../../store/deliveries.ts'

/** One step of a row. */
export interface Move {
  readonly delivery: DeliveryRow
  readonly to: Omit<DeliveryMove['to'], 'at'>
  readonly event?: DeliveryMove['event']
  readonly lease?: DeliveryMove['lease']
}

export interface Mover {
  /** An answer for each. Errors: DELIVERY_NOT_CURRENT, STORE_ codes. */
  moveAll(moves: readonly Move[]): Promise<readonly Result<void>[]>
  move(delivery: DeliveryRow, to: Move['to'], event?: Move['event']): Promise<Result<void>>
}

export interface OutboxMover extends Mover {
  /** What kept the store from taking the last step of a row; null: it took it, or another desk has the row. */
  notTaken(deliveryId: string): Failure | null
}

const isOfStore = ({ code }: Failure) => failureOrigin(code) === 'store' && code !== 'LEASE_LOST'

export function createMover(ports: {
  readonly store: Pick<Deliveries, 'moveDeliveries'>
  readonly clock: Clock
  readonly log: Log
  /** Something of this visit is to be shown. */
  readonly changed: (visitId: string) => void
}): OutboxMover {
  const { store, clock, log, changed } = ports
  const refused = new Map<string, Failure>()

  /** One transaction; an answer for each. */
  const commit = async (moves: readonly Move[]): Promise<readonly Result<void>[]> => {
    const at = clinicMoment(clock.now())
    const moved = await store.moveDeliveries(moves.map((move) => ({ ...move, to: { ...move.to, at } })))
    return moves.map(({ delivery, to }, index) => {
      const result = moved.ok ? (moved.value[index] ?? fail('DELIVERY_NOT_CURRENT')) : moved
      const failure = result.ok ? to.failure : result.error
      if (result.ok || !isOfStore(result.error)) refused.delete(delivery.id)
      else refused.set(delivery.id, result.error)
      log.write({
        event: 'deliveryMoved',
        deliveryId: delivery.id,
        destination: delivery.destination,
        state: result.ok ? to.state : delivery.state,
        ...(failure && { code: failure.code }),
      })
      // A step on the way is no news for the screen.
      if (to.state !== 'publishing' || failure) changed(delivery.visitId)
      return result
    })
  }

  /** What lanes ask for in the same turn, for instance while the disk was busy with a commit, is committed together. */
  let gathered: Move[] = []
  let committing: Promise<readonly Result<void>[]> | null = null
  const moveAll = async (moves: readonly Move[]): Promise<readonly Result<void>[]> => {
    if (moves.length === 0) return []
    const place = gathered.push(...moves) - moves.length
    committing ??= nextTurn().then(() => {
      const all = gathered
      gathered = []
      committing = null
      return commit(all)
    })
    return (await committing).slice(place, place + moves.length)
  }
  const move = async (delivery: DeliveryRow, to: Move['to'], event?: Move['event']): Promise<Result<void>> => {
    const [moved = fail('DELIVERY_NOT_CURRENT')] = await moveAll([{ delivery, to, event }])
    return moved
  }

  return { moveAll, move, notTaken: (deliveryId) => refused.get(deliveryId) ?? null }
}
