// The database key without Electron. Windows knows no file that only its owner can read by its mode, and a data folder
// outside the profile is open to every user of the computer: there the key is wrapped for the user by the system. Elsewhere
// the file's mode is enough.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ok } from '../ground/result.ts'
import { settling } from '../store/key-rotation.ts'
import { createKeyFile, createWrappedKeyFile, type KeyStore, type KeyWrapping } from '../store/key-store.ts'

/** Loaded only where it is needed: it brings the door to native libraries. */
const dataProtection: KeyWrapping = {
  wrap: async (key) => (await import('../../native/data-protection.ts')).protect(key),
  async unwrap(wrapped) {
    const { unprotect } = await import('../../native/data-protection.ts')
    return { key: unprotect(wrapped), isOld: false }
  },
}

/** The key of a data folder. */
export function openHeadlessKey(
  dataDir: string,
  platform: NodeJS.Platform = process.platform,
  wrapping: KeyWrapping = dataProtection,
): KeyStore {
  const plain = join(dataDir, 'database.key')
  if (platform !== 'win32') return settling(createKeyFile(plain), dataDir)
  const wrapped = createWrappedKeyFile(join(dataDir, 'database.key.wrapped'), wrapping)
  const openOrWrapped: KeyStore = {
    ...wrapped,
    async load() {
      const known = await wrapped.load()
      if (!known.ok || known.value || !existsSync(plain)) return known
      // Laid there open, by a person with a copy of the data or by an earlier start.
      const key = await createKeyFile(plain).load()
      if (!key.ok || key.value === null) return key
      const kept = await wrapped.keep(key.value)
      if (!kept.ok) return kept
      rmSync(plain)
      return ok(key.value)
    },
  }
  return settling(openOrWrapped, dataDir)
}
