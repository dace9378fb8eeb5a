// `npm run madoguchi`, for the headless shell's data. Everything for people goes to stderr; with --json stdout carries one
// object and nothing else. Exit code 2: something is wrong that a person has to act on.
import { join } from 'node:path'
import { asciiJson } from '../ground/ascii-json.ts'
import { refuseDebugger } from '../ground/ending.ts'
import { dataFolder } from '../settings/data-dir.ts'
import { maintenance as text } from '../words/maintenance.ts'
import { openHeadlessKey } from './headless-key-store.ts'
import { type MaintenanceLine, readMaintenanceLine, refused, runMaintenance, type Said } from './maintenance.ts'

const typed = 'npm run madoguchi --'
const migrationsDir = join(import.meta.dirname, '../../../migrations')

function tell({ isRefused, answer, lines }: Said, json: boolean): void {
  if (isRefused) process.exitCode = 2
  if (json) process.stdout.write(`${asciiJson(answer)}\n`)
  else process.stderr.write(`${lines.join('\n')}\n`)
}

async function run(line: MaintenanceLine): Promise<Said> {
  const folder = dataFolder(line.data)
  if (!folder.ok) return refused(folder.error, typed)
  const dataDir = folder.value
  const place = { dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir }
  return runMaintenance(line, place, typed)
}

refuseDebugger()
const line = readMaintenanceLine(process.argv.slice(2))
if (!line.ok) tell(refused(line.error, typed), process.argv.includes('--json'))
else if (line.value === 'help') process.stderr.write(`${text.help}\n`)
else tell(await run(line.value), line.value.json)
