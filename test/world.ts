// The commands of clinic IT in a test: those of a checkout, in a data folder of its own.
import { join } from 'node:path'
import { ok } from '../src-main/ground/result.ts'
import { ownFileOnly, type SettingSources } from '../src-main/settings/layers.ts'
import type { World } from '../src-main/shell/commands/command.ts'
import { openHeadlessKey } from '../src-main/shell/headless-key-store.ts'
import { siteOf } from './site.ts'
import { root } from './support.ts'

export const worldOf = (dataDir: string, sources: SettingSources = ownFileOnly): World => ({
  typed: 'madoguchi',
  hasOtherFolders: true,
  sources,
  place: async () =>
    ok({
      ...{ dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir: join(root, 'migrations'), lockWaitMs: 0 },
      ...siteOf(dataDir),
    }),
  program: { entries: { readerHost: '', deliveryThread: '', folderThread: '', photoThread: '' }, version: 'test' },
})
