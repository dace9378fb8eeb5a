// Starts the built Electron entry under plain Node with the stand-in for the `electron` module, and talks to it.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

const messageSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready') }),
  z.object({ event: z.literal('errorBox'), value: z.string() }),
  z.object({ event: z.literal('messageBox'), value: z.string() }),
  z.object({ event: z.literal('answer'), id: z.number(), value: z.unknown() }),
])

export interface Entry {
  /** Resolves when the tray icon is there, which comes last; false when the process ended before. */
  readonly ready: Promise<boolean>
  readonly errorBoxes: readonly string[]
  readonly messageBoxes: readonly string[]
  /** Exit code. */
  readonly ended: Promise<number | null>
  /** Tells the stand-in to do something; see its list of commands. */
  tell(command: string, ...values: unknown[]): Promise<unknown>
  readonly process: ChildProcess
}

const standIn = pathToFileURL(join(import.meta.dirname, 'electron-stand-in.mjs')).href
const hook = `import { registerHooks } from 'node:module'
registerHooks({ resolve: (name, context, next) =>
  name === 'electron' ? { url: '${standIn}', shortCircuit: true } : next(name, context) })`

/** `env` may hold STAND_IN_RESOURCES (packed: where the resources lie) and STAND_IN_SECOND (another one is running). */
export function startEntry(
  file: string,
  dataDir: string,
  env: Record<string, string> = {},
  words: readonly string[] = [],
): Entry {
  const child = fork(file, [...words], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(hook)}`],
    env: { ...process.env, MADOGUCHI_DATA: dataDir, ...env },
  })
  const errorBoxes: string[] = []
  const messageBoxes: string[] = []
  const waiting = new Map<number, (value: unknown) => void>()
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null))
  const ready = new Promise<boolean>((resolve) => {
    void ended.then(() => resolve(false))
    child.on('message', (raw) => {
      const message = messageSchema.parse(raw)
      if (message.event === 'ready') resolve(true)
      else if (message.event === 'errorBox') errorBoxes.push(message.value)
      else if (message.event === 'messageBox') messageBoxes.push(message.value)
      else waiting.get(message.id)?.(message.value)
    })
  })
  let lastId = 0
  return {
    ready,
    errorBoxes,
    messageBoxes,
    ended,
    process: child,
    tell(command, ...values) {
      const id = ++lastId
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        child.send({ id, command, values })
      })
    },
  }
}
