// The outbox at work: every destination is a lane of its own, in order inside the lane, and a lane that waits for its
// folder holds no other. Transient failures keep the row and try again, each time a little later; nothing is given up.
import { type Clock, clinicMoment } from '../contract/clock.ts'
import { failureClass } from '../contract/failures.ts'
import { type Log, stackOf } from '../contract/log.ts'
import { type Failure, fail, ok, type Result } from '../contract/result.ts'
import type { DeliveryRecord, Store } from '../store/store.ts'
import { deliver } from './delivery.ts'
import { type FilePort, systemFiles } from './durable-file.ts'

export interface Handover {
  /** There may be new rows in the outbox. */
  wake(): void
  /** Resolves when no file of the visit is under way: each is delivered, refused, or held up with its failure noted. */
  settled(visitId: string): Promise<void>
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
  readonly files?: FilePort
  /** First and longest pause between two tries, in milliseconds. */
  readonly pauseMs?: { readonly first: number; readonly longest: number }
}

/** Rows read from the outbox at once; more only costs memory. */
const batch = 20

export function createHandover(options: HandoverOptions): Handover {
  const { store, clock, log, files = systemFiles, pauseMs = { first: 250, longest: 30_000 } } = options
  const listeners = new Set<(visitId: string) => void>()
  let isClosed = false

  const move = async (
    delivery: DeliveryRecord,
    state: DeliveryRecord['state'],
    failure: Failure | null,
    event?: 'deliveryDelivered' | 'deliveryConflict' | 'deliveryRetried',
  ): Promise<Result<void>> => {
    const attempts = failure ? delivery.attempts + 1 : delivery.attempts
    const moved = await store.moveDelivery(
      delivery.id,
      { state, failure, at: clinicMoment(clock.now()), attempts },
      event,
    )
    const code = failure ? { code: failure.code } : {}
    log.write({ event: 'deliveryMoved', deliveryId: delivery.id, destination: delivery.destination, state, ...code })
    // A step on the way is no news for the screen.
    if (state !== 'publishing' || failure) for (const listener of listeners) listener(delivery.visitId)
    return moved
  }

  /** Returns whether the lane can go on to its next file. */
  const work = async (delivery: DeliveryRecord, folder: string): Promise<boolean> => {
    let { state } = delivery
    const result = await deliver(delivery, folder, {
      files,
      payload: () => store.payload(delivery.id),
      commitPublishing: async () => {
        const committed = await move(delivery, 'publishing', null)
        if (committed.ok) state = 'publishing'
        return committed
      },
    })
    if (result.ok) return (await move(delivery, 'delivered', null, 'deliveryDelivered')).ok
    switch (failureClass[result.error.code]) {
      case 'ambiguous':
        return (await move(delivery, 'conflict', result.error, 'deliveryConflict')).ok
      case 'transient':
      case 'permanent':
        await move(delivery, state, result.error)
        return false
    }
  }

  const createLane = (destination: { readonly id: string; readonly folder: string }) => {
    let running: Promise<void> | null = null
    let again = false
    let pause = pauseMs.first
    let timer: NodeJS.Timeout | undefined

    const run = async () => {
      do {
        again = false
        const deliveries = await store.pendingDeliveries(destination.id, batch)
        for (const delivery of deliveries) {
          if (isClosed) return
          if (!(await work(delivery, destination.folder))) return later()
          pause = pauseMs.first
        }
        if (deliveries.length === batch) again = true
      } while (again && !isClosed)
    }
    const later = () => {
      if (isClosed) return
      timer = setTimeout(wake, pause)
      pause = Math.min(pause * 2, pauseMs.longest)
    }
    const wake = () => {
      clearTimeout(timer)
      again = true
      running ??= run()
        .catch((error: unknown) => {
          // A bug in one lane must not stop the desk; the row is still there and is tried again.
          log.write({ event: 'fault', destination: destination.id, where: stackOf(error) })
          later()
        })
        .finally(() => {
          running = null
          // Woken between the last look into the outbox and here.
          if (again && !isClosed) wake()
        })
    }
    return {
      id: destination.id,
      wake,
      async close() {
        clearTimeout(timer)
        await running
      },
    }
  }
  const lanes = options.destinations.map(createLane)

  const isUnderWay = async (visitId: string): Promise<boolean> => {
    const deliveries = (await store.visit(visitId))?.deliveries ?? []
    return deliveries.some(({ state, failure }) => (state === 'queued' || state === 'publishing') && failure === null)
  }

  return {
    wake() {
      for (const lane of lanes) lane.wake()
    },
    async settled(visitId) {
      while (await isUnderWay(visitId)) {
        await new Promise<void>((resolve) => {
          const listener = (changed: string) => {
            if (changed !== visitId) return
            listeners.delete(listener)
            resolve()
          }
          listeners.add(listener)
        })
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async retry(deliveryId) {
      const delivery = await store.delivery(deliveryId)
      const lane = lanes.find(({ id }) => id === delivery?.destination)
      if (!delivery || !lane || delivery.state === 'delivered' || delivery.state === 'rejected') {
        return fail('REQUEST_INVALID', { field: 'deliveryId' })
      }
      if (delivery.state === 'conflict') {
        const requeued = await move(delivery, 'queued', null, 'deliveryRetried')
        if (!requeued.ok) return requeued
      }
      lane.wake()
      return ok(undefined)
    },
    async close() {
      isClosed = true
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}
