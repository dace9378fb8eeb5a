import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createKeyFile, createWrappedKeyFile } from '../../src-main/store/key-store.ts'
import { must, temporaryFolder } from '../support.ts'
import { onPosix } from '../system.ts'

test('no key is null; a made one is 32 bytes, comes back, and only its owner can read it', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'store.key')
  const keys = createKeyFile(file)
  expect(must(await keys.load())).toBeNull()
  const key = must(await keys.create())
  expect(key).toHaveLength(32)
  expect(must(await createKeyFile(file).load())).toEqual(key)
  if (onPosix) expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['store.key'])
})

test('making a key never replaces one that another agent has just made', async () => {
  const folder = temporaryFolder()
  const keys = createKeyFile(join(folder, 'store.key'))
  const first = must(await keys.create())
  expect(must(await keys.create())).toEqual(first)
  expect(must(await keys.load())).toEqual(first)
  expect(readdirSync(folder)).toEqual(['store.key'])
})

test('every key is another one', async () => {
  const folder = temporaryFolder()
  const first = must(await createKeyFile(join(folder, 'a')).create())
  expect(must(await createKeyFile(join(folder, 'b')).create())).not.toEqual(first)
})

test('a cut-off or unreadable key file is STORE_KEY_WRONG and is left as it is', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'store.key')
  writeFileSync(file, Buffer.alloc(31, 7))
  const wrong = { ok: false, error: { code: 'STORE_KEY_WRONG' } }
  expect(await createKeyFile(file).load()).toEqual(wrong)
  expect((await createKeyFile(file).create()).ok).toBe(false)
  expect(readFileSync(file)).toEqual(Buffer.alloc(31, 7))
  mkdirSync(join(folder, 'a folder'))
  expect(await createKeyFile(join(folder, 'a folder')).load()).toEqual(wrong)
})

test('a folder that is missing is STORE_UNWRITABLE', async () => {
  const keys = createKeyFile(join(temporaryFolder(), 'missing', 'store.key'))
  expect(await keys.create()).toEqual({ ok: false, error: { code: 'STORE_UNWRITABLE' } })
})

test('a key that the system would wrap anew is wrapped anew, whole, and for its owner alone', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'store.key')
  let version = 1
  const keys = createWrappedKeyFile(file, {
    wrap: async (key) => Uint8Array.from([version, ...key]),
    unwrap: async ([made, ...key]) => ({ key: Uint8Array.from(key), isOld: made !== version }),
  })
  const key = must(await keys.create())
  if (onPosix) chmodSync(file, 0o644)
  version = 2
  expect(must(await keys.load())).toEqual(key)
  expect(readFileSync(file)).toEqual(Buffer.from([2, ...key]))
  if (onPosix) expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['store.key'])
})
