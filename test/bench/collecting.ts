// A garbage collection in this process and in all of its threads, and what JavaScript holds after it. Threads are reached as a debugger
// reaches them: nobody else can ask one for a collection.
import { Session } from 'node:inspector/promises'
import type { Worker } from 'node:worker_threads'
import { z } from 'zod'

const attached = z.object({ params: z.object({ sessionId: z.string() }) })

/** Before any thread is started. */
export async function openCollector() {
  const threads = new Set<Worker>()
  process.on('worker', (thread: Worker) => {
    threads.add(thread)
    thread.once('exit', () => threads.delete(thread))
  })
  const session = new Session()
  session.connect()
  /** Those that can be reached, each with who waits for it: one that ends answers nobody. */
  const reached = new Map<string, () => void>()
  const idIn = (message: unknown) => attached.parse(message).params.sessionId
  session.on('NodeWorker.attachedToWorker', (message) => reached.set(idIn(message), () => undefined))
  session.on('NodeWorker.receivedMessageFromWorker', (message) => reached.get(idIn(message))?.())
  session.on('NodeWorker.detachedFromWorker', (message) => {
    reached.get(idIn(message))?.()
    reached.delete(idIn(message))
  })
  await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
  return {
    async collect(): Promise<void> {
      const message = JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' })
      for (const sessionId of [...reached.keys()]) {
        const { promise: answered, resolve } = Promise.withResolvers<void>()
        reached.set(sessionId, resolve)
        await session.post('NodeWorker.sendMessageToWorker', { sessionId, message })
        await answered
      }
      await session.post('HeapProfiler.collectGarbage')
    },
    /** Bytes, in the heaps of all threads and outside of them. */
    async held(): Promise<number> {
      const { heapUsed, external } = process.memoryUsage()
      const others = await Promise.all([...threads].map((thread) => thread.getHeapStatistics()))
      return others.reduce((sum, each) => sum + each.used_heap_size + each.external_memory, heapUsed + external)
    },
  }
}
