// The agent's threads and its reader host as they stand in the sources: what a test starts an agent with.
import { join } from 'node:path'
import type { AgentOptions } from '../../src-main/agent/terms.ts'

const root = join(import.meta.dirname, '../..')

export const entries: AgentOptions['entries'] = {
  readerHost: join(root, 'native/reader-host.ts'),
  deliveryThread: join(root, 'src-main/handover/folder/delivery-thread.ts'),
  folderThread: join(root, 'src-main/hub/terminal/folder-thread.ts'),
  photoThread: join(root, 'src-main/card/photo-thread.ts'),
}
