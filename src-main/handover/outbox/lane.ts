// One destination's lane: its files in order, as many together as the destination takes, a growing pause after a failure that may pass, and between
// them a look at what became of those delivered. A lane that waits for its folder holds no other lane up.
import { byItself } from '../../ground/acting.ts'
import { failureOrigin } from '../../ground/failures.ts'
import { growingPause, type PauseMs } from '../../ground/growing-pause.ts'
import type { Failure } from '../../ground/result.ts'
import type { DeliveryRow } from '../../store/deliveries.ts'

export interface Lane {
  readonly id: string
  /** There may be new rows, or a reason to try again before the pause is over. */
  wake(): void
  /** The same, but a pause goes on that is the destination's. One that is the store's ends: it has just been heard of. */
  lookAgain(): void
  /** Resolves when the lane has no file under way: it is through with its rows, or waits before it tries again. */
  settled(): Promise<void>
  /** Finishes the file under way and stops. */
  close(): Promise<void>
}

export interface LanePorts {
  /** Undelivered rows, oldest first. */
  pending(limit: number): Promise<readonly DeliveryRow[]>
  /**
   * Works on the first of these, as many as it likes and one at least. For each of them what holds the lane up, null where
   * it can go on.
   */
  work(deliveries: readonly DeliveryRow[]): Promise<readonly (Failure | null)[]>
  /** Whether a failure says nothing about the files behind; every other one stops them, too. */
  isOwn(failure: Failure): boolean
  /** For as long as it lasts, at every try. */
  heldUp(failure: Failure): Promise<void>
  /** Looks at up to `limit` delivered rows: how many it found taken, and whether another look later is worth it. */
  look(limit: number): Promise<{ readonly taken: number; readonly isWorthIt: boolean }>
  /** A bug, caught here so that it cannot stop the desk; the row is still there and is tried again. */
  fault(error: unknown): void
}

/** In milliseconds: the pauses between two tries, and the one between two looks at what was delivered. */
export interface LanePauseMs extends PauseMs {
  readonly look: number
}

/** Rows read from the outbox at once; more only costs memory. */
const batch = 100

/** Delivered files that nobody has taken and that are looked after: those of a long weekend with the receipt computer off. */
const awaitedAtOnce = 2_000

export function createLane(id: string, ports: LanePorts, pauseMs: LanePauseMs): Lane {
  let running: Promise<void> | null = null
  let again = false
  let isClosed = false
  let isHeldUp = false
  /** What it waits for is the store, not the destination. */
  let isForStore = false
  const pause = growingPause(pauseMs)
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null
  let lookTimer: NodeJS.Timeout | undefined

  const run = async () => {
    do {
      again = false
      let isLeft = false
      // One file finds out whether the way is free again.
      const limit = isHeldUp ? 1 : batch
      const deliveries = await ports.pending(limit)
      let behind = deliveries
      while (behind.length > 0) {
        if (isClosed) return
        const failures = await ports.work(behind)
        behind = behind.slice(failures.length)
        if (failures.includes(null)) pause.reset()
        const failure = failures.find((each) => each && !ports.isOwn(each))
        isHeldUp = failure != null
        if (failure) {
          await ports.heldUp(failure)
          isForStore = failureOrigin(failure.code) === 'store'
          return later()
        }
        if (failures.some((each) => each)) isLeft = true
      }
      if (isLeft) return later()
      if (deliveries.length === limit) again = true
    } while (again && !isClosed)
    pause.reset()
  }

  const later = () => {
    if (isClosed) return
    timer = setTimeout(wake, pause.next())
  }

  /** Beside the deliveries: a lane that is held up still hears what became of the files before. */
  const lookLater = () => {
    if (isClosed || lookTimer || looking) return
    lookTimer = setTimeout(() => {
      lookTimer = undefined
      looking = look()
        .catch((error: unknown) => {
          ports.fault(error)
          return true
        })
        .then((isWorthIt) => {
          looking = null
          if (isWorthIt) lookLater()
        })
    }, pauseMs.look)
    lookTimer.unref()
  }

  const look = async (): Promise<boolean> => {
    const { taken, isWorthIt } = await ports.look(awaitedAtOnce)
    // What has been taken may have been in the way.
    if (taken > 0 && timer) wake()
    return isWorthIt
  }

  const wake = () => {
    if (isClosed) return
    clearTimeout(timer)
    timer = undefined
    isForStore = false
    again = true
    running ??= byItself(run)
      .catch((error: unknown) => {
        ports.fault(error)
        isForStore = true
        later()
      })
      .finally(() => {
        running = null
        lookLater()
        // Woken between the last look into the outbox and here.
        if (again) wake()
      })
  }

  return {
    id,
    wake,
    lookAgain() {
      if ((!timer || isForStore) && !running) wake()
    },
    async settled() {
      while (running) await running
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      clearTimeout(lookTimer)
      await running
      await looking
    },
  }
}
