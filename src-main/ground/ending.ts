// How a program of this house ends when it is told to: once, in order, whatever told it. Ctrl+C in a terminal comes twice
// (the terminal tells the whole group, the door behind `npm start` passes it on), a closed window is SIGHUP, Ctrl+Break on
// Windows SIGBREAK; a door that is killed without a word is noticed by its channel. A second word never cuts a stop short.
import { constants } from 'node:os'

const signals: readonly NodeJS.Signals[] = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  ...(process.platform === 'win32' ? (['SIGBREAK'] as const) : []),
]

/** Longest time for a stop, in milliseconds: Windows gives 10 s after the window was closed. */
const limitMs = 9_000

export interface Ending {
  /** Gives what has to be stopped; done at once where the end was asked for already. The process exits after it. */
  stopWith(stop: () => Promise<unknown>): void
}

/**
 * Listens from now on. `owes`: the program owes its caller an answer, so an end before it is no success: it exits with 128
 * and the signal's number, as shells do.
 */
export function listenForEnd(owes = false): Ending {
  let stop: (() => Promise<unknown>) | null = null
  let exitCode = 0
  let isAsked = false
  let isStopping = false
  const end = async () => {
    if (!stop || isStopping) return
    isStopping = true
    await stop()
    process.exit(exitCode)
  }
  const ask = (signal: NodeJS.Signals) => {
    if (isAsked) return
    isAsked = true
    if (owes) exitCode = 128 + (constants.signals[signal] ?? 0)
    // What hangs is ended as a crash would end it: nothing that was promised is lost by that.
    setTimeout(() => process.exit(1), limitMs).unref()
    void end()
  }
  for (const signal of signals) process.on(signal, ask)
  // Only a door gives a channel. It does not keep a program alive that has nothing left to do.
  process.on('disconnect', () => ask('SIGHUP'))
  process.channel?.unref()
  return {
    stopWith(given) {
      stop = given
      if (isAsked) void end()
    },
  }
}

/** Nobody may attach a debugger by a signal; also where the launcher's own `--disable-sigusr1` is missing. */
export function refuseDebugger(): void {
  if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined)
}
