// A lane's own thread: a share that hangs blocks this thread and nothing else, neither another lane nor the agent's few
// shared file threads, and the steps of a delivery follow each other without a way back to the agent between them.
import { parentPort } from 'node:worker_threads'
import type { Result } from '../contract/result.ts'
import { deliver } from './delivery.ts'
import type { FromThread, ToThread } from './delivery-threads.ts'
import { systemFiles } from './durable-file.ts'

const port = parentPort
if (!port) throw new Error('this file is the entry of a thread')
const say = (message: FromThread) => port.postMessage(message)

let committed = Promise.withResolvers<Result<void>>()

port.on('message', async (message: ToThread) => {
  if (message.kind === 'committed') return committed.resolve(message.result)
  const { delivery, folder, payload } = message
  const result = await deliver(delivery, folder, {
    files: systemFiles,
    payload: async () => payload,
    commitPublishing() {
      committed = Promise.withResolvers()
      say({ kind: 'commit' })
      return committed.promise
    },
  })
  say({ kind: 'done', result })
})
