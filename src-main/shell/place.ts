// Where the programs of their own process or thread lie, which every shell gives its agent.
import { join } from 'node:path'
import type { AgentOptions } from '../agent/terms.ts'

/** `folder`: dist/main, or wherever the product was built to. */
export const entriesIn = (folder: string): AgentOptions['entries'] => ({
  readerHost: join(folder, 'reader-host.js'),
  deliveryThread: join(folder, 'delivery-thread.js'),
  folderThread: join(folder, 'folder-thread.js'),
  photoThread: join(folder, 'photo-thread.js'),
})
