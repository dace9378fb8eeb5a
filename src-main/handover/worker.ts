// The outbox at work: what becomes of each row after a try. Failures that may pass keep the row in its lane and are tried
// again for as long as it takes, unclear and refused ones wait for a person; nothing is given up, nothing is written twice.
import { type Clock, clinicMoment } from '../contract/clock.ts'
import { failureClass } from '../contract/failures.ts'
import { type Log, stackOf } from '../contract/log.ts'
import { type Failure, fail, ok, type Result } from '../contract/result.ts'
import type { DeliveryState } from '../contract/visit.ts'
import type { AuditEntry, DeliveryRecord, NewDelivery, Store } from '../store/store.ts'
import type { Deliverer, Fate } from './delivery.ts'
import { createLane, type PauseMs } from './lane.ts'

export interface Handover {
  /** There may be new rows in the outbox. */
  wake(): void
  /** Resolves when no file is under way: each is delivered, refused, or held up. */
  settled(): Promise<void>
  onChange(listener: (visitId: string) => void): () => void
  /**
   * A person asks for this delivery again: at once for one that is held up, anew for any other; the same bytes under the
   * same name, or what can be rendered now if it could not be before or ORCA has refused it. Errors: REQUEST_INVALID, TEXT_NOT_ENCODABLE and
   * the other refusals of a format, STORE_ codes.
   */
  retry(deliveryId: string): Promise<Result<void>>
  /** A person does not want it any more. Not once its name may have been seen. Errors: as above, DELIVERY_NOT_CURRENT. */
  cancel(deliveryId: string): Promise<Result<void>>
  /** A person has seen that the receipt computer has it. Errors: as above. */
  markImported(deliveryId: string): Promise<Result<void>>
  /** Finishes the file under way and stops. */
  close(): Promise<void>
}

/** One destination as the outbox sees it. */
interface LaneDestination {
  readonly id: string
  /** After how many minutes an untaken delivery becomes news for the counter; null: never. */
  readonly takenWithinMin: number | null
  readonly newDeliverer: () => Deliverer
}

export interface HandoverOptions {
  readonly store: Store
  readonly destinations: readonly LaneDestination[]
  readonly clock: Clock
  readonly log: Log
  /** Renders one delivery of a stored visit anew; null when the visit holds no answer. */
  readonly renderAgain: (delivery: DeliveryRecord) => Promise<NewDelivery | null>
  readonly pauseMs?: PauseMs
}

/** How long an end waits for the file under way, in milliseconds. */
const closeLimitMs = 3_000

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/

/** From which states a person may still call it off, and from which see that it has arrived. */
const cancellable: readonly DeliveryState[] = ['queued', 'rejected', 'refused', 'conflict']
const importable: readonly DeliveryState[] = ['delivered', 'refused', 'conflict', 'rejected']

export function createHandover(options: HandoverOptions): Handover {
  const { store, clock, log, pauseMs = { first: 250, longest: 30_000, look: 2_000 } } = options
  const listeners = new Set<(visitId: string) => void>()

  const move = async (
    delivery: DeliveryRecord,
    to: {
      readonly state: DeliveryState
      readonly failure: Failure | null
      readonly attempts?: number
      readonly payload?: Uint8Array
    },
    event?: AuditEntry['event'],
  ): Promise<Result<void>> => {
    const moved = await store.moveDelivery(delivery, { ...to, at: clinicMoment(clock.now()) }, event)
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
  const work = async (delivery: DeliveryRecord, deliverer: Deliverer): Promise<Failure | null> => {
    let now = delivery
    let commit: Result<void> = ok(undefined)
    const result = await deliverer.deliver(delivery, {
      payload: () => store.payload(delivery.id),
      commitPublishing: async () => {
        commit = await move(delivery, { state: 'publishing', failure: null })
        if (commit.ok) now = { ...delivery, state: 'publishing' }
        return commit
      },
    })
    const outcome = async (): Promise<Result<void>> => {
      if (result.ok) {
        const event = result.value === 'delivered' ? 'deliveryDelivered' : 'deliveryAcknowledged'
        return move(now, { state: result.value, failure: null }, event)
      }
      const failure = result.error
      if (commit.ok && failureClass[failure.code] === 'ambiguous') {
        return move(now, { state: 'conflict', failure }, 'deliveryConflict')
      }
      if (commit.ok && failureClass[failure.code] === 'permanent') {
        return move(now, { state: 'refused', failure }, 'deliveryRefused')
      }
      const noted = await move(now, { state: now.state, failure, attempts: delivery.attempts + 1 })
      return noted.ok || noted.error.code !== 'DELIVERY_NOT_CURRENT' ? result : noted
    }
    const moved = await outcome()
    // A person has called it off meanwhile: what the try has left goes, the lane goes on.
    if (!moved.ok && moved.error.code === 'DELIVERY_NOT_CURRENT') {
      const cleared = await deliverer.clear(delivery)
      return cleared.ok ? null : cleared.error
    }
    return moved.ok ? null : moved.error
  }

  const becameOf = async (delivery: DeliveryRecord, fate: Fate, takenWithinMin: number | null): Promise<void> => {
    if (fate === 'acknowledged') {
      await move(delivery, { state: 'acknowledged', failure: null }, 'deliveryAcknowledged')
    } else if (fate === 'refused') {
      const failure = { code: 'DESTINATION_REFUSED', detail: { destination: delivery.destination } } as const
      await move(delivery, { state: 'refused', failure }, 'deliveryRefused')
    } else if (takenWithinMin !== null && !delivery.failure) {
      const waitedMs = clock.now().getTime() - Date.parse(delivery.updatedAt)
      const failure = { code: 'DESTINATION_NOT_TAKEN', detail: { destination: delivery.destination } } as const
      if (waitedMs >= takenWithinMin * 60_000) await move(delivery, { state: 'delivered', failure }, 'deliveryLate')
    }
  }

  /** Removes what a crash has left of rows that are through or called off; false: the folder cannot be seen now. */
  const tidy = async (destination: string, deliverer: Deliverer): Promise<boolean> => {
    const names = await deliverer.unfinished()
    if (!names.ok) return false
    for (const name of names.value) {
      // The name carries the row; what is no row of ours is another's, and stays.
      const [rowId] = uuid.exec(name) ?? []
      const delivery = rowId === undefined ? null : await store.delivery(rowId)
      const isOurs = delivery?.destination === destination && delivery.fileName === name
      if (isOurs && delivery.state !== 'queued' && delivery.state !== 'publishing') await deliverer.clear(delivery)
    }
    return true
  }

  const lanes = options.destinations.map(({ id, takenWithinMin, newDeliverer }) => {
    const deliverer = newDeliverer()
    let isTidy = false
    const lane = createLane(
      id,
      {
        pending: (limit) => store.pendingDeliveries(id, limit),
        work: (delivery) => work(delivery, deliverer),
        isOwn: ({ code }) => code === 'ORCA_BUSY',
        async heldUp(failure, behind) {
          // Their visits shall show why nothing moves, too.
          for (const delivery of behind) {
            if (!delivery.failure) await move(delivery, { state: delivery.state, failure })
          }
        },
        async look(limit) {
          if (!isTidy) isTidy = await tidy(id, deliverer)
          const awaited = await store.awaitedDeliveries(id, limit)
          if (awaited.length === 0) return { taken: 0, waiting: 0 }
          const fates = await deliverer.look(awaited)
          // Nothing can be seen now: nothing has become of anything.
          if (!fates.ok) return { taken: 0, waiting: awaited.length }
          for (const [index, delivery] of awaited.entries()) {
            await becameOf(delivery, fates.value[index] ?? 'waiting', takenWithinMin)
          }
          const waiting = fates.value.filter((fate) => fate === 'waiting').length
          return { taken: awaited.length - waiting, waiting }
        },
        fault: (error) => log.write({ event: 'fault', destination: id, where: stackOf(error) }),
      },
      pauseMs,
    )
    return {
      ...lane,
      deliverer,
      async close() {
        // A share that hangs must not hold up the end: whatever it was at is found at the next start.
        await Promise.race([lane.close(), new Promise((resolve) => setTimeout(resolve, closeLimitMs).unref())])
        await deliverer.close()
      },
    }
  })

  /** The delivery a person means, with its lane; one of a destination that is no longer set up has none. */
  const meant = async (deliveryId: string) => {
    const delivery = await store.delivery(deliveryId)
    const lane = lanes.find(({ id }) => id === delivery?.destination)
    return delivery && lane ? ok({ delivery, lane }) : fail('REQUEST_INVALID', { field: 'deliveryId' })
  }

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
      const found = await meant(deliveryId)
      if (!found.ok) return found
      const { delivery, lane } = found.value
      // A file keeps its bytes, a call says what is known by now: the patient's number above all.
      const isRefusedCall = delivery.state === 'refused' && delivery.format === 'orca'
      if (delivery.state === 'rejected' || isRefusedCall) {
        const rendered = await options.renderAgain(delivery)
        if (!rendered) return fail('REQUEST_INVALID', { field: 'deliveryId' })
        if (rendered.failure) return { ok: false, error: rendered.failure }
        const { payload } = rendered
        const requeued = await move(delivery, { state: 'queued', failure: null, payload }, 'deliveryRetried')
        if (!requeued.ok) return requeued
      } else if (delivery.state !== 'queued' && delivery.state !== 'publishing') {
        const requeued = await move(delivery, { state: 'queued', failure: null }, 'deliveryRetried')
        if (!requeued.ok) return requeued
      }
      lane.wake()
      return ok(undefined)
    },
    async cancel(deliveryId) {
      const found = await meant(deliveryId)
      if (!found.ok) return found
      const { delivery, lane } = found.value
      if (!cancellable.includes(delivery.state)) return fail('DELIVERY_NOT_CURRENT')
      const moved = await move(delivery, { state: 'cancelled', failure: null }, 'deliveryCancelled')
      if (moved.ok) await lane.deliverer.clear(delivery)
      return moved
    },
    async markImported(deliveryId) {
      const found = await meant(deliveryId)
      if (!found.ok) return found
      const { delivery } = found.value
      if (!importable.includes(delivery.state)) return fail('DELIVERY_NOT_CURRENT')
      return move(delivery, { state: 'acknowledged', failure: null }, 'deliveryMarkedImported')
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}
