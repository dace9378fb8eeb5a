// The database key wrapped by the operating system for the signed-in user (DPAPI, Keychain, Secret Service), through
// Electron's asynchronous safeStorage. Where Linux offers no secret service, safeStorage would only obfuscate: that is
// refused, and the plain 0600 key file is used openly instead (see electron.ts).
import { randomBytes } from 'node:crypto'
import type { SafeStorage } from 'electron'
import { fail, ok, type Result } from '../contract/result.ts'
import type { KeyStore } from '../store/key-store.ts'
import { readKeyFile, writeKeyFile } from '../store/key-store.ts'

export type SafeStoragePort = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>

/** `file` holds the wrapped key. Errors: STORE_KEY_WRONG (wrapped for another user or computer), STORE_UNWRITABLE. */
export function createSafeStorageKey(file: string, safeStorage: SafeStoragePort): KeyStore {
  const wrap = async (key: Uint8Array): Promise<Result<Uint8Array>> => {
    const wrapped = await safeStorage.encryptStringAsync(Buffer.from(key).toString('base64'))
    const written = await writeKeyFile(file, wrapped)
    return written.ok ? ok(key) : written
  }
  return {
    async load() {
      const wrapped = await readKeyFile(file)
      if (!wrapped.ok || wrapped.value === null) return wrapped
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(wrapped.value))
        const key = new Uint8Array(Buffer.from(result, 'base64'))
        if (key.length !== 32) return fail('STORE_KEY_WRONG')
        return shouldReEncrypt ? await wrap(key) : ok(key)
      } catch {
        // The system's message is left out: nothing about a key belongs in an error text.
        return fail('STORE_KEY_WRONG')
      }
    },
    create: () => wrap(new Uint8Array(randomBytes(32))),
  }
}
