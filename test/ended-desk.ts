// What a desk has recorded, once it has ended, in whichever store it had (test/site.ts).
import { join } from 'node:path'
import { databaseOf, openData } from '../src-main/store/data-folder.ts'
import type { KeyStore } from '../src-main/store/key-store.ts'
import { openStore } from '../src-main/store/sqlite/store.ts'
import type { Store } from '../src-main/store/store.ts'
import { siteOf } from './site.ts'
import { must, root } from './support.ts'

export async function storeAfter(dataDir: string, keyStore: KeyStore): Promise<Store> {
  const migrationsDir = join(root, 'migrations')
  const { site } = siteOf(dataDir)
  if (site) return must(await openData({ dataDir, keyStore, migrationsDir, site })).store
  // Not as an agent does: the desktop program's folder may be another user's.
  const key = must(await keyStore.load())
  if (!key) throw new Error('the key is gone')
  return must(openStore({ file: databaseOf(dataDir), key, migrationsDir }))
}
