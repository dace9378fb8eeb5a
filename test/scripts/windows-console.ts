// A console of Windows with a program in it, in which somebody presses Ctrl+C: everybody who runs there hears it. It is opened by
// a process of its own, so that the test itself is not among them; Windows only.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import koffi from 'koffi'
import { z } from 'zod'

const saidSchema = z.union([
  z.object({ line: z.string() }),
  z.object({ code: z.number().nullable(), signal: z.string().nullable() }),
])

export interface WindowsConsole {
  /** Waits for a line on stdout that fits; what fits in it. */
  says(pattern: RegExp): Promise<string>
  pressCtrlC(): void
  /** How the program ended. */
  end: Promise<{ readonly code: number | null; readonly signal: string | null }>
}

/** Runs Node with these words in a console of its own. */
export function openConsole(words: readonly string[]): WindowsConsole {
  const host = fork(import.meta.filename, [...words], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = Promise.withResolvers<{ code: number | null; signal: string | null }>()
  const waiting = new Map<RegExp, (text: string) => void>()
  const lines: string[] = []
  const look = () => {
    for (const [pattern, resolve] of waiting) {
      const [found] = lines.flatMap((line) => pattern.exec(line) ?? [])
      if (found !== undefined) resolve(found)
    }
  }
  host.on('message', (message) => {
    const said = saidSchema.parse(message)
    if ('code' in said) return ended.resolve(said)
    lines.push(said.line)
    look()
  })
  host.once('exit', (code) => ended.reject(new Error(`the console ended with ${code}`)))
  ended.promise.catch(() => undefined)
  return {
    says: (pattern) =>
      new Promise((resolve) => {
        waiting.set(pattern, resolve)
        look()
      }),
    pressCtrlC: () => void host.send('ctrl+c'),
    end: ended.promise,
  }
}

const [ctrlC, everybody] = [0, 0]

function host(words: readonly string[]): void {
  const kernel = koffi.load('kernel32.dll')
  const declare = (name: string, types: string[]) => kernel.func('__stdcall', name, 'bool', types)
  const press = declare('GenerateConsoleCtrlEvent', ['uint32', 'uint32'])
  declare('FreeConsole', [])()
  if (!declare('AllocConsole', [])()) throw new Error('no console')
  const program: ChildProcess = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  process.on('SIGINT', () => undefined)
  program.stdout?.on('data', (text) => process.send?.({ line: String(text) }))
  process.on('message', () => press(ctrlC, everybody))
  void once(program, 'exit').then(([code, signal]) => {
    process.send?.({ code, signal })
    process.disconnect()
  })
}

if (process.argv[1] === import.meta.filename) host(process.argv.slice(2))
