// What a tool behind the door (tests, checks, bench) needs in order to leave nothing alive: when the door is killed without
// a word, the tool's whole process group goes; told to end, it waits for the step that runs, which was told as well.
import { spawn } from 'node:child_process'
import { exitCodeOf } from './child.mjs'
import { root } from './place.mjs'

process.channel?.unref()
process.on('disconnect', () => {
  if (process.platform === 'win32') process.exit(1)
  process.kill(-process.pid, 'SIGKILL')
})

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** The door tells the whole group at once: a step that was only just started may not have heard it. */
const repeatAfterMs = 2_000

/**
 * Runs a script on this Node to its end: its exit code, and what it said on standard output where `env` is given it (a program
 * that is asked for something). After `limitMs` it is killed, and the code is that of an end by SIGKILL. Told to end, it ends the tool.
 */
export async function runStep(script, args, { env, limitMs } = {}) {
  let child = null
  let told = null
  let output = ''
  const onSignal = (signal) => {
    told ??= signal
    setTimeout(() => child?.kill(told), repeatAfterMs).unref()
  }
  for (const signal of signals) process.on(signal, onSignal)
  child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['inherit', env ? 'pipe' : 'inherit', 'inherit'],
    ...(env && { env }),
  })
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text))
  const limit = limitMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), limitMs)
  const code = await new Promise((resolve) => {
    // What is piped comes to its end after the program.
    child.once(env ? 'close' : 'exit', (status, signal) => resolve(status ?? exitCodeOf(signal)))
  })
  clearTimeout(limit)
  for (const signal of signals) process.off(signal, onSignal)
  if (told) process.exit(exitCodeOf(told))
  return { code, output }
}

/** Runs a script on this Node; a step that fails, or is told to end, ends the tool. */
export async function step(script, ...args) {
  const { code } = await runStep(script, args)
  if (code !== 0) process.exit(code)
}
