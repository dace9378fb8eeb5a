// `npm run madoguchi`: what clinic IT does about the stored data while no agent runs. Everything for people goes to stderr;
// with --json stdout carries one object and nothing else. Exit code 2: something is wrong that a person has to act on.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { acceptLoss, checkData, type GoneOn, restoreData, type Standing } from '../agent/maintenance.ts'
import { systemClock } from '../contract/clock.ts'
import { maintenance as text } from '../contract/ja-store.ts'
import { type Failure, fail, ok, type Result } from '../contract/result.ts'
import { refuseDebugger } from '../ground/ending.ts'
import { asTyped, dataFolder } from '../settings/data-dir.ts'
import { loadSettings } from '../settings/settings.ts'
import { createKeyFile } from '../store/key-store.ts'
import { describeFailure } from './once.ts'

const lineSchema = z.object({
  command: z.enum(['check', 'restore', 'accept-loss']),
  data: z.string().min(1).optional(),
  from: z.string().min(1).optional(),
  empty: z.boolean().default(false),
  json: z.boolean().default(false),
})
type Line = z.infer<typeof lineSchema>

/** Errors: REQUEST_INVALID with what does not fit. */
function readLine(args: readonly string[]): Result<Line | 'help'> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        data: { type: 'string' },
        from: { type: 'string' },
        empty: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    })
    const [command, ...more] = positionals
    if (values.help || command === undefined) return ok('help')
    const parsed = lineSchema.safeParse({ ...values, command })
    if (parsed.success && more.length === 0) return ok(parsed.data)
    return fail('REQUEST_INVALID', { field: parsed.success ? more[0] : command })
  } catch {
    return fail('REQUEST_INVALID', { field: 'command line' })
  }
}

const say = (line: string) => process.stderr.write(`${line}\n`)
const here = join(import.meta.dirname, '..')

function tell(json: boolean, answer: object, lines: readonly string[]): void {
  if (json) process.stdout.write(`${JSON.stringify(answer)}\n`)
  else for (const line of lines) say(line)
}

function refuse(failure: Failure, json: boolean, more: object = {}, lines: readonly string[] = []): void {
  const error = describeFailure(failure)
  const said = [error.message, error.next, ...lines, ...text.ways(failure.code), `(${error.code})`]
  tell(json, { ok: false, error, ...more }, said)
  process.exitCode = 2
}

const lostLines = (lost: Standing['lost']): readonly string[] =>
  lost === null
    ? [text.lostUnknown]
    : lost.length === 0
      ? [text.lostNone]
      : lost.map(({ day, from, to }) => text.lost(day, from, to))

function tellStanding({ failure, isNew, lost, copies }: Standing, json: boolean): void {
  const known = copies.map(({ day, file }) => ({ day, file }))
  const listed = copies.length === 0 ? [text.noCopies] : copies.map(({ day, file }) => text.copy(day, file))
  const missing = failure?.code === 'STORE_ROWS_MISSING' ? lostLines(lost) : []
  if (failure) refuse(failure, json, { lost, copies: known }, [...missing, ...listed])
  else tell(json, { ok: true, isNew, copies: known }, [isNew ? text.nothingYet : text.whole, ...listed])
}

function tellGoneOn(gone: GoneOn, json: boolean, done: string): void {
  const aside = gone.aside === null ? [] : [text.aside(gone.aside)]
  tell(json, { ok: true, ...gone }, [done, ...lostLines(gone.lost), ...aside, text.deliveries])
}

async function main({ command, data, from, empty, json }: Line): Promise<void> {
  const folder = dataFolder(data)
  if (!folder.ok) return refuse(folder.error, json)
  const dataDir = folder.value
  const settings = await loadSettings(dataDir)
  const options = {
    dataDir,
    keyStore: createKeyFile(join(dataDir, 'database.key')),
    migrationsDir: join(here, '../../migrations'),
    clock: systemClock,
    backupFolder: settings.ok ? settings.value.backupFolder : null,
  }
  if (command === 'check') {
    const standing = await checkData(options)
    return standing.ok ? tellStanding(standing.value, json) : refuse(standing.error, json)
  }
  if (command === 'restore') {
    const gone = await restoreData(options, from === undefined ? null : asTyped(from))
    if (!gone.ok) return refuse(gone.error, json)
    return tellGoneOn(gone.value, json, text.restored(gone.value.copy ?? ''))
  }
  const gone = await acceptLoss(options, empty)
  if (!gone.ok) return refuse(gone.error, json)
  if (gone.value === null) return tell(json, { ok: true, changed: false }, [text.nothingLost])
  tellGoneOn(gone.value, json, gone.value.aside === null ? text.accepted : text.begunEmpty)
}

refuseDebugger()
const line = readLine(process.argv.slice(2))
if (!line.ok) refuse(line.error, process.argv.includes('--json'))
else if (line.value === 'help') say(text.help)
else await main(line.value)
