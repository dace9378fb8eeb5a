// Changes made on the screen, one after the other: read, changed, checked as the next start checks it, written down in the
// audit trail, and only then written. The rest of the file stays as clinic IT wrote it.
import { isDeepStrictEqual } from 'node:util'
import { inTurn } from '../ground/durable-write.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { SettingChange } from '../ground/setting-change.ts'
import { isCovered, ownFileOnly, type SettingSources } from './layers.ts'
import { checkSettings, type FileSettings } from './schema.ts'
import { checkLayers, readSaved, type Settings, savedDestinations } from './settings.ts'
import { settingsFile } from './settings-file.ts'
import { writeSettings } from './write-settings.ts'

export type Choice = Partial<
  Pick<Settings, 'chosenReader' | 'substitutions' | 'bookingColumns' | 'destinations' | 'papers' | 'signals'>
>

/** settings.json as it stands there; undefined for what shall not be in it. */
type Content = Readonly<Record<string, unknown>>

/** What shall stand there instead, of what is saved now. */
type Choose = (now: FileSettings, content: Content) => Promise<Result<Choice | Content>>

/** Who keeps account of changes. A change that cannot be noted is not made; `failed` tells that one was not made after all. */
export interface ChangeLog {
  note(change: SettingChange): Promise<Result<void>>
  failed(change: SettingChange): Promise<unknown>
  /** It is on the disk. */
  wrote?(): Promise<void>
}

/**
 * What `choose` makes of the settings as they are saved now. Errors: those of `choose` and of the account, SETTINGS_INVALID
 * (the file has been damaged since the start, or would not be read by the next one), REQUEST_INVALID with the setting (the
 * environment or the command line says otherwise), STORE_UNWRITABLE.
 */
export const changeSettings = (
  dataDir: string,
  choose: Choose,
  log: ChangeLog,
  sources: SettingSources = ownFileOnly,
): Promise<Result<void>> => inTurn(settingsFile(dataDir), () => change(dataDir, choose, log, sources))

async function change(dataDir: string, choose: Choose, log: ChangeLog, sources: SettingSources): Promise<Result<void>> {
  const layers = await readSaved(dataDir, sources)
  if (!layers.ok) return layers
  const before = checkSettings(layers.value.content, layers.value.place)
  if (!before.ok) return before
  const now = layers.value.site ?? {}
  const chosen = await choose(before.value, now)
  if (!chosen.ok) return chosen
  const changed = { ...now, ...chosen.value }
  const wanted = layers.value.withSite(JSON.parse(JSON.stringify(changed)))
  const after = await checkLayers(wanted, dataDir)
  if (!after.ok) return after
  const [fixed] = Object.keys(chosen.value).filter((name) => isCovered(layers.value, wanted, name))
  if (fixed !== undefined) return fail('REQUEST_INVALID', { field: fixed })
  const changes = changesBetween(before.value, after.value)
  for (const each of changes) {
    const noted = await log.note(each)
    if (!noted.ok) return noted
  }
  try {
    if (changes.length > 0) {
      writeSettings(dataDir, changed)
    }
  } catch {
    for (const each of changes) await log.failed(each)
    return fail('STORE_UNWRITABLE')
  }
  if (changes.length > 0) await log.wrote?.()
  return ok(undefined)
}

/** By the name that the trail has for each. */
export function changesBetween(before: FileSettings, after: FileSettings): readonly SettingChange[] {
  const all = [
    { setting: 'destinations', before: savedDestinations(before), after: savedDestinations(after) },
    { setting: 'substitutions', before: before.substitutions, after: after.substitutions },
    { setting: 'chosenReader', before: before.chosenReader, after: after.chosenReader },
    { setting: 'bookingColumns', before: before.bookingColumns, after: after.bookingColumns },
    { setting: 'papers', before: before.papers, after: after.papers },
    { setting: 'signals', before: before.signals, after: after.signals },
    { setting: 'mode', before: before.mode, after: after.mode },
    { setting: 'hub', before: before.hub ?? null, after: after.hub ?? null },
    { setting: 'terminal', before: before.terminal ?? null, after: after.terminal ?? null },
    { setting: 'clinic', before: before.clinic ?? null, after: after.clinic ?? null },
    { setting: 'pinEntry', before: before.pinEntry, after: after.pinEntry },
    { setting: 'hideScreenAfterMin', before: before.hideScreenAfterMin, after: after.hideScreenAfterMin },
    { setting: 'startAtLogOn', before: before.startAtLogOn, after: after.startAtLogOn },
    { setting: 'retentionDays', before: before.retentionDays, after: after.retentionDays },
    { setting: 'reader', before: before.reader ?? null, after: after.reader ?? null },
    { setting: 'allowed', before: before.allowed, after: after.allowed },
    { setting: 'kiosk', before: before.kiosk, after: after.kiosk },
    { setting: 'store', before: before.store, after: after.store },
    { setting: 'backupFolder', before: before.backupFolder, after: after.backupFolder },
  ] as const
  return all.filter((each) => !isDeepStrictEqual(each.before, each.after))
}
