// The clinic of the simulated Monday: the agent in its process (killed and started again at will), the receipt computer that
// takes its files, and what time it is there.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { callAnswerSchema } from '../../src-main/contract/call-answer.ts'
import type { CallName, CallRequest } from '../../src-main/contract/calls.ts'
import { type Reception, receptionSchema } from '../../src-main/contract/reception.ts'
import type { Clock } from '../../src-main/ground/clock.ts'
import type { Result } from '../../src-main/ground/result.ts'
import type { Fault } from '../../src-main/stand-ins/hub/faults.ts'
import { importedFormats, startImportingComputer } from '../handover/importing-computer.ts'
import type { Order } from './clinic-process.ts'

const toldSchema = z.union([
  z.object({ id: z.int(), answer: z.unknown() }),
  z.object({ keys: z.unknown() }),
  z.object({ port: z.int() }),
])

/** How long a decision can be taken back, in the time of this computer: as long as anybody's hand takes here. */
const takeBackMs = 6_000

/** The morning it begins. */
const opensAt = Date.parse('2026-11-23T08:50:00+09:00')
export const monday = '2026-11-23'

export type Clinic = Awaited<ReturnType<typeof openClinic>>

/** `dataDir` has the training certificates. */
export async function openClinic(dataDir: string) {
  const imports = join(dataDir, 'import')
  for (const format of importedFormats) mkdirSync(join(imports, format), { recursive: true })
  const destinations = (['csv', 'json'] as const).map((format) => ({
    id: format,
    format,
    folder: join(imports, format),
  }))
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ mode: 'training', destinations }))
  const receiptComputer = startImportingComputer(imports, join(dataDir, 'taken.jsonl'))

  let agent: ChildProcess
  let port = 0
  let keys: unknown = []
  let passedMs = 0
  const began = performance.now()
  const clock: Clock = { now: () => new Date(opensAt + passedMs + performance.now() - began) }
  let count = 0
  const waiting = new Map<number, (answer: unknown) => void>()

  const start = async (): Promise<void> => {
    const given = [dataDir, String(clock.now().getTime()), String(port), String(takeBackMs), JSON.stringify(keys)]
    agent = fork(join(import.meta.dirname, 'clinic-process.ts'), given, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    await new Promise<void>((resolve, reject) => {
      agent.on('message', (message) => {
        const told = toldSchema.parse(message)
        if ('id' in told) {
          waiting.get(told.id)?.(told.answer)
          waiting.delete(told.id)
        } else if ('port' in told) {
          port = told.port
          resolve()
        } else keys = told.keys
      })
      agent.once('exit', (code, signal) => reject(new Error(`the agent ended with ${code ?? signal}`)))
    })
  }
  const ask = (order: Order): Promise<unknown> =>
    new Promise((resolve) => {
      count++
      waiting.set(count, resolve)
      agent.send({ id: count, order })
    })
  const call = async <N extends CallName>(name: N, request: CallRequest<N>): Promise<Result<void>> =>
    callAnswerSchema.parse(await ask({ do: 'call', name, request }))

  await start()
  return {
    dataDir,
    /** What time it is there. */
    clock,
    call,
    look: async (): Promise<Reception> => receptionSchema.parse(await ask({ do: 'look' })),
    lay: (persona: string) => call('insertTrainingCard', { persona }),
    takeAway: () => call('removeTrainingCard', {}),
    hubIs: (fault: Fault | null) => ask({ do: 'fault', fault }),
    invite: async () => z.string().parse(await ask({ do: 'invite' })),
    /** Simulated milliseconds. */
    async pass(ms: number): Promise<void> {
      passedMs += ms
      await ask({ do: 'pass', ms })
    },
    passedMs: () => passedMs,
    async killAndStart(): Promise<void> {
      agent.kill('SIGKILL')
      await once(agent, 'exit')
      waiting.clear()
      await start()
    },
    /** However it went: nothing stays behind. */
    async end(): Promise<void> {
      if (agent.exitCode !== null || agent.signalCode !== null) return
      agent.kill('SIGKILL')
      await once(agent, 'exit')
      await receiptComputer.finish()
    },
    /** Ends in order; what the receipt computer has taken, all in all. */
    async close() {
      await ask({ do: 'stop' })
      if (agent.exitCode === null && agent.signalCode === null) await once(agent, 'exit')
      return receiptComputer.finish()
    },
  }
}
