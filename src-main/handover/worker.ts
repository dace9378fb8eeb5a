// The outbox at work: what becomes of each row after a try. Failures that may pass keep the row in its lane and are tried
// again for as long as it takes, ambiguous ones wait for a person; nothing is given up and nothing is written twice.
import { type Clock, clinicMoment } from '../contract/clock.ts'
import { failureClass } from '../contract/failures.ts'
import { type Log, stackOf } from '../contract/log.ts'
import { type Failure, fail, ok, type Result } from '../contract/result.ts'
import type { AuditEntry, DeliveryRecord, Store } from '../store/store.ts'
import type { Deliver, Deliverer } from './delivery.ts'
import { createLane, type PauseMs } from './lane.ts'

export interface Handover {
  /** There may be new rows in the outbox. */
  wake(): void
  /** Resolves when no file is under way: each is delivered, refused, or held up. */
  settled(): Promise<void>
  onChange(listener: (visitId: string) => void): () => void
  /** Tries a held-up file now; one with a conflict only because a person asked. Errors: REQUEST_INVALID, STORE_ codes. */
  retry(deliveryId: string): Promise<Result<void>>
  /** Finishes the file under way and stops. */
  close(): Promise<void>
}

export interface HandoverOptions {
  readonly store: Store
  readonly destinations: readonly { readonly id: string; readonly folder: string }[]
  readonly clock: Clock
  readonly log: Log
  /** What brings the files of one lane; called once for each. */
  readonly newDeliverer: () => Deliverer
  /** First and longest pause between two tries. */
  readonly pauseMs?: PauseMs
}

/** How long an end waits for the file under way, in milliseconds. */
const closeLimitMs = 3_000

export function createHandover(options: HandoverOptions): Handover {
  const { store, clock, log, pauseMs = { first: 250, longest: 30_000 } } = options
  const listeners = new Set<(visitId: string) => void>()

  const move = async (
    delivery: DeliveryRecord,
    to: { readonly state: DeliveryRecord['state']; readonly failure: Failure | null; readonly attempts?: number },
    event?: AuditEntry['event'],
  ): Promise<Result<void>> => {
    const moved = await store.moveDelivery(delivery.id, { ...to, at: clinicMoment(clock.now()) }, event)
    const failure = moved.ok ? to.failure : moved.error
    log.write({
      event: 'deliveryMoved',
      deliveryId: delivery.id,
      destination: delivery.destination,
      state: moved.ok ? to.state : delivery.state,
      ...(failure && { code: failure.code }),
    })
    // A step on the way is no news for the screen.
    if (to.state !== 'publishing' || failure) for (const listener of listeners) listener(delivery.visitId)
    return moved
  }

  /** Returns what holds the lane up, null when it can go on to its next file. */
  const work = async (delivery: DeliveryRecord, folder: string, deliver: Deliver): Promise<Failure | null> => {
    let { state } = delivery
    const result = await deliver(delivery, folder, {
      payload: () => store.payload(delivery.id),
      commitPublishing: async () => {
        const committed = await move(delivery, { state: 'publishing', failure: null })
        if (committed.ok) state = 'publishing'
        return committed
      },
    })
    const outcome = async (): Promise<Result<void>> => {
      if (result.ok) return move(delivery, { state: 'delivered', failure: null }, 'deliveryDelivered')
      const failure = result.error
      if (failureClass[failure.code] === 'ambiguous') {
        return move(delivery, { state: 'conflict', failure }, 'deliveryConflict')
      }
      await move(delivery, { state, failure, attempts: delivery.attempts + 1 })
      return result
    }
    const moved = await outcome()
    return moved.ok ? null : moved.error
  }

  const lanes = options.destinations.map(({ id, folder }) => {
    const { deliver, close } = options.newDeliverer()
    const lane = createLane(
      id,
      {
        pending: (limit) => store.pendingDeliveries(id, limit),
        work: (delivery) => work(delivery, folder, deliver),
        async heldUp(failure, behind) {
          // Their visits shall show why nothing moves, too.
          for (const delivery of behind) {
            if (!delivery.failure) await move(delivery, { state: delivery.state, failure })
          }
        },
        fault: (error) => log.write({ event: 'fault', destination: id, where: stackOf(error) }),
      },
      pauseMs,
    )
    return {
      ...lane,
      async close() {
        // A share that hangs must not hold up the end: whatever it was at is found at the next start.
        await Promise.race([lane.close(), new Promise((resolve) => setTimeout(resolve, closeLimitMs).unref())])
        await close()
      },
    }
  })
  const laneOf = (delivery: DeliveryRecord) => lanes.find(({ id }) => id === delivery.destination)

  return {
    wake() {
      for (const lane of lanes) lane.wake()
    },
    async settled() {
      await Promise.all(lanes.map((lane) => lane.settled()))
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async retry(deliveryId) {
      const delivery = await store.delivery(deliveryId)
      const lane = delivery && laneOf(delivery)
      if (!lane || delivery.state === 'delivered' || delivery.state === 'rejected') {
        return fail('REQUEST_INVALID', { field: 'deliveryId' })
      }
      if (delivery.state === 'conflict') {
        const requeued = await move(delivery, { state: 'queued', failure: null }, 'deliveryRetried')
        if (!requeued.ok) return requeued
      }
      lane.wake()
      return ok(undefined)
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}
