// A lane's own thread: a share that hangs blocks this thread and nothing else, neither another lane nor the agent's few
// shared file threads, and the steps of a delivery follow each other without a way back to the agent between them.
import { parentPort, workerData } from 'node:worker_threads'
import type { Result } from '../../ground/result.ts'
import type { FileTarget } from './bring-files.ts'
import { systemFiles } from './durable-file.ts'
import { createFolderDeliverer } from './folder-deliverer.ts'
import type { FromThread, ToThread } from './threaded-deliverer.ts'

const port = parentPort
if (!port) throw new Error('this file is the entry of a thread')
const say = (message: FromThread) => port.postMessage(message)

const target: FileTarget = workerData
const deliverer = createFolderDeliverer(target, systemFiles)
let committed = Promise.withResolvers<readonly Result<void>[]>()

port.on('message', async (message: ToThread) => {
  switch (message.kind) {
    case 'committed':
      return committed.resolve(message.results)
    case 'deliver': {
      const result = await deliverer.deliver(message.deliveries, {
        payload: async (id) => message.payloads.get(id) ?? null,
        commitPublishing(deliveries) {
          committed = Promise.withResolvers()
          say({ kind: 'commit', deliveries })
          return committed.promise
        },
      })
      return say({ kind: 'done', result })
    }
    case 'look':
      return say({ kind: 'done', result: await deliverer.look(message.deliveries) })
    case 'names':
      return say({ kind: 'done', result: await deliverer.names() })
    case 'removeOurs':
      return say({ kind: 'done', result: await deliverer.removeOurs(message.destination, message.files) })
    case 'tryOut':
      return say({ kind: 'done', result: await deliverer.tryOut(message.destination) })
    case 'clear':
      return say({ kind: 'done', result: await deliverer.clear(message.delivery) })
  }
})
