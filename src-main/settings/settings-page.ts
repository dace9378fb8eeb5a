// The page on which the clinic sees what is set and changes what it may: each change is checked as the next start checks it,
// noted with old and new, and can be taken back here as long as the trail knows what stood there before.
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Part } from '../contract/part.ts'
import type { SettingField, SettingsPageView, SettingValue } from '../contract/settings-page.ts'
import { fail, ok, Refusal, type Result } from '../ground/result.ts'
import type { Audit } from '../store/audit.ts'
import { type FieldOfSchema, settingFields } from './fields.ts'
import { readableSetting } from './readable-setting.ts'
import { checkSettings, type FileSettings } from './schema.ts'
import type { ScreenSettings } from './screen-settings.ts'
import { lastGood, readSaved, type Settings } from './settings.ts'
import { settingsFile } from './settings-file.ts'

export interface SettingsPagePorts {
  readonly dataDir: string
  readonly settings: Pick<Settings, 'sources'>
  readonly store: Pick<Audit, 'settingChanges'>
  readonly screenSettings: Pick<ScreenSettings, 'changeFile'>
}

const recordSchema = z.record(z.string(), z.unknown())

/** What stands at a place; undefined: nothing. */
function at(content: unknown, [name, part]: FieldOfSchema['names']): unknown {
  const held = recordSchema.safeParse(content).data?.[name]
  return part === undefined ? held : recordSchema.safeParse(held).data?.[part]
}

/** The whole of it with another value at a place; undefined takes away what stands there. */
function put(content: Readonly<Record<string, unknown>>, [name, part]: FieldOfSchema['names'], value: unknown) {
  if (part === undefined) return { [name]: value }
  const { [part]: _before, ...rest } = recordSchema.safeParse(content[name]).data ?? {}
  return { [name]: value === undefined ? rest : { ...rest, [part]: value } }
}

export function createSettingsPage({ dataDir, settings: { sources }, store, screenSettings }: SettingsPagePorts) {
  let view: SettingsPageView = { file: settingsFile(dataDir), fields: [] }
  /** What this desk started with. */
  let running: FileSettings | null = null

  const open = async (): Promise<Result<void>> => {
    const layers = await readSaved(dataDir, sources)
    if (!layers.ok) return layers
    const saved = checkSettings(layers.value.content, layers.value.place)
    if (!saved.ok) return saved
    running ??= (await lastGood(dataDir)) ?? saved.value
    const before = running
    const changes = await earlier(store)
    const fields = settingFields.map((field): SettingField => {
      const { names, since, mayBeNull: _mayBeNull, ...shown } = field
      const value = at(saved.value, names)
      const earlier = changes.find(
        (change) => change.setting === names[0] && !isDeepStrictEqual(within(change.before, names), value),
      )
      const from = layers.value.from(names) ?? 'default'
      return {
        ...shown,
        // What stands above the file is not changed by changing the file.
        change: isAbove(from) ? null : shown.change,
        value: readableSetting(value),
        from,
        ...(earlier && shown.change && { before: readableSetting(within(earlier.before, names)) }),
        isForNextStart: since === 'nextStart' && !isDeepStrictEqual(at(before, names), value),
      }
    })
    view = { file: settingsFile(dataDir), fields }
    return ok(undefined)
  }

  const change = async (path: string, value: SettingValue): Promise<Result<void>> => {
    const field = settingFields.find((each) => each.path === path)
    if (!field?.change) return fail('REQUEST_INVALID', { field: 'path' })
    // Its default again.
    const wanted = value === null && !field.mayBeNull ? undefined : value
    const changed = await screenSettings.changeFile((content) => put(content, field.names, wanted))
    return changed.ok ? open() : changed
  }

  return {
    calls: { changeSetting: ({ path, value }) => change(path, value) },
    pages: { settings: { open, view: async () => ({ name: 'settings', ...view }) } },
  } satisfies Part
}

/**
 * Where the trail cannot be read now, nothing is offered to be taken back: what is set is this computer's own, and can be seen and
 * changed all the same, also while a desk is without its server.
 */
async function earlier(store: SettingsPagePorts['store']): ReturnType<Audit['settingChanges']> {
  try {
    return await store.settingChanges()
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

const isAbove = (from: SettingField['from']) => from === 'commandLine' || from === 'environment'

/** A change names the setting as a whole. */
const within = (whole: unknown, [, part]: FieldOfSchema['names']): unknown =>
  part === undefined ? whole : recordSchema.safeParse(whole).data?.[part]
