import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDesktopKey, type SafeStoragePort } from '../../src-main/shell/electron-key-store.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { fault } from '../faults.ts'
import { must, temporaryFolder } from '../support.ts'
import { onPosix } from '../system.ts'

/** What the system does for one signed-in user: it really encrypts, and refuses what another user's secret has made. */
function systemOf(secret = randomBytes(32)): SafeStoragePort & { isAvailable: boolean; hasNewerKey: boolean } {
  return {
    isAvailable: true,
    hasNewerKey: false,
    async isAsyncEncryptionAvailable() {
      return this.isAvailable
    },
    async encryptStringAsync(text) {
      if (!this.isAvailable) throw new Error(`cannot encrypt ${text}`)
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', secret, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    async decryptStringAsync(wrapped) {
      const cipher = createDecipheriv('aes-256-gcm', secret, wrapped.subarray(0, 12))
      cipher.setAuthTag(wrapped.subarray(12, 28))
      const result = Buffer.concat([cipher.update(wrapped.subarray(28)), cipher.final()]).toString('utf8')
      return { result, shouldReEncrypt: this.hasNewerKey }
    },
    getSelectedStorageBackend: () => 'gnome_libsecret',
  }
}

const open = (folder: string, system: SafeStoragePort, platform: NodeJS.Platform = 'win32') =>
  openDesktopKey(folder, system, platform)

const wrong = { ok: false, error: { code: 'STORE_KEY_WRONG' } }

test('a new key is wrapped by the system, comes back, and no form of it lies in the file', async () => {
  const folder = temporaryFolder()
  const system = systemOf()
  const keys = await open(folder, system)
  expect(must(await keys.load())).toBeNull()
  const key = must(await keys.create())
  expect(key).toHaveLength(32)
  expect(must(await (await open(folder, system)).load())).toEqual(key)

  expect(readdirSync(folder)).toEqual(['database.key.wrapped'])
  const file = join(folder, 'database.key.wrapped')
  if (onPosix) expect(statSync(file).mode & 0o777).toBe(0o600)
  const written = readFileSync(file)
  for (const form of ['latin1', 'hex', 'base64'] as const) {
    expect(written.includes(Buffer.from(Buffer.from(key).toString(form), 'latin1'))).toBe(false)
  }
})

fault('sessions', 'The data folder is opened by another user, or on another computer', {
  seen: 'STORE_KEY_WRONG',
  data: 'The wrapped key stays as it is, and opens nothing.',
  recovery: 'The user it was wrapped for starts the desk, or the recovery sheet is used.',
})
test('another user, or another computer, gets STORE_KEY_WRONG and the file stays as it is', async () => {
  const folder = temporaryFolder()
  must(await (await open(folder, systemOf())).create())
  const file = join(folder, 'database.key.wrapped')
  const before = readFileSync(file)
  expect(await (await open(folder, systemOf())).load()).toEqual(wrong)
  expect(readFileSync(file)).toEqual(before)
})

test('a torn file and one that wraps something else are STORE_KEY_WRONG', async () => {
  const folder = temporaryFolder()
  const system = systemOf()
  const file = join(folder, 'database.key.wrapped')
  writeFileSync(file, 'torn')
  expect(await (await open(folder, system)).load()).toEqual(wrong)
  writeFileSync(file, await system.encryptStringAsync('not a key'))
  expect(await (await open(folder, system)).load()).toEqual(wrong)
})

test('when the system has a newer secret the same key is wrapped anew', async () => {
  const folder = temporaryFolder()
  const system = systemOf()
  const key = must(await (await open(folder, system)).create())
  const file = join(folder, 'database.key.wrapped')
  const before = readFileSync(file)
  system.hasNewerKey = true
  expect(must(await (await open(folder, system)).load())).toEqual(key)
  expect(readFileSync(file)).not.toEqual(before)
  system.hasNewerKey = false
  expect(must(await (await open(folder, system)).load())).toEqual(key)
})

test('a key that could not be wrapped anew still opens the database', async () => {
  const folder = temporaryFolder()
  const system = systemOf()
  const key = must(await (await open(folder, system)).create())
  system.hasNewerKey = true
  system.isAvailable = false
  expect(must(await (await open(folder, system)).load())).toEqual(key)
  expect(readdirSync(folder)).toEqual(['database.key.wrapped'])
})

test('a system that fails to wrap is STORE_UNWRITABLE, without its message, and leaves nothing behind', async () => {
  const folder = temporaryFolder()
  const system = systemOf()
  const keys = await open(folder, system)
  system.isAvailable = false
  expect(await keys.create()).toEqual({ ok: false, error: { code: 'STORE_UNWRITABLE' } })
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['the system cannot keep secrets', 'win32', false, 'gnome_libsecret'],
  ['Linux would only obfuscate', 'linux', true, 'basic_text'],
  ['Linux does not know its secret service', 'linux', true, 'unknown'],
] as const)('where %s, the plain key file is used openly', async (_what, platform, isAvailable, backend) => {
  const folder = temporaryFolder()
  const system = { ...systemOf(), isAvailable, getSelectedStorageBackend: () => backend }
  const key = must(await (await open(folder, system, platform)).create())
  expect(readdirSync(folder)).toEqual(['database.key'])
  expect(must(await createKeyFile(join(folder, 'database.key')).load())).toEqual(key)
})

test('a plain key goes on opening its database when a secret service appears later', async () => {
  const folder = temporaryFolder()
  const key = must(await createKeyFile(join(folder, 'database.key')).create())
  expect(must(await (await open(folder, systemOf(), 'linux')).load())).toEqual(key)
})

fault('database', 'The system’s keyring is gone', {
  seen: 'STORE_KEY_WRONG',
  data: 'No second key is made; the data stay.',
  recovery: 'The keyring is started, and the desk again.',
})
test('a wrapped key is still asked for when the secret service has gone: never a second key, never "missing"', async () => {
  const folder = temporaryFolder()
  const system = systemOf()
  must(await (await open(folder, system, 'linux')).create())
  const gone = { ...systemOf(), isAvailable: false }
  expect(await (await open(folder, gone, 'linux')).load()).toEqual(wrong)
})

test('a key file that cannot be read is STORE_KEY_WRONG', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'database.key.wrapped'))
  expect(await (await open(folder, systemOf())).load()).toEqual(wrong)
})
