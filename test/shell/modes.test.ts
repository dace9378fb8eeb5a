// Who can read what the product writes: its own files their owner alone, under any umask and also where an earlier version
// wrote them openly. The training clinic's import folders are its owner's, and so is what lies in them.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { root, temporaryFolder } from '../support.ts'
import { onPosix } from '../system.ts'

/** With settings as an editor leaves them. */
function newFolder(): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'settings.json'), '{}')
  return folder
}

/** Runs an entry of the build under a umask. */
function runUnder(umask: string, entry: string, ...args: string[]) {
  const command = `umask ${umask}; exec "$0" "$@"`
  return spawnSync('sh', ['-c', command, process.execPath, join(root, entry), ...args], { encoding: 'utf8' })
}

/** What others than the owner may do with each file of a folder, in octal; only those with which they may do something. */
const openFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [relative(folder, path), statSync(path).mode & 0o777] as const)
    .filter(([, mode]) => (mode & 0o077) !== 0)
    .map(([name, mode]) => `${name} ${mode.toString(8)}`)

test.skipIf(!onPosix).each(['000', '022', '077'])('under umask %s nothing is open', (umask) => {
  const dataDir = newFolder()
  const { stdout } = runUnder(umask, 'dist/main/headless.js', '--once', '--json', '--data', dataDir)
  expect(JSON.parse(stdout).files).toHaveLength(2)
  expect(openFiles(dataDir)).toEqual([])
})

test.skipIf(!onPosix)('what an earlier version left open is closed with the next start', () => {
  const dataDir = newFolder()
  runUnder('022', 'dist/main/headless.js', '--once', '--json', '--data', dataDir)
  mkdirSync(join(dataDir, 'logs'), { recursive: true })
  writeFileSync(join(dataDir, 'logs/agent-2026-01-01.jsonl'), '')
  const before = ['madoguchi.db', 'settings.json', ...readdirSync(join(dataDir, 'logs')).map((name) => `logs/${name}`)]
  for (const name of before) chmodSync(join(dataDir, name), 0o666)
  runUnder('022', 'dist/main/headless.js', '--deliveries', '--json', '--data', dataDir)
  expect(openFiles(dataDir).filter((each) => !each.startsWith('import/'))).toEqual([])
})

test('every program of the build keeps its files private before anything else', () => {
  const entries = [
    'src-main/electron.ts',
    'src-main/headless.ts',
    'src-main/madoguchi.ts',
    'src-main/stand-ins/card/command.ts',
    'src-main/stand-ins/hub/command.ts',
  ]
  for (const entry of entries) {
    const statements = readFileSync(join(root, entry), 'utf8')
      .split('\n')
      .filter((line) => /^[a-z]/i.test(line) && !/^(?:import|from|\} from|declare)/.test(line))
    expect([entry, statements[0]]).toEqual([entry, 'keepFilesPrivate()'])
  }
})
