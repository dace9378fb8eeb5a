// What was set since the last start and does not count before the next one: said by the self-test and by `settings check`, so
// that nobody looks for why a new value does nothing.
import { isDeepStrictEqual } from 'node:util'
import { type FieldOfSchema, settingFields } from './fields.ts'
import type { SettingSources } from './layers.ts'
import type { FileSettings } from './schema.ts'
import { valueAt } from './schema-walk.ts'
import { checkLayers, lastGood, readSaved } from './settings.ts'

/** Of these settings; none where nothing has started yet. */
export async function waitingIn(saved: FileSettings, dataDir: string): Promise<readonly FieldOfSchema[]> {
  const started = await lastGood(dataDir)
  if (!started) return []
  return settingFields.filter(
    ({ names, since }) => since === 'nextStart' && !isDeepStrictEqual(valueAt(started, names), valueAt(saved, names)),
  )
}

/** Of those that are saved now, by their titles; none where they cannot be used. */
export async function waitingForNextStart(dataDir: string, sources: SettingSources): Promise<readonly string[]> {
  const layers = await readSaved(dataDir, sources)
  const saved = layers.ok ? await checkLayers(layers.value, dataDir) : layers
  return saved.ok ? (await waitingIn(saved.value, dataDir)).map(({ title }) => title) : []
}
