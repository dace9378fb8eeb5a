// `npm run madoguchi`, the commands of clinic IT for the headless shell's data. Everything for people goes to stderr; with
// --json stdout carries one object and nothing else. Exit code 2: something is wrong that a person has to act on; 1: a bug.
import { join } from 'node:path'
import { asciiJson } from '../ground/ascii-json.ts'
import { refuseDebugger } from '../ground/ending.ts'
import { ok } from '../ground/result.ts'
import { dataFolder } from '../settings/data-dir.ts'
import { carryOut } from './commands/commands.ts'
import { openHeadlessKey } from './headless-key-store.ts'
import { entriesIn } from './place.ts'
import { settingSources } from './setting-sources.ts'

declare const __VERSION__: string

// Built, this is a chunk one folder below dist/main.
const here = join(import.meta.dirname, '..')

refuseDebugger()
const words = process.argv.slice(2)
const { said, exitCode, fault } = await carryOut(words, {
  typed: 'npm run madoguchi --',
  hasOtherFolders: true,
  sources: settingSources(null),
  async place(data) {
    const folder = dataFolder(data)
    if (!folder.ok) return folder
    const keyStore = openHeadlessKey(folder.value)
    return ok({ dataDir: folder.value, keyStore, migrationsDir: join(here, '../../migrations') })
  },
  program: { entries: entriesIn(here), version: __VERSION__ },
})
process.exitCode = exitCode
if (words.includes('--json')) process.stdout.write(`${asciiJson(said.answer)}\n`)
else process.stderr.write(`${said.lines.join('\n')}\n`)
if (fault) process.stderr.write(`${fault.join('\n')}\n`)
