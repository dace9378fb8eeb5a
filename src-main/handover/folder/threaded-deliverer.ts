// The agent's side of a lane's thread: one piece of work at a time, the commits stay with the agent. A thread that dies
// of a bug fails the work it was at; the next one gets a new thread.
import type { Worker } from 'node:worker_threads'
import type { Result } from '../../ground/result.ts'
import { startSmallThread } from '../../ground/small-thread.ts'
import type { DeliveryRow } from '../../store/deliveries.ts'
import type { Deliverer, DeliveryPorts, OurFile } from '../deliverer.ts'
import { type FileTarget, fileTraits, together } from './bring-files.ts'

/** What a thread is asked, and by `kind` what it answers. */
type Task =
  | {
      readonly kind: 'deliver'
      readonly deliveries: readonly DeliveryRow[]
      readonly payloads: ReadonlyMap<string, Uint8Array | null>
    }
  | { readonly kind: 'look'; readonly deliveries: readonly DeliveryRow[] }
  | { readonly kind: 'names' }
  | { readonly kind: 'removeOurs'; readonly destination: string; readonly files: readonly OurFile[] }
  | { readonly kind: 'clear'; readonly delivery: DeliveryRow }
  | { readonly kind: 'tryOut'; readonly destination: string }
type Answer<K extends Task['kind']> = Awaited<ReturnType<Deliverer[K]>>

export type ToThread = Task | { readonly kind: 'committed'; readonly results: readonly Result<void>[] }
export type FromThread<K extends Task['kind'] = Task['kind']> =
  | { readonly kind: 'commit'; readonly deliveries: readonly DeliveryRow[] }
  | { readonly kind: 'done'; readonly result: Answer<K> }

/**
 * `entry`: absolute path of delivery-thread.ts, or of what it was built into. Work rejects when the thread dies. `close`
 * ends the thread also when it hangs in its share.
 */
export function createDeliveryThread(entry: string, target: FileTarget): Deliverer {
  let thread: Worker | null = null
  /** The thread has one piece of work at a time. */
  let before: Promise<unknown> = Promise.resolve()

  const start = (): Worker => {
    const started = startSmallThread(entry, target)
    // The agent's own end is not held up by a thread.
    started.unref()
    started.once('exit', () => {
      if (thread === started) thread = null
    })
    thread = started
    return started
  }

  const run = <K extends Task['kind']>(
    task: Extract<Task, { kind: K }>,
    commitPublishing?: DeliveryPorts['commitPublishing'],
  ): Promise<Answer<K>> => {
    const worker = thread ?? start()
    const say = (message: ToThread) => worker.postMessage(message)
    const { promise: done, resolve, reject } = Promise.withResolvers<Answer<K>>()
    const onMessage = (message: FromThread<K>) => {
      if (message.kind === 'done') return resolve(message.result)
      commitPublishing?.(message.deliveries).then((results) => say({ kind: 'committed', results }), reject)
    }
    const onExit = () => reject(new Error('the delivery thread has ended'))
    worker.on('message', onMessage).once('error', reject).once('exit', onExit)
    worker.ref()
    say(task)
    return done.finally(() => {
      worker.off('message', onMessage).off('error', reject).off('exit', onExit)
      worker.unref()
    })
  }

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = before.then(work)
    before = turn.catch(() => undefined)
    return turn
  }

  return {
    ...fileTraits,
    async deliver(deliveries, { payload, commitPublishing }) {
      const rows = together(deliveries, target)
      const payloads = new Map<string, Uint8Array | null>()
      for (const { id } of rows) payloads.set(id, await payload(id))
      return inTurn(() => run<'deliver'>({ kind: 'deliver', deliveries: rows, payloads }, commitPublishing))
    },
    look: (deliveries) => inTurn(() => run<'look'>({ kind: 'look', deliveries })),
    names: () => inTurn(() => run<'names'>({ kind: 'names' })),
    removeOurs: (destination, files) => inTurn(() => run<'removeOurs'>({ kind: 'removeOurs', destination, files })),
    clear: (delivery) => inTurn(() => run<'clear'>({ kind: 'clear', delivery })),
    tryOut: (destination) => inTurn(() => run<'tryOut'>({ kind: 'tryOut', destination })),
    async close() {
      await thread?.terminate()
    },
  }
}
