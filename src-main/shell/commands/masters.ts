// What clinic IT does about the national master of local schemes by command: import a file, look a number up, make a sample.
// No patient data are told.
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { dateSchema } from '../../eligibility/model.ts'
import { clinicDay, systemClock } from '../../ground/clock.ts'
import { writeDurably } from '../../ground/durable-write.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { systemCode } from '../../ground/system-error.ts'
import { createLocalSchemeBook } from '../../masters/book.ts'
import { changesOf, issueDay, takeOver } from '../../masters/importing.ts'
import { createMasterReader, type ReadMaster } from '../../masters/reading.ts'
import { asTyped } from '../../settings/data-dir.ts'
import { loadSettings } from '../../settings/settings.ts'
import { type DataOptions, databaseOf, openData } from '../../store/data-folder.ts'
import type { LocalMasters } from '../../store/local-masters.ts'
import { masters as text } from '../../words/masters.ts'
import { done, refusedFile, type Said } from '../said.ts'
import { command, dataCommand, type World } from './command.ts'

const number = z.string().regex(/^[0-9]{8}$/)
const path = z.string().min(1)

export const mastersImport = dataCommand({
  name: 'masters import',
  about: text.importAbout,
  notes: [text.whileEnded],
  operands: { file: { value: 'FILE', about: text.file, schema: path } },
  options: { preview: { about: text.preview } },
  run: importFile,
})

export const mastersLookup = dataCommand({
  name: 'masters lookup',
  about: text.lookupAbout,
  notes: [text.whileEnded],
  operands: { number: { value: 'NUMBER', about: text.number, schema: number } },
  options: { date: { value: 'YYYY-MM-DD', about: text.date, schema: dateSchema.optional() } },
  run: lookUp,
})

export const mastersSample = command({
  name: 'masters sample',
  about: text.sampleAbout,
  operands: { file: { value: 'FILE', about: text.sampleFile, schema: path } },
  options: {
    rows: { value: 'N', about: text.rows, schema: z.coerce.number().int().min(1).max(300_000).optional() },
  },
  run: makeSample,
})

async function importFile(
  { file: typed, preview }: { readonly file: string; readonly preview: boolean },
  place: DataOptions,
  { sources }: World,
): Promise<Result<Said>> {
  const file = asTyped(typed)
  const read = await readFile(file)
  if (!read.ok) return read
  const settings = await loadSettings(place.dataDir, sources)
  const isRehearsal = settings.ok && settings.value.mode === 'training'
  return withStore(place, async (store) => {
    const issuedOn = issueDay(basename(file), systemClock)
    const changes = await changesOf(store, read.value, issuedOn, isRehearsal)
    if (!changes.ok) return changes
    const taken = preview ? ok(undefined) : await takeOver(store, read.value, issuedOn, systemClock)
    if (!taken.ok) return taken
    const { counts, rows, withoutNumber } = changes.value
    const lines = [
      preview ? text.looked(issuedOn, rows) : text.taken(issuedOn, rows),
      text.changes(counts),
      ...(withoutNumber > 0 ? [text.withoutNumber(withoutNumber)] : []),
    ]
    return ok(done({ ...changes.value, applied: !preview }, lines))
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
  { number, date }: { readonly number: string; readonly date?: string | undefined },
  place: DataOptions,
  { sources }: World,
): Promise<Result<Said>> {
  if (!place.site && !existsSync(databaseOf(place.dataDir))) return fail('MASTER_MISSING')
  const settings = await loadSettings(place.dataDir, sources)
  // What is assumed of the codes holds for the sample alone.
  const reading = settings.ok && settings.value.mode === 'training' ? 'assumed' : 'confirmed'
  return withStore(place, async (store) => {
    const issues = await store.masterIssues()
    if (issues.length === 0) return fail('MASTER_MISSING')
    const schemes = createLocalSchemeBook(store, reading).find(number, date ?? clinicDay(systemClock.now()))
    return ok(done({ schemes }, schemes.length === 0 ? [text.notListed] : schemes.map(text.found)))
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

async function makeSample(
  given: { readonly file: string; readonly rows?: number | undefined },
  { typed }: World,
): Promise<Result<Said>> {
  const { sampleMaster, usualRows } = await import('../../stand-ins/masters/sample-master.ts')
  const file = asTyped(given.file)
  const count = given.rows ?? usualRows
  try {
    writeDurably(file, [...sampleMaster(count)].join(''), { mode: 0o644, place: 'new' })
  } catch (error) {
    const code = systemCode(error)
    if (code === null) throw error
    return ok(refusedFile(given.file, code === 'EEXIST' ? 'exists' : 'unwritable', typed))
  }
  return ok(done({ file, rows: count }, [text.made(file, count)]))
}
