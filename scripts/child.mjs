// Programs behind a door, and their end: whatever ends the door (Ctrl+C, a signal, a closed window, the death of the npm
// that started it) is told to them once, waited for, and nothing of theirs is left alive. On POSIX each runs in a process
// group of its own: a terminal signals the whole foreground group, and a second signal must not hit a program that is
// already stopping in order. On Windows the console itself tells everybody, and `kill` would be an immediate end.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

const isWindows = process.platform === 'win32'

/** What ends a program; on Windows SIGHUP is the closed window and SIGBREAK is Ctrl+Break. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', ...(isWindows ? ['SIGBREAK'] : [])]

/** Longest time for stopping in order, in milliseconds. The agent's own limit is shorter. */
const stopLimitMs = 20_000
const parentLookMs = 500

let ending = null
const running = new Set()
/** Those whose own children do not listen to them: their whole group is told. */
const whole = new WeakSet()

/** The signal that this door was told to end with; null: none. */
export const endingSignal = () => ending

/** The shell's exit code for an end by a signal. */
export const exitCodeOf = (signal) => 128 + (constants.signals[signal] ?? 0)

function end(signal) {
  if (ending) return
  ending = signal
  for (const child of running) tell(child, signal)
}

function tell(child, signal) {
  if (isWindows) {
    // Heard by programs that listen to their door; the others were told by the console.
    if (child.connected) child.disconnect()
  } else if (whole.has(child)) signalGroup(child, signal)
  else child.kill(signal)
  setTimeout(() => (isWindows ? child.kill() : signalGroup(child, 'SIGKILL')), stopLimitMs).unref()
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Nobody is left in it.
  }
}

/** Listens to everything that ends a door. npm itself may be ended without a word to what it started: it is watched. */
export function endWithStarter() {
  for (const signal of endings) process.on(signal, () => end(signal))
  if (isWindows) return
  const parent = process.ppid
  // npm runs a script through a shell, which stays when npm is killed.
  const npm = process.env.npm_lifecycle_event === undefined ? null : parentOf(parent)
  const look = setInterval(() => {
    if (process.ppid !== parent || (npm !== null && npm > 1 && !isParentOf(npm, parent))) end('SIGHUP')
  }, parentLookMs)
  look.unref()
}

/** Cheap enough to be asked twice a second: elsewhere than on Linux only whether that process is there at all. */
function isParentOf(pid, child) {
  if (process.platform === 'linux') return parentOf(child) === pid
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** The parent of a process; null where it is gone. */
function parentOf(pid) {
  if (process.platform !== 'linux') {
    const { status, stdout } = spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' })
    return status === 0 ? Number(stdout) : null
  }
  try {
    // The name before it may hold spaces and brackets.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
  } catch {
    return null
  }
}

/**
 * Runs a program to its end: `{ code, signal }`. `onStart` is given the child, `tellsAll` sends a signal to its whole group,
 * the other options go to `spawn`.
 */
export function runChild(command, args, { onStart, tellsAll = false, ...options } = {}) {
  if (ending) return Promise.resolve({ code: null, signal: ending })
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, detached: !isWindows })
    if (child.pid !== undefined) running.add(child)
    if (tellsAll) whole.add(child)
    child.once('error', () => {
      if (child.pid === undefined) resolve({ code: 127, signal: null })
    })
    child.once('exit', () => {
      running.delete(child)
      // What it left behind.
      if (!isWindows) signalGroup(child, 'SIGKILL')
    })
    // What is piped to us comes to its end after the program. Without pipes there is nothing to wait for: on Windows the end of
    // a channel that was given up may never be told.
    const last = child.stdout || child.stderr ? 'close' : 'exit'
    child.once(last, (code, signal) => resolve({ code, signal }))
    onStart?.(child)
  })
}
