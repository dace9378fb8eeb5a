// What clinic IT does about the national master of local schemes by command: import a file, look a number up, make a sample.
// No patient data are told.
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { dateSchema } from '../eligibility/model.ts'
import { clinicDay, systemClock } from '../ground/clock.ts'
import { writeDurably } from '../ground/durable-write.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { createLocalSchemeBook } from '../masters/book.ts'
import { changesOf, issueDay, takeOver } from '../masters/importing.ts'
import { createMasterReader, type ReadMaster } from '../masters/reading.ts'
import { asTyped } from '../settings/data-dir.ts'
import { loadSettings } from '../settings/settings.ts'
import { type DataOptions, databaseOf, openData } from '../store/data-folder.ts'
import type { LocalMasters } from '../store/local-masters.ts'
import type { CommandName } from '../words/maintenance.ts'
import { masters as text } from '../words/masters.ts'
import { misread } from './command-line.ts'
import { refused, type Said } from './maintenance.ts'

const common = { data: z.string().min(1).optional(), json: z.boolean().default(false) }
const lineSchema = z.discriminatedUnion('command', [
  z.strictObject({ ...common, command: z.literal('import'), of: z.string(), preview: z.boolean().default(false) }),
  z.strictObject({
    ...common,
    command: z.literal('lookup'),
    of: z.string().regex(/^[0-9]{8}$/),
    date: dateSchema.optional(),
  }),
  z.strictObject({
    ...common,
    command: z.literal('sample'),
    of: z.string(),
    rows: z.coerce.number().int().min(1).max(300_000).optional(),
  }),
])
export type MastersLine = z.infer<typeof lineSchema>

/** Whether these words are such a command at all. */
export const isMasters = (args: readonly string[]): boolean => args[0] === 'masters'

/** Errors: REQUEST_INVALID with what does not fit. */
export function readMastersLine(args: readonly string[]): Result<MastersLine | 'help'> {
  try {
    const { values, positionals } = parseArgs({
      args: args.slice(1),
      strict: true,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        preview: { type: 'boolean' },
        date: { type: 'string' },
        rows: { type: 'string' },
        data: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const [command, of, ...more] = positionals
    if (values.help || command === undefined) return ok('help')
    const parsed = lineSchema.safeParse({ ...values, command, of })
    if (parsed.success && more.length === 0) return ok(parsed.data)
    const at = parsed.success ? undefined : parsed.error.issues[0]?.path[0]
    const named = typeof at === 'string' && at in values ? `--${at}` : of
    return fail('REQUEST_INVALID', { field: parsed.success ? more[0] : (named ?? command) })
  } catch (error) {
    return fail('REQUEST_INVALID', { field: misread(error) })
  }
}

/** `place`: the data folder, its key, and the migrations. `typed`: how the other commands are called in this shell. */
export async function runMasters(line: MastersLine, place: DataOptions, typed: CommandName): Promise<Said> {
  const said = await answer(line, place)
  return said.ok ? said.value : refused(said.error, typed)
}

const done = (value: object, lines: readonly string[]): Result<Said> =>
  ok({ isRefused: false, answer: { ok: true, ...value }, lines })

function answer(line: MastersLine, place: DataOptions): Promise<Result<Said>> {
  switch (line.command) {
    case 'import':
      return importFile(line, place)
    case 'lookup':
      return lookUp(line, place)
    case 'sample':
      return makeSample(line)
  }
}

async function importFile(
  { of, preview }: Extract<MastersLine, { command: 'import' }>,
  place: DataOptions,
): Promise<Result<Said>> {
  const file = asTyped(of)
  const read = await readFile(file)
  if (!read.ok) return read
  return withStore(place, async (store) => {
    const issuedOn = issueDay(basename(file), systemClock)
    const changes = await changesOf(store, read.value, issuedOn)
    if (!changes.ok) return changes
    const taken = preview ? ok(undefined) : await takeOver(store, read.value, issuedOn, systemClock)
    if (!taken.ok) return taken
    const { counts, rows, withoutNumber } = changes.value
    return done({ ...changes.value, applied: !preview }, [
      preview ? text.looked(issuedOn, rows) : text.taken(issuedOn, rows),
      text.changes(counts),
      ...(withoutNumber > 0 ? [text.withoutNumber(withoutNumber)] : []),
    ])
  })
}

/** Errors: MASTER_ codes. */
async function readFile(file: string): Promise<Result<ReadMaster>> {
  const reader = createMasterReader()
  try {
    const handle = await open(file)
    for await (const piece of handle.createReadStream({ highWaterMark: 256 * 1024 })) {
      const failure = reader.add(piece)
      if (failure) return { ok: false, error: failure }
    }
  } catch {
    return fail('MASTER_UNREADABLE')
  }
  return reader.end()
}

async function lookUp(
  { of, date }: Extract<MastersLine, { command: 'lookup' }>,
  place: DataOptions,
): Promise<Result<Said>> {
  if (!existsSync(databaseOf(place.dataDir))) return fail('MASTER_MISSING')
  const settings = await loadSettings(place.dataDir)
  // What is assumed of the codes holds for the sample alone.
  const reading = settings.ok && settings.value.mode === 'training' ? 'assumed' : 'confirmed'
  return withStore(place, async (store) => {
    const issues = await store.masterIssues()
    if (issues.length === 0) return fail('MASTER_MISSING')
    const schemes = createLocalSchemeBook(store, reading).find(of, date ?? clinicDay(systemClock.now()))
    return done({ schemes }, schemes.length === 0 ? [text.notListed] : schemes.map(text.found))
  })
}

/** Errors: STORE_ codes, AGENT_ALREADY_RUNNING. */
async function withStore<T>(place: DataOptions, work: (store: LocalMasters) => Promise<Result<T>>): Promise<Result<T>> {
  const data = await openData(place)
  if (!data.ok) return data
  try {
    return await work(data.value.store)
  } finally {
    data.value.store.close()
  }
}

async function makeSample({ of, rows }: Extract<MastersLine, { command: 'sample' }>): Promise<Result<Said>> {
  const { sampleMaster, usualRows } = await import('../stand-ins/masters/sample-master.ts')
  const file = asTyped(of)
  const count = rows ?? usualRows
  try {
    writeDurably(file, [...sampleMaster(count)].join(''), { mode: 0o644 })
  } catch {
    return fail('MASTER_UNREADABLE')
  }
  return done({ file, rows: count }, [text.made(file, count)])
}
