// The database key without Electron: on Windows wrapped for the user, elsewhere a file of its owner.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { createKeyFile, type KeyWrapping } from '../../src-main/store/key-store.ts'
import { must, temporaryFolder } from '../support.ts'
import { onWindows } from '../system.ts'

/** Wraps for one user: what another one wrapped is refused. */
const wrappingOf = (user: number): KeyWrapping => ({
  wrap: async (key) => Uint8Array.from([user, ...key.map((byte) => byte ^ 0x5a)]),
  async unwrap(wrapped) {
    if (wrapped[0] !== user) throw new Error('another user')
    return { key: wrapped.slice(1).map((byte) => byte ^ 0x5a), isOld: false }
  },
})

const stores = [
  ['a stand-in for the system', (folder: string) => openHeadlessKey(folder, 'win32', wrappingOf(1))],
  ...(onWindows ? [["Windows' own data protection", (folder: string) => openHeadlessKey(folder)] as const] : []),
] as const

describe.each(stores)('on Windows, by %s', (_, open) => {
  test('the key lies nowhere as it is, comes back, and is never replaced', async () => {
    const folder = temporaryFolder()
    expect(must(await open(folder).load())).toBeNull()
    const key = must(await open(folder).create())
    expect(key).toHaveLength(32)
    expect(readdirSync(folder)).toEqual(['database.key.wrapped'])
    expect(readFileSync(join(folder, 'database.key.wrapped')).includes(Buffer.from(key))).toBe(false)
    expect(must(await open(folder).load())).toEqual(key)
    expect(must(await open(folder).create())).toEqual(key)
  })

  test('a key that lay there open is wrapped at the next start', async () => {
    const folder = temporaryFolder()
    const key = must(await createKeyFile(join(folder, 'database.key')).create())
    expect(must(await open(folder).load())).toEqual(key)
    expect(readdirSync(folder)).toEqual(['database.key.wrapped'])
    expect(must(await open(folder).load())).toEqual(key)
  })

  test('what was changed or cut is STORE_KEY_WRONG and stays as it is', async () => {
    const folder = temporaryFolder()
    must(await open(folder).create())
    const file = join(folder, 'database.key.wrapped')
    const damaged = readFileSync(file).subarray(0, -1)
    writeFileSync(file, damaged)
    expect(await open(folder).load()).toEqual(fail('STORE_KEY_WRONG'))
    expect((await open(folder).create()).ok).toBe(false)
    expect(readFileSync(file)).toEqual(damaged)
  })
})

test('a key that was wrapped for another user opens nothing', async () => {
  const folder = temporaryFolder()
  must(await openHeadlessKey(folder, 'win32', wrappingOf(1)).create())
  expect(await openHeadlessKey(folder, 'win32', wrappingOf(2)).load()).toEqual(fail('STORE_KEY_WRONG'))
})

test('elsewhere the key is a file', async () => {
  const folder = temporaryFolder()
  const key = must(await openHeadlessKey(folder, 'linux').create())
  expect(must(await createKeyFile(join(folder, 'database.key')).load())).toEqual(key)
})
