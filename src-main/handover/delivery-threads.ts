// The agent's side of a lane's thread: one delivery at a time, the commits stay with the agent. A thread that dies of a
// bug fails the delivery it was at; the next one gets a new thread.
import { Worker } from 'node:worker_threads'
import type { Result } from '../contract/result.ts'
import type { DeliveryRecord } from '../store/store.ts'
import type { Deliverer } from './delivery.ts'

export type ToThread =
  | {
      readonly kind: 'deliver'
      readonly delivery: DeliveryRecord
      readonly folder: string
      readonly payload: Uint8Array | null
    }
  | { readonly kind: 'committed'; readonly result: Result<void> }

export type FromThread = { readonly kind: 'commit' } | { readonly kind: 'done'; readonly result: Result<void> }

/**
 * `entry`: absolute path of delivery-thread.ts, or of what it was built into. A delivery rejects when the thread dies.
 * `close` ends the thread also when it hangs in its share.
 */
export function createDeliveryThread(entry: string): Deliverer {
  let thread: Worker | null = null

  const start = (): Worker => {
    const started = new Worker(entry)
    // The agent's own end is not held up by a thread.
    started.unref()
    started.once('exit', () => {
      if (thread === started) thread = null
    })
    thread = started
    return started
  }

  return {
    async deliver(delivery, folder, ports) {
      const payload = await ports.payload()
      const worker = thread ?? start()
      const say = (message: ToThread) => worker.postMessage(message)
      const { promise: done, resolve, reject } = Promise.withResolvers<Result<void>>()
      const onMessage = (message: FromThread) => {
        if (message.kind === 'done') return resolve(message.result)
        ports.commitPublishing().then((result) => say({ kind: 'committed', result }), reject)
      }
      const onExit = () => reject(new Error('the delivery thread has ended'))
      worker.on('message', onMessage).once('error', reject).once('exit', onExit)
      worker.ref()
      say({ kind: 'deliver', delivery, folder, payload })
      return done.finally(() => {
        worker.off('message', onMessage).off('error', reject).off('exit', onExit)
        worker.unref()
      })
    },
    async close() {
      await thread?.terminate()
    },
  }
}
