// What a desk has written alone, could not be taken to the site and is not gone on with (of another day, or damaged) is tried again
// beside the desk's work with the others, with ever longer pauses: whatever kept it away may be mended meanwhile, and nobody has to
// think of a new start for it.
import { growingPause, type PauseMs } from '../ground/growing-pause.ts'
import { type Log, stackOf } from '../ground/log.ts'

interface Ports {
  readonly pauseMs: PauseMs
  /** There is something, and the desk works with the others. */
  readonly isWanted: () => boolean
  readonly merge: () => Promise<unknown>
  readonly log: Log
}

export function createLateMerge({ pauseMs, isWanted, merge, log }: Ports) {
  const pause = growingPause(pauseMs)
  let running: Promise<void> = Promise.resolve()
  let isClosed = false
  let timer: NodeJS.Timeout | undefined

  const look = async () => {
    if (isWanted()) await merge()
    else pause.reset()
  }
  const later = () => {
    if (isClosed) return
    timer = setTimeout(() => {
      running = look()
        .catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) }))
        .finally(later)
    }, pause.next())
    timer.unref()
  }
  later()
  return {
    /** Nothing is being taken there: for whoever goes on with the same files. */
    ended: () => running,
    async close() {
      isClosed = true
      clearTimeout(timer)
      await running
    },
  }
}
