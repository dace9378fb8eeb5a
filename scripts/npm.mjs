// npm, run to its end with what it said: for the set-up and for the tests' Windows.
import { runChild } from './child.mjs'
import { isWindows } from './place.mjs'

/**
 * Runs to its end: `{ code, signal, output }`. Through npm's own script where npm started us: on Windows `npm` is a .cmd
 * file, which spawn does not run.
 */
export function npm(folder, args, limitMs) {
  const script = process.env.npm_execpath
  const [command, ...rest] = script?.endsWith('.js') ? [process.execPath, script, ...args] : ['npm', ...args]
  return captured(command, rest, { cwd: folder, shell: command === 'npm' && isWindows, timeout: limitMs })
}

/** A program run to its end: `{ code, signal, output }`. */
export async function captured(command, args, options) {
  const output = []
  const { code, signal } = await runChild(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    onStart(child) {
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk))
    },
  })
  return { code, signal, output: Buffer.concat(output).toString('utf8') }
}
