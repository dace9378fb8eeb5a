// What an agent finds in its data folder at the start, and what somebody else may be doing there at that moment.
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fail, ok } from '../../src-main/ground/result.ts'
import { onDisk, openData } from '../../src-main/store/data-folder.ts'
import { noteHolder } from '../../src-main/store/holder.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { fault } from '../faults.ts'
import { confirmedVisit, day, migrationsDir } from '../store/samples.ts'
import { must, temporaryFolder } from '../support.ts'

const keyOf = (dataDir: string) => join(dataDir, 'database.key')
const databaseOf = (dataDir: string) => join(dataDir, 'madoguchi.db')

const open = (dataDir: string, lockWaitMs = 0) =>
  openData({ dataDir, keyStore: createKeyFile(keyOf(dataDir)), migrationsDir, lockWaitMs })

async function opened(dataDir: string, lockWaitMs?: number) {
  const data = must(await open(dataDir, lockWaitMs))
  onTestFinished(() => data.store.close())
  return data
}

/** A data folder with one visit. */
async function folderWithVisit(): Promise<string> {
  const dataDir = temporaryFolder()
  const { store } = must(await open(dataDir))
  await confirmedVisit(store, [])
  store.close()
  return dataDir
}

describe('the key that a data folder is opened with', () => {
  const held = async (dataDir: string) => {
    const given: Uint8Array[] = []
    const file = createKeyFile(keyOf(dataDir))
    const noting = (result: Awaited<ReturnType<typeof file.load>>) => {
      if (result.ok && result.value) given.push(result.value)
      return result
    }
    const keyStore = {
      load: async () => noting(await file.load()),
      create: async () => {
        const made = await file.create()
        noting(made)
        return made
      },
    }
    const data = await openData({ dataDir, keyStore, migrationsDir, lockWaitMs: 0 })
    return { data, isWiped: given.length === 1 && given.every((key) => key.every((byte) => byte === 0)) }
  }

  test('is wiped once it is open, and the store goes on to encrypt its copies', async () => {
    const dataDir = temporaryFolder()
    const first = await held(dataDir)
    expect(first.isWiped).toBe(true)
    must(first.data).store.close()
    const { data, isWiped } = await held(dataDir)
    expect(isWiped).toBe(true)
    const { store } = must(data)
    expect(await store.copyTo?.(join(dataDir, 'copy.db'))).toEqual(ok(undefined))
    store.close()
  })

  test('is wiped where it does not open', async () => {
    const dataDir = await folderWithVisit()
    writeFileSync(keyOf(dataDir), Buffer.alloc(32, 7))
    const { data, isWiped } = await held(dataDir)
    expect([data.ok, isWiped]).toEqual([false, true])
  })
})

describe('a key without its database', () => {
  fault('database', 'The database is gone or empty, and its key is there', {
    seen: 'STORE_DAMAGED',
    data: 'It is not taken for a first start: no new key, no new numbers.',
    recovery: 'Clinic IT puts the newest copy back, or goes on with nothing knowingly.',
  })
  test.each(['missing', 'empty'])('(%s) is a database that was lost, and no first start', async (how) => {
    const dataDir = await folderWithVisit()
    const key = readFileSync(keyOf(dataDir))
    rmSync(databaseOf(dataDir))
    if (how === 'empty') writeFileSync(databaseOf(dataDir), '')
    expect(await open(dataDir)).toEqual(fail('STORE_DAMAGED'))
    expect(readFileSync(keyOf(dataDir))).toEqual(key)
  })

  fault('sleep', 'The power goes in the middle of the very first start', {
    seen: 'nothing',
    class: 'transient',
    data: 'There are none yet; nothing half made is kept.',
    recovery: 'The next start begins where that one was cut off.',
  })
  test('heals where the very first start was cut short, at whatever moment', async () => {
    for (const cutAfter of ['mark', 'key', 'empty database', 'database']) {
      const dataDir = temporaryFolder()
      writeFileSync(join(dataDir, 'first-start'), '')
      if (cutAfter !== 'mark') must(await createKeyFile(keyOf(dataDir)).create())
      if (cutAfter === 'empty database') writeFileSync(databaseOf(dataDir), '')
      if (cutAfter === 'database') openDatabase(databaseOf(dataDir), readFileSync(keyOf(dataDir))).close()
      const { store, firstStart } = must(await open(dataDir))
      expect({ cutAfter, firstStart }).toEqual({ cutAfter, firstStart: cutAfter !== 'database' })
      await confirmedVisit(store, [])
      store.close()
      // The mark has gone: from here on a database that is lost is lost.
      rmSync(databaseOf(dataDir))
      expect(await open(dataDir)).toEqual(fail('STORE_DAMAGED'))
    }
  })
})

fault('sleep', 'The power goes while a file of ours is written', {
  seen: 'nothing',
  class: 'transient',
  data: 'The old file is there, whole; no second name of the key is left.',
  recovery: 'What was left half written goes with the next start.',
})
test('what a writer that was killed has left goes with the next start, a second name of the key first of all', async () => {
  const dataDir = await folderWithVisit()
  linkSync(keyOf(dataDir), `${keyOf(dataDir)}.4711.tmp`)
  writeFileSync(join(dataDir, 'settings.json.tmp'), '{}')
  await opened(dataDir)
  expect(readdirSync(dataDir).filter((name) => name.endsWith('.tmp'))).toEqual([])
  expect(statSync(keyOf(dataDir)).nlink).toBe(1)
})

describe('a database that somebody else holds', () => {
  /** As a backup or a scanner does it. */
  async function held() {
    const dataDir = await folderWithVisit()
    const other = openDatabase(databaseOf(dataDir), readFileSync(keyOf(dataDir)))
    onTestFinished(() => void other.close())
    return { dataDir, other }
  }

  test('for a moment is waited for', async () => {
    const { dataDir, other } = await held()
    const opening = opened(dataDir, 60_000)
    await new Promise((resolve) => setTimeout(resolve, 250))
    other.close()
    expect((await (await opening).store.visitsOfDay(day)).length).toBe(1)
  })

  fault('database', 'Another program holds the database (backup, scanner)', {
    seen: 'AGENT_ALREADY_RUNNING',
    data: 'Nothing is changed by either.',
    recovery: 'A moment is waited for; after that the desk is started again once the other one has ended.',
  })
  test('for good is another agent', async () => {
    const { dataDir } = await held()
    expect(await open(dataDir, 300)).toEqual(fail('AGENT_ALREADY_RUNNING'))
  })

  fault('sessions', 'The desk is open already in another user’s session', {
    seen: 'AGENT_ALREADY_RUNNING',
    detail: { field: '受付2' },
    data: 'The first one goes on with the data.',
    recovery: 'Its screen is used, or that user ends it; who it is stands in the message.',
  })
  test.each([
    [{ user: '受付2', computer: hostname() }, '受付2'],
    [{ user: '受付2', computer: 'RECEPTION-2' }, 'RECEPTION-2 の 受付2'],
  ])('by an agent in a session of somebody else is told with whom: %j', async (holder, told) => {
    const { dataDir } = await held()
    noteHolder(dataDir, holder)
    const refused = fail('AGENT_ALREADY_RUNNING', { field: told })
    expect(await open(dataDir)).toEqual(refused)
    // The key is wrapped for that user: what cannot be read is not what stands in the way.
    const keyStore = { ...createKeyFile(keyOf(dataDir)), load: async () => fail('STORE_KEY_WRONG') }
    expect(await openData({ dataDir, keyStore, migrationsDir, lockWaitMs: 0 })).toEqual(refused)
  })

  test('by nobody, a key that does not open is a wrong key', async () => {
    const { dataDir, other } = await held()
    noteHolder(dataDir, { user: '受付2', computer: hostname() })
    other.close()
    const keyStore = { ...createKeyFile(keyOf(dataDir)), load: async () => fail('STORE_KEY_WRONG') }
    expect(await openData({ dataDir, keyStore, migrationsDir, lockWaitMs: 0 })).toEqual(fail('STORE_KEY_WRONG'))
  })
})

describe('what the system refuses', () => {
  test('of a file is a place that cannot be written, or a full disk', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(await onDisk(async () => mkdirSync(join(folder, 'file', 'folder')))).toEqual(fail('STORE_UNWRITABLE'))
    const full = Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' })
    expect(await onDisk(() => Promise.reject(full))).toEqual(fail('STORE_FULL'))
    expect(await onDisk(async () => 1)).toEqual(ok(1))
  })

  fault('agent', 'The computer does not let the program listen on its own address', {
    seen: 'LOOPBACK_UNAVAILABLE',
    data: 'Nothing is begun.',
    recovery: 'Clinic IT mends the network of the computer; the desk is started again.',
  })
  test('of a port is not taken for one of a file', async () => {
    // An address that is kept for documents: this computer does not have it.
    const listen = () =>
      new Promise<void>((resolve, reject) => {
        createServer().once('error', reject).listen(0, '192.0.2.1', resolve)
      })
    expect(await onDisk(listen)).toEqual(fail('LOOPBACK_UNAVAILABLE'))
  })
})
