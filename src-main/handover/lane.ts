// One destination's lane: its files in order, one at a time, and a growing pause after a failure that may pass. A lane
// that waits for its folder holds no other lane up.
import type { Failure } from '../contract/result.ts'
import type { DeliveryRecord } from '../store/store.ts'

export interface Lane {
  readonly id: string
  /** There may be new rows, or a reason to try again before the pause is over. */
  wake(): void
  /** Resolves when the lane has no file under way: it is through with its rows, or waits before it tries again. */
  settled(): Promise<void>
  /** Finishes the file under way and stops. */
  close(): Promise<void>
}

export interface LanePorts {
  /** Undelivered rows, oldest first. */
  pending(limit: number): Promise<readonly DeliveryRecord[]>
  /** Returns what holds the lane up, null when it can go on to its next file. */
  work(delivery: DeliveryRecord): Promise<Failure | null>
  /** What stops one file stops those behind it. */
  heldUp(failure: Failure, behind: readonly DeliveryRecord[]): Promise<void>
  /** A bug, caught here so that it cannot stop the desk; the row is still there and is tried again. */
  fault(error: unknown): void
}

export interface PauseMs {
  readonly first: number
  readonly longest: number
}

/** Rows read from the outbox at once; more only costs memory. */
const batch = 100

export function createLane(id: string, ports: LanePorts, pauseMs: PauseMs): Lane {
  let running: Promise<void> | null = null
  let again = false
  let isClosed = false
  let pause = pauseMs.first
  let timer: NodeJS.Timeout | undefined

  const run = async () => {
    do {
      again = false
      const deliveries = await ports.pending(batch)
      for (const [index, delivery] of deliveries.entries()) {
        if (isClosed) return
        const failure = await ports.work(delivery)
        if (failure) {
          await ports.heldUp(failure, deliveries.slice(index + 1))
          return later()
        }
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
    if (isClosed) return
    clearTimeout(timer)
    timer = undefined
    again = true
    running ??= run()
      .catch((error: unknown) => {
        ports.fault(error)
        later()
      })
      .finally(() => {
        running = null
        // Woken between the last look into the outbox and here.
        if (again) wake()
      })
  }

  return {
    id,
    wake,
    async settled() {
      while (running) await running
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      await running
    },
  }
}
