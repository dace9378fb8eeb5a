// A data folder that others can write to: what they put into it must not lead the program's own files elsewhere.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { openFileLog } from '../../src-main/settings/file-log.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { backupData } from '../../src-main/store/backup.ts'
import { testClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { must, root, temporaryFolder } from '../support.ts'
import { onPosix } from '../system.ts'
import { dataFolder, openDesk, tryAgent } from './fixture.ts'

/** Somebody else on a Linux system (nobody). */
const stranger = 65_534
const isRoot = process.getuid?.() === 0

describe.skipIf(!onPosix)('a data folder', () => {
  test('of our own that is open to everybody is closed at the start', async () => {
    const dataDir = await dataFolder()
    chmodSync(dataDir, 0o777)
    const desk = await openDesk(dataDir)
    expect((statSync(dataDir).mode & 0o777).toString(8)).toBe('700')
    expect((await desk.checkIn('nanbyo')).state).toBe('handedOver')
  })

  test('that an administrator lets others look into stays so', async () => {
    const dataDir = await dataFolder()
    chmodSync(dataDir, 0o755)
    await openDesk(dataDir)
    expect((statSync(dataDir).mode & 0o777).toString(8)).toBe('755')
  })

  fault('sessions', 'The data folder belongs to another user', {
    seen: 'DATA_FOLDER_FOREIGN',
    data: 'Nothing in it is read or written.',
    recovery: 'Clinic IT corrects the owner, or names another folder.',
  })
  test.skipIf(!isRoot)('of another user is not used, and stays as it was', async () => {
    const dataDir = await dataFolder()
    const before = readdirSync(dataDir)
    lchownSync(dataDir, stranger, stranger)
    expect(await tryAgent(dataDir)).toEqual(fail('DATA_FOLDER_FOREIGN', { field: '.' }))
    expect(readdirSync(dataDir)).toEqual(before)
  })

  fault('sessions', 'The path of the data folder is longer than SQLite takes', {
    seen: 'DATA_FOLDER_TOO_LONG',
    data: 'Nothing is made there.',
    recovery: 'Clinic IT names a folder with a shorter path.',
  })
  test('with a path that is too long is refused before anything is made, and the longest one keeps its copies', async () => {
    const base = join(temporaryFolder(), 'n'.repeat(200))
    const tooLong = join(base, 'x'.repeat(417 - base.length - 1))
    expect(await tryAgent(tooLong)).toEqual(fail('DATA_FOLDER_TOO_LONG'))
    expect(existsSync(base)).toBe(false)

    const longest = tooLong.slice(0, -1)
    mkdirSync(base)
    renameSync(await dataFolder(), longest)
    const desk = await openDesk(longest)
    expect((await desk.checkIn('nanbyo')).state).toBe('handedOver')
    await desk.stop()
    const { copy } = must(
      await backupData({
        ...{ dataDir: longest, keyStore: openHeadlessKey(longest), migrationsDir: join(root, 'migrations') },
        ...{ clock: testClock, backupFolder: null },
      }),
    )
    expect(existsSync(copy)).toBe(true)
  })

  fault('disk', 'Something else has the name of a file or folder of the program', {
    seen: 'STORE_UNWRITABLE',
    data: 'What lies there stays.',
    recovery: 'It is taken away; what needs it says so until then.',
  })
  test('in which another thing has a name of ours is used without it, or refused with what to do', async () => {
    const known = await dataFolder()
    await (await openDesk(known)).stop()
    const refused: string[] = []
    for (const entry of readdirSync(known, { withFileTypes: true })) {
      const dataDir = await dataFolder()
      const place = join(dataDir, entry.name)
      rmSync(place, { recursive: true, force: true })
      if (entry.isDirectory()) writeFileSync(place, '')
      else mkdirSync(place)
      const started = await tryAgent(dataDir)
      if (started.ok) await started.value.stop()
      else refused.push(`${entry.name} ${started.error.code}`)
      expect(statSync(place).isDirectory()).toBe(!entry.isDirectory())
    }
    expect(refused.toSorted()).toEqual([
      'database.key STORE_KEY_WRONG',
      'desk-id STORE_UNWRITABLE',
      'import STORE_UNWRITABLE',
      'madoguchi.anchor STORE_UNWRITABLE',
      'madoguchi.db STORE_KEY_MISSING',
      'training STORE_UNWRITABLE',
    ])
  })

  fault('sessions', 'Another user has put a link into the data folder', {
    seen: 'DATA_FOLDER_FOREIGN',
    data: 'The link is not followed, and nothing behind it is written.',
    recovery: 'Clinic IT takes it away.',
  })
  test.skipIf(!isRoot).each(['logs', 'import', 'settings.json.tmp', 'madoguchi.db'])(
    'in which another user has put a link called %s is not used',
    async (name) => {
      const dataDir = await dataFolder()
      const elsewhere = temporaryFolder()
      symlinkSync(elsewhere, join(dataDir, name))
      lchownSync(join(dataDir, name), stranger, stranger)
      expect(await tryAgent(dataDir)).toEqual(fail('DATA_FOLDER_FOREIGN', { field: name }))
      expect(readdirSync(elsewhere)).toEqual([])
    },
  )

  test.skipIf(!isRoot)('of another user is told at the command line with what to do', () => {
    const dataDir = temporaryFolder()
    lchownSync(dataDir, stranger, stranger)
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'dist/main/headless.js'), '--deliveries', '--json', '--data', dataDir],
      { encoding: 'utf8' },
    )
    expect([status, JSON.parse(stdout)]).toMatchObject([2, { ok: false, error: { code: 'DATA_FOLDER_FOREIGN' } }])
  })
})

test.skipIf(!onPosix)('a log line is never written through a link', () => {
  const folder = temporaryFolder()
  const target = join(temporaryFolder(), 'of the agent’s user')
  writeFileSync(target, 'untouched')
  symlinkSync(target, join(folder, 'agent-2026-11-23.jsonl'))
  const log = openFileLog(folder, { now: () => new Date('2026-11-23T00:15:00Z') })
  log.write({ event: 'agentStarted' })
  expect(readFileSync(target, 'utf8')).toBe('untouched')
  const other = temporaryFolder()
  openFileLog(other, { now: () => new Date('2026-11-23T00:15:00Z') }).write({ event: 'agentStarted' })
  expect(readFileSync(join(other, 'agent-2026-11-23.jsonl'), 'utf8')).toContain('agentStarted')
})

describe('a path with a character that ends it early', () => {
  const destination = (folder: string) => ({ destinations: [{ id: 'receipt', format: 'csv', folder }] })
  test.each([
    ['destinations.0.folder', destination('import\u0000/csv')],
    // "C:\new" typed with one backslash.
    ['destinations.0.folder', destination('C:\new')],
    ['terminal.folder', { terminal: { folder: 'terminal\u0000' } }],
    ['terminal.mappingFile', { terminal: { folder: 'terminal', mappingFile: 'a\nb' } }],
  ])('is refused in %s by its name, and is no fault at every try', async (field, settings) => {
    const dataDir = temporaryFolder()
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings))
    expect(await loadSettings(dataDir)).toMatchObject({ error: { code: 'SETTINGS_INVALID', detail: { field } } })
  })
})
