// The database key wrapped by the operating system for the signed-in user (DPAPI, Keychain, Secret Service), through
// Electron's asynchronous safeStorage. Where Linux offers no secret service, safeStorage would only obfuscate: then the
// plain 0600 key file is used openly instead.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { fail, ok, type Result } from '../ground/result.ts'
import { createKeyFile, type KeyStore, readKeyFile, writeKeyFile, writeNewKeyFile } from '../store/key-store.ts'

export type SafeStoragePort = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/**
 * Where the key of a data folder is kept. A key that exists decides, so that a secret service which comes or goes later
 * never hides it: `database.key` is plain, `database.key.wrapped` is wrapped. Only after the app is ready.
 */
export async function openDesktopKey(
  dataDir: string,
  safeStorage: SafeStoragePort,
  platform: NodeJS.Platform,
): Promise<KeyStore> {
  const plain = join(dataDir, 'database.key')
  const wrapped = join(dataDir, 'database.key.wrapped')
  if (existsSync(wrapped)) return createSafeStorageKey(wrapped, safeStorage)
  const isSecret = !existsSync(plain) && (await keepsSecrets(safeStorage, platform))
  return isSecret ? createSafeStorageKey(wrapped, safeStorage) : createKeyFile(plain)
}

async function keepsSecrets(safeStorage: SafeStoragePort, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
}

/** `file` holds the wrapped key. Errors: STORE_KEY_WRONG (wrapped for another user or computer), STORE_UNWRITABLE. */
function createSafeStorageKey(file: string, safeStorage: SafeStoragePort): KeyStore {
  const keep = async (key: Uint8Array, write: typeof writeKeyFile): Promise<Result<Uint8Array>> => {
    try {
      const wrapped = await safeStorage.encryptStringAsync(Buffer.from(key).toString('base64'))
      const written = write(file, wrapped)
      return written.ok ? ok(key) : written
    } catch {
      // The system's message is left out: nothing about a key belongs in an error text.
      return fail('STORE_UNWRITABLE')
    }
  }
  return {
    async load() {
      const wrapped = await readKeyFile(file)
      if (!wrapped.ok || wrapped.value === null) return wrapped
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(wrapped.value))
        const key = new Uint8Array(Buffer.from(result, 'base64'))
        if (key.length !== 32) return fail('STORE_KEY_WRONG')
        // The system has a newer key of its own. Failing to use it is no reason not to work: the old one still opens.
        if (shouldReEncrypt) await keep(key, writeKeyFile)
        return ok(key)
      } catch {
        return fail('STORE_KEY_WRONG')
      }
    },
    create: () => keep(new Uint8Array(randomBytes(32)), writeNewKeyFile),
  }
}
