// The built product in its headless shell, started and ended for a test, and a client that talks to it as the page does.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import { callAnswerSchema } from '../src-main/contract/call-answer.ts'
import type { CallName, CallRequest } from '../src-main/contract/calls.ts'
import { type Reception, receptionSchema } from '../src-main/contract/reception.ts'
import { ok, type Result } from '../src-main/ground/result.ts'
import { testServer } from './site.ts'

const root = join(import.meta.dirname, '..')
const program = () => join(root, testServer() ? 'test/postgres/headless.ts' : 'dist/main/headless.js')

export interface Headless {
  /** The printed address with the one-time token. */
  readonly address: string
  readonly dataDir: string
  readonly process: ChildProcess
  stop(): Promise<void>
}

/** What `measure` tells of an agent. */
const measurementSchema = z.object({
  /** The longest time in which its main thread did nothing else, since the last measurement; 0 the first time. */
  longestBlockMs: z.number(),
  /** Bytes, after a garbage collection. */
  heapUsed: z.number(),
  rss: z.number(),
  /** Open files, sockets and pipes. */
  handles: z.int(),
})
export type Measurement = z.infer<typeof measurementSchema>

/** What the desk's page is told at the start. */
export const firstSchema = z.object({ value: z.object({ whole: receptionSchema }) })

const watch = ['--expose-gc', '--import', join(root, 'test/process-watch.ts')]

/**
 * Starts the built product without Electron, as `npm start` does; on a server its shell from the sources, which lets a rehearsal there.
 * `isWatched`: it can be measured.
 */
export async function startHeadless(dataDir: string, isWatched = false): Promise<Headless> {
  const agent = spawn(process.execPath, [...(isWatched ? watch : []), program(), '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe', ...(isWatched ? (['ipc'] as const) : [])],
  })
  const address = await new Promise<string>((resolve, reject) => {
    let text = ''
    agent.stdout?.on('data', (chunk) => {
      text += chunk
      const found = /http:\S+/.exec(text)
      if (found) resolve(found[0])
    })
    agent.once('exit', (code) => reject(new Error(`the agent ended with ${code}`)))
  })
  return {
    address,
    dataDir,
    process: agent,
    async stop() {
      if (agent.exitCode !== null || agent.signalCode !== null) return
      agent.kill('SIGTERM')
      await once(agent, 'exit')
    },
  }
}

/** A process that does nothing but to be measured: the floor for what is measured beside it. */
export const startIdle = (): ChildProcess =>
  spawn(process.execPath, [...watch, '--eval', ''], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })

/** Of an agent that is watched, or the idle process. */
export async function measure(watched: ChildProcess): Promise<Measurement> {
  watched.send('measure')
  for (;;) {
    const [message] = await once(watched, 'message')
    // It also tells its door where its screen is.
    const measurement = measurementSchema.safeParse(message)
    if (measurement.success) return measurement.data
  }
}

/** Opens the door with the one-time token; returns the key with which the contract is called from then on. */
export async function enter(address: string): Promise<string> {
  const { origin } = new URL(address)
  const entered = await fetch(`${origin}/enter`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: new URL(address).hash.slice(1) }),
  })
  return z.object({ key: z.string() }).parse(await entered.json()).key
}

/** Calls the contract as a page does. `known`: the key of whoever has entered already. */
export async function openClient(address: string, known?: string) {
  const { origin } = new URL(address)
  const key = known ?? (await enter(address))
  const post = async (name: string, request: object): Promise<unknown> => {
    const answer = await fetch(`${origin}/api/call/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, origin, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    return answer.json()
  }
  /** The state after the call, which a page is told by itself. */
  return async <N extends CallName>(name: N, request: CallRequest<N>): Promise<Result<Reception>> => {
    const answer = callAnswerSchema.parse(await post(name, request))
    return answer.ok ? ok(firstSchema.parse(await post('reception', {})).value.whole) : answer
  }
}
