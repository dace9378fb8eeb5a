// The agent's threads and its reader host: what a test starts an agent with. What nearly every test starts is bundled.
import { join } from 'node:path'
import type { AgentOptions } from '../../src-main/agent/terms.ts'
import { builtThreads } from './built-threads.ts'

const root = join(import.meta.dirname, '../..')

export const entries: AgentOptions['entries'] = {
  readerHost: join(root, 'native/reader-host.ts'),
  deliveryThread: builtThreads.delivery,
  folderThread: builtThreads.folder,
  photoThread: join(root, 'src-main/card/photo-thread.ts'),
}
