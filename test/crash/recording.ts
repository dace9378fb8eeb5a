// A desk of its own process whose every change of a file is written down (disk-record.c), on a folder that can be put back.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testClock } from '../clock.ts'
import { keptBuild } from '../kept-build.ts'
import { root } from '../support.ts'
import { writeTrainingFolder } from '../training-folder.ts'
import { type Call, readRecord } from './disk.ts'
import { type Told, toldIn } from './told.ts'

const source = 'test/crash/disk-record.c'

/** null: this computer has no compiler, or is none of those on which a library can be put before another. */
async function preloaded(): Promise<string | null> {
  if (process.platform !== 'linux' || spawnSync('gcc', ['--version']).status !== 0) return null
  const folder = await keptBuild({
    name: 'madoguchi-disk-record',
    sources: [source],
    async buildInto(into) {
      const flags = [
        '-shared',
        '-fPIC',
        '-O2',
        '-o',
        join(into, 'disk-record.so'),
        join(root, source),
        '-ldl',
        '-lpthread',
      ]
      const { status, stderr } = spawnSync('gcc', flags, { encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
    },
  })
  return join(folder, 'disk-record.so')
}

/** How files are handed over at the recorded desk, each format in a folder of its own. */
const formats = ['csv', 'json', 'receipt'] as const

export interface Place {
  /** All that is recorded lies below it. */
  readonly root: string
  readonly dataDir: string
  readonly importDir: string
  /** Where copies go besides. */
  readonly otherCopies: string
  /** What the screen was told, a line each (told.ts). */
  readonly told: string
  readonly record: string
}

/** A data folder before its first start. `remove` it. */
export async function newPlace(): Promise<Place & { remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-crash-'))
  const base = join(folder, 'disk')
  const [dataDir, importDir, otherCopies] = [join(base, 'data'), join(base, 'import'), join(base, 'copies')]
  for (const format of formats) mkdirSync(join(importDir, format), { recursive: true })
  mkdirSync(otherCopies)
  await writeTrainingFolder(join(dataDir, 'training'), testClock)
  const destinations = formats.map((format) => ({
    ...{ id: format, format, folder: join(importDir, format) },
    ...(format === 'csv' && { endMarker: true }),
  }))
  writeFileSync(
    join(dataDir, 'settings.json'),
    JSON.stringify({ mode: 'training', backupFolder: otherCopies, destinations }),
  )
  return {
    ...{ root: base, dataDir, importDir, otherCopies, told: join(base, 'told'), record: join(folder, 'record') },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export interface Fault {
  /** The how-manieth call that changes a file fails. */
  readonly call: number
  /** As errno.h numbers it. */
  readonly errno: number
  /** All that follow fail as well. */
  readonly stays: boolean
}

/** One check-in: at once, or after the day's copy. */
export type CheckIn = 'quick' | 'later'

/** Starts the recorded desk (recorded-desk.ts) of a `tree`, as a rule this one; null: it cannot be recorded here. */
export async function startRecorded(
  place: Place,
  length: 'morning' | CheckIn,
  { fault = null, tree = root }: { readonly fault?: Fault | null; readonly tree?: string | undefined } = {},
): Promise<ChildProcess | null> {
  const library = await preloaded()
  if (!library) return null
  return spawn(process.execPath, [join(tree, 'test/crash/recorded-desk.ts'), place.dataDir, place.told, length], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: {
      ...process.env,
      LD_PRELOAD: library,
      DISK_ROOT: place.root,
      DISK_RECORD: place.record,
      // What is no data: told must be told whatever fails.
      DISK_SPARED: place.told,
      ...(fault && { DISK_FAULT: String(fault.call), DISK_ERRNO: String(fault.errno) }),
      ...(fault?.stays && { DISK_STAYS: '1' }),
    },
  })
}

/** What a module of a few lines does to the files below a folder, call by call; null: it cannot be recorded here. */
export async function recordModule(folder: string, lines: string): Promise<readonly Call[] | null> {
  const library = await preloaded()
  if (!library) return null
  const record = `${folder}.record`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', lines], {
    encoding: 'utf8',
    env: { ...process.env, LD_PRELOAD: library, DISK_ROOT: folder, DISK_RECORD: record, DISK_SPARED: record },
  })
  if (status !== 0) throw new Error(stderr)
  return readRecord(record)
}

/** Its end, with what it said on stderr. */
export async function ended(desk: ChildProcess): Promise<{ readonly code: number | null; readonly said: string }> {
  let said = ''
  desk.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(desk, 'exit')
  return { code, said }
}

/** Everything that its screen was told; nothing where it came to no word. */
export const toldBy = ({ told }: Place): readonly Told[] => (existsSync(told) ? toldIn(readFileSync(told, 'utf8')) : [])
