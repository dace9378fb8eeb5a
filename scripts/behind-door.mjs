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

/** Runs a script on this Node; a step that fails, or is told to end, ends the tool. */
export async function step(script, ...args) {
  let child = null
  let told = null
  const onSignal = (signal) => {
    told ??= signal
    setTimeout(() => child?.kill(told), repeatAfterMs).unref()
  }
  for (const signal of signals) process.on(signal, onSignal)
  child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
  const code = await new Promise((resolve) => {
    child.once('exit', (status, signal) => resolve(status ?? exitCodeOf(signal)))
  })
  for (const signal of signals) process.off(signal, onSignal)
  if (told) process.exit(exitCodeOf(told))
  if (code !== 0) process.exit(code)
}
