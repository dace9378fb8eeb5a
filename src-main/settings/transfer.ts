// Settings from one desk to another: out without what belongs to this desk, in only as a whole, after the same check as the next
// start's, with the file that was there kept beside it and a row of the audit trail for each change.
import { readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { secretReferenceSchema } from '../contract/destination.ts'
import type { SettingValue } from '../contract/settings-page.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { inTurn, writeDurably } from '../ground/durable-write.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { type ChangeLog, changesBetween } from './change.ts'
import { settingFields } from './fields.ts'
import { type Layers, readLayers, type SettingSources } from './layers.ts'
import { readableParts } from './readable-setting.ts'
import { checkSettings } from './schema.ts'
import { valueAt } from './schema-walk.ts'
import { checkLayers } from './settings.ts'
import { settingsFile } from './settings-file.ts'
import { writeSettings } from './write-settings.ts'

type Content = Readonly<Record<string, unknown>>

/** What is plugged into this desk, lies on its disk, or suits whoever sits here. */
const ofDesk = ['chosenReader', 'kiosk', 'papers', 'signals', 'backupFolder', 'startAtLogOn']

/** What another desk can take; `isWhole`: with what is this desk's. Where its schema lies says nothing there. */
export function settingsToTake({ files }: Layers, isWhole: boolean): Content {
  const left = ['$schema', ...(isWhole ? [] : ofDesk)]
  return Object.fromEntries(Object.entries(files).filter(([name]) => !left.includes(name)))
}

/** What the settings name in the data folder, and nobody takes along: certificates, passwords. */
export function filesToLay(content: unknown): readonly string[] {
  if (typeof content !== 'object' || content === null) return []
  return Object.entries(content).flatMap(([name, value]) =>
    typeof value === 'string' && /File$/.test(name) ? [value] : filesToLay(value),
  )
}

/** The variables of the environment that they name: each desk has its own. */
export function variablesToSet(content: unknown): readonly string[] {
  if (typeof content !== 'object' || content === null) return []
  return Object.values(content).flatMap((value) => {
    const { data } = secretReferenceSchema.safeParse(value)
    return data ? [data.env] : variablesToSet(value)
  })
}

interface Difference {
  readonly path: string
  readonly title: string
  readonly before: SettingValue
  readonly after: SettingValue
}

type Parts = ReturnType<typeof readableParts>

function differencesOf(title: string, before: Parts, after: Parts): readonly Difference[] {
  const at = (parts: Parts, path: string) => parts.find((part) => part.path === path)?.value ?? null
  const paths = new Set([...before, ...after].map(({ path }) => path))
  return [...paths]
    .map((path) => ({ path, title, before: at(before, path), after: at(after, path) }))
    .filter((each) => !isDeepStrictEqual(each.before, each.after))
}

export interface Import {
  readonly differences: readonly Difference[]
  /** Puts it in force for the next start. Errors: those of the account, STORE_UNWRITABLE. The value: where the file before lies. */
  carryOut(log: ChangeLog): Promise<Result<string | null>>
}

/** What taking `file` over would change. Errors: SETTINGS_INVALID, with the places in that file. */
export async function readImport(
  file: string,
  dataDir: string,
  { sources, clock }: { readonly sources: SettingSources; readonly clock: Clock },
): Promise<Result<Import>> {
  const brought = await readLayers(dataDir, sources, file)
  if (!brought.ok) return brought
  const { site } = brought.value
  if (site === null) return fail('REQUEST_INVALID', { field: file })
  const checked = await checkLayers(brought.value, dataDir)
  if (!checked.ok) return checked
  // What stands there now may be just what shall be mended.
  const now = await readLayers(dataDir, sources)
  const own = now.ok ? (now.value.site ?? {}) : {}
  const kept = Object.entries(own).filter(([name]) => name === '$schema' || (ofDesk.includes(name) && !(name in site)))
  const { $schema: _elsewhere, ...taken } = site
  const content: Content = { ...Object.fromEntries(kept), ...taken }
  const wanted = brought.value.withSite(content)
  const after = await checkLayers(wanted, dataDir)
  if (!after.ok) return after
  const valid = now.ok ? checkSettings(now.value.content) : now
  const before = valid.ok ? valid.value : checkedNothing
  const differences = settingFields.flatMap(({ names, path, title }): readonly Difference[] => {
    const [was, is] = [valueAt(before, names), valueAt(after.value, names)]
    return isDeepStrictEqual(was, is) ? [] : differencesOf(title, readableParts(path, was), readableParts(path, is))
  })
  return ok({
    differences,
    carryOut: (log) =>
      inTurn(settingsFile(dataDir), async () => {
        const changes = changesBetween(before, after.value)
        for (const each of changes) {
          const noted = await log.note(each)
          if (!noted.ok) return noted
        }
        try {
          const aside = await keepAside(dataDir, clock)
          writeSettings(dataDir, content)
          return ok(aside)
        } catch {
          for (const each of changes) await log.failed(each)
          return fail('STORE_UNWRITABLE')
        }
      }),
  })
}

const checkedNothing = (() => {
  const checked = checkSettings({})
  if (!checked.ok) throw new Error('nothing at all is no settings')
  return checked.value
})()

/** As it is, whatever is in it. */
async function keepAside(dataDir: string, clock: Clock): Promise<string | null> {
  const file = settingsFile(dataDir)
  const bytes = await readFile(file).catch(() => null)
  if (bytes === null) return null
  const stamp = clinicMoment(clock.now()).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const aside = file.replace(/\.json$/, `.${stamp}.json`)
  writeDurably(aside, bytes, { mode: 0o600 })
  return aside
}
