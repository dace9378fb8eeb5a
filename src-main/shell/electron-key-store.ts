// The database key wrapped by the operating system for the signed-in user (DPAPI, Keychain, Secret Service), through
// Electron's asynchronous safeStorage. Where Linux offers no secret service, safeStorage would only obfuscate: then the
// plain 0600 key file is used openly instead.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { settling } from '../store/key-rotation.ts'
import { createKeyFile, createWrappedKeyFile, type KeyStore, type KeyWrapping } from '../store/key-store.ts'

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
  if (existsSync(wrapped)) return settling(createWrappedKeyFile(wrapped, wrappedBy(safeStorage)), dataDir)
  const isSecret = !existsSync(plain) && (await keepsSecrets(safeStorage, platform))
  const keys = isSecret ? createWrappedKeyFile(wrapped, wrappedBy(safeStorage)) : createKeyFile(plain)
  return settling(keys, dataDir)
}

async function keepsSecrets(safeStorage: SafeStoragePort, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
}

/** It wraps text. */
const wrappedBy = (safeStorage: SafeStoragePort): KeyWrapping => ({
  wrap: async ({ buffer, byteOffset, length }) =>
    safeStorage.encryptStringAsync(Buffer.from(buffer, byteOffset, length).toString('base64')),
  async unwrap(wrapped) {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(wrapped))
    // Node keeps small buffers in a pool that lives on.
    const pooled = Buffer.from(result, 'base64')
    const key = Uint8Array.from(pooled)
    pooled.fill(0)
    return { key, isOld: shouldReEncrypt }
  },
})
