// What clinic IT does about settings by command: have them checked, see what counts and why, take them from desk to desk. No
// secret is in them, and none is told.
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { z } from 'zod'
import { type Clock, clinicMoment, systemClock } from '../../ground/clock.ts'
import { writeDurably } from '../../ground/durable-write.ts'
import { type Failure, ok, type Result } from '../../ground/result.ts'
import { faultsIn } from '../../ground/setting-fault.ts'
import { asTyped } from '../../settings/data-dir.ts'
import { settingFields } from '../../settings/fields.ts'
import { readLayers } from '../../settings/layers.ts'
import { waitingIn } from '../../settings/next-start.ts'
import { readableParts } from '../../settings/readable-setting.ts'
import { valueAt } from '../../settings/schema-walk.ts'
import { checkLayers, lastGood, readSaved } from '../../settings/settings.ts'
import { settingsFile } from '../../settings/settings-file.ts'
import { filesToLay, type Import, readImport, settingsToTake, variablesToSet } from '../../settings/transfer.ts'
import type { Audit } from '../../store/audit.ts'
import { type DataOptions, openData } from '../../store/data-folder.ts'
import { settingCommands as text } from '../../words/setting-commands.ts'
import { faultText } from '../../words/setting-faults.ts'
import { done, refused, refusedFile, type Said } from '../said.ts'
import { dataCommand } from './command.ts'

const file = (about: string) => ({ value: 'FILE', about, schema: z.string().min(1) })

export const settingsCheck = dataCommand({
  name: 'settings check',
  about: text.check.about,
  operands: { file: { ...file(text.check.file), schema: z.string().min(1).optional() } },
  options: {},
  async run(given, { dataDir }, { typed, sources }) {
    const asked = given.file === undefined ? settingsFile(dataDir) : asTyped(given.file)
    if (given.file !== undefined && !existsSync(asked)) return ok(refusedFile(given.file, 'notFound', typed))
    const layers = await (given.file === undefined ? readSaved(dataDir, sources) : readLayers(dataDir, sources, asked))
    const checked = layers.ok ? await checkLayers(layers.value, dataDir) : layers
    if (!checked.ok) return ok(refused(checked.error, typed, { more: { file: asked, faults: told(checked.error) } }))
    const nextStart = await waitingIn(checked.value, dataDir)
    const lines = nextStart.length > 0 ? [text.check.nextStart(nextStart.map(({ title }) => title))] : []
    const isThere = layers.ok && layers.value.site !== null
    const fine = isThere ? text.check.fine(asked) : text.check.none(asked)
    return ok(done({ file: asked, isThere, nextStart: nextStart.map(({ path }) => path) }, [fine, ...lines]))
  },
})

const told = (failure: Failure) => faultsIn(failure).map((fault) => ({ ...fault, message: faultText(fault) }))

export const settingsShow = dataCommand({
  name: 'settings show',
  about: text.show.about,
  operands: {},
  options: {},
  async run(_given, { dataDir }, { typed, sources }) {
    const layers = await readSaved(dataDir, sources)
    const checked = layers.ok ? await checkLayers(layers.value, dataDir) : layers
    const kept = checked.ok ? null : await lastGood(dataDir)
    const counts = checked.ok ? checked.value : kept
    if (!checked.ok && !counts) return ok(refused(checked.error, typed))
    const settings = settingFields.flatMap(({ names, path, title, since }) => {
      // Which layer those that last started came from nobody has kept.
      const from = (checked.ok && layers.ok && layers.value.from(names)) || ('default' as const)
      return readableParts(path, valueAt(counts, names)).map((part) => ({ ...part, title, from, since }))
    })
    const lines = settings.map(({ path, title, value, from }) => text.show.line(path, title, value, from))
    if (checked.ok) return ok(done({ file: settingsFile(dataDir), fallback: null, settings }, lines))
    const said = refused(checked.error, typed)
    const { lines: why } = said
    return ok(
      done({ file: settingsFile(dataDir), fallback: told(checked.error), settings }, [
        text.show.fallback,
        ...why,
        ...lines,
      ]),
    )
  },
})

export const settingsExport = dataCommand({
  name: 'settings export',
  about: text.export.about,
  operands: { out: file(text.export.out) },
  options: { all: { about: text.export.all } },
  async run({ out, all }, { dataDir }, { typed, sources }) {
    const layers = await readSaved(dataDir, sources)
    if (!layers.ok) return layers
    const checked = await checkLayers(layers.value, dataDir)
    if (!checked.ok) return checked
    const target = asTyped(out)
    if (existsSync(target)) return ok(refusedFile(out, 'exists', typed))
    const content = settingsToTake(layers.value, all)
    const missing = filesToLay(content)
    const variables = variablesToSet(content)
    try {
      writeDurably(target, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
    } catch {
      return ok(refusedFile(out, 'unwritable', typed))
    }
    const lines = [
      text.export.done(target),
      ...(missing.length > 0 ? [text.export.lay(missing)] : []),
      ...(variables.length > 0 ? [text.export.set(variables)] : []),
    ]
    return ok(done({ file: target, missing, variables }, lines))
  },
})

export const settingsImport = dataCommand({
  name: 'settings import',
  about: text.import.about,
  notes: text.import.notes,
  operands: { in: file(text.import.in) },
  options: { yes: { about: text.import.yes } },
  async run(given, place, world) {
    if (!existsSync(asTyped(given.in))) return ok(refusedFile(given.in, 'notFound', world.typed))
    const read = await readImport(asTyped(given.in), place.dataDir, { sources: world.sources, clock: systemClock })
    if (!read.ok) {
      return ok(refused(read.error, world.typed, { more: { faults: told(read.error) } }))
    }
    const { differences } = read.value
    const lines = differences.map(text.import.difference)
    if (differences.length === 0) return ok(done({ changed: false, differences }, [text.import.same]))
    const isWanted = given.yes || (await ask(lines))
    if (isWanted) return take(read.value, place, lines)
    const why = isWanted === null ? text.import.unasked : text.import.left
    return ok({ isRefused: true, answer: { ok: false, changed: false, differences }, lines: [...lines, why] })
  },
})

async function take(
  { differences, carryOut }: Import,
  place: DataOptions,
  lines: readonly string[],
): Promise<Result<Said>> {
  const taken = await withTrail(place, systemClock, carryOut)
  if (!taken.ok) return taken
  const aside = taken.value === null ? [] : [text.import.aside(taken.value)]
  return ok(done({ changed: true, differences, kept: taken.value }, [...lines, text.import.done, ...aside]))
}

/** null: there is nobody who could answer. */
async function ask(lines: readonly string[]): Promise<boolean | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null
  process.stderr.write(`${lines.join('\n')}\n`)
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await asking.question(text.import.ask)
  asking.close()
  return /^y(es)?$/i.test(answer.trim())
}

/** Errors: STORE_ codes, AGENT_ALREADY_RUNNING, those of the work. */
async function withTrail<T>(
  place: DataOptions,
  clock: Clock,
  work: (log: Parameters<Import['carryOut']>[0]) => Promise<Result<T>>,
): Promise<Result<T>> {
  const data = await openData(place)
  if (!data.ok) return data
  const store: Pick<Audit, 'noteSettingChange'> & { close(): void } = data.value.store
  const at = () => clinicMoment(clock.now())
  try {
    return await work({
      note: (change) => store.noteSettingChange({ at: at(), event: 'settingChanged', change }),
      failed: (change) =>
        store.noteSettingChange({ at: at(), event: 'settingNotChanged', code: 'STORE_UNWRITABLE', change }),
    })
  } finally {
    store.close()
  }
}
