// `npm run madoguchi`, for the headless shell's data. Everything for people goes to stderr; with --json stdout carries one
// object and nothing else. Exit code 2: something is wrong that a person has to act on; 1: a bug.
import { join } from 'node:path'
import { asciiJson } from '../ground/ascii-json.ts'
import { systemClock } from '../ground/clock.ts'
import { refuseDebugger } from '../ground/ending.ts'
import { ok, type Result } from '../ground/result.ts'
import { dataFolder } from '../settings/data-dir.ts'
import { loadSettings } from '../settings/settings.ts'
import type { DataOptions } from '../store/data-folder.ts'
import { audit as auditText } from '../words/audit.ts'
import { doses as dosesText } from '../words/doses.ts'
import { type CommandName, maintenance as text } from '../words/maintenance.ts'
import { masters as mastersText } from '../words/masters.ts'
import { selfTest as doctorText } from '../words/self-test.ts'
import { isAudit, readAuditLine, runAudit } from './audit.ts'
import { carryOutDoctor, type DoctorLine, isDoctor, readDoctorLine } from './doctor.ts'
import { isDoses, readDosesLine, runDoses } from './doses.ts'
import { openHeadlessKey } from './headless-key-store.ts'
import { readMaintenanceLine, refused, runMaintenance, type Said } from './maintenance.ts'
import { isMasters, readMastersLine, runMasters } from './masters.ts'
import { entriesIn } from './place.ts'
import { systemProxy } from './system-proxy.ts'

declare const __VERSION__: string

const typed = 'npm run madoguchi --'
// Built, this is a chunk one folder below dist/main.
const here = join(import.meta.dirname, '..')
const migrationsDir = join(here, '../../migrations')

function tell({ isRefused, answer, lines }: Said, json: boolean): void {
  if (isRefused) process.exitCode = 2
  if (json) process.stdout.write(`${asciiJson(answer)}\n`)
  else process.stderr.write(`${lines.join('\n')}\n`)
}

/** The data folder that was named, and its key. */
function placeOf(data: string | undefined) {
  const folder = dataFolder(data)
  if (!folder.ok) return folder
  return ok({ dataDir: folder.value, keyStore: openHeadlessKey(folder.value), migrationsDir })
}

async function run<L extends { readonly json: boolean; readonly data?: string | undefined }>(
  line: Result<L | 'help'>,
  help: string,
  carryOut: (line: L, place: DataOptions, typed: CommandName) => Promise<Said>,
): Promise<void> {
  if (!line.ok) return tell(refused(line.error, typed), process.argv.includes('--json'))
  if (line.value === 'help') return void process.stderr.write(`${help}\n`)
  const place = placeOf(line.value.data)
  tell(place.ok ? await carryOut(line.value, place.value, typed) : refused(place.error, typed), line.value.json)
}

/** What needs no data folder. */
async function runAlone<L extends { readonly json: boolean }>(
  line: Result<L | 'help'>,
  help: string,
  carryOut: (line: L) => Promise<Result<Said>>,
): Promise<void> {
  if (!line.ok) return tell(refused(line.error, typed), process.argv.includes('--json'))
  if (line.value === 'help') return void process.stderr.write(`${help}\n`)
  const said = await carryOut(line.value)
  tell(said.ok ? said.value : refused(said.error, typed), line.value.json)
}

async function diagnose(_: DoctorLine, place: DataOptions): Promise<Said> {
  return carryOutDoctor({
    ...place,
    settings: await loadSettings(place.dataDir),
    entries: entriesIn(here),
    systemProxy: await systemProxy(),
    clock: systemClock,
    // It leaves nothing behind, in no log either.
    log: { write: () => undefined },
    version: __VERSION__,
  })
}

refuseDebugger()
const args = process.argv.slice(2)
if (isDoses(args)) await runAlone(readDosesLine(args), dosesText.help, runDoses)
else if (isAudit(args)) await run(readAuditLine(args), auditText.help, runAudit)
else if (isDoctor(args)) await run(readDoctorLine(args), doctorText.help, diagnose)
else if (isMasters(args)) await run(readMastersLine(args), mastersText.help, runMasters)
else await run(readMaintenanceLine(args), text.help, runMaintenance)
