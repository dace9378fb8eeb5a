// The fields of settings.json as a page shows them, read off the one schema: name, sentence, and the form that a field of its
// kind takes. A new setting is on the page without another word.
import { z } from 'zod'
import type { SettingField, SettingForm } from '../contract/settings-page.ts'
import { fileSchema, onScreen } from './schema.ts'
import { inner, shapeOf } from './schema-walk.ts'

export interface FieldOfSchema
  extends Pick<SettingField, 'path' | 'group' | 'title' | 'description' | 'change' | 'place'> {
  /** Its name in settings.json, and within what stands there. */
  readonly names: readonly [string] | readonly [string, string]
  /** `null` is one of its values; of any other field it says that nothing is set. */
  readonly mayBeNull: boolean
  /** From when another value in the file counts. */
  readonly since: 'now' | 'nextStart'
}

/** What is changed on another page. */
const places: Readonly<Record<string, SettingField['place']>> = {
  destinations: 'destinations',
  chosenReader: 'reader',
  bookingColumns: 'bookings',
  substitutions: 'names',
  papers: 'papers',
  signals: 'signals',
}

/** What a running desk takes from the file as soon as that has changed. */
const atOnce: readonly string[] = [
  'destinations',
  'allowed',
  'chosenReader',
  'bookingColumns',
  'papers',
  'signals',
  'hideScreenAfterMin',
  'substitutions',
  'clinic',
  'retentionDays',
]

/** What only an editor needs. */
const isForEditor = (name: string) => name === '$schema'

function formOf(schema: z.core.$ZodType): SettingForm | null {
  const known = inner(schema)
  if (known instanceof z.ZodEnum) return { kind: 'choice', options: known.options.map(String) }
  if (known instanceof z.ZodBoolean) return { kind: 'flag' }
  if (known instanceof z.ZodNumber) return { kind: 'number', min: known.minValue ?? 0, max: known.maxValue ?? 0 }
  if (known instanceof z.ZodString) return { kind: 'text', mayBeNone: z.safeParse(schema, null).success }
  if (known instanceof z.ZodArray) return { kind: 'lines', most: 200 }
  return null
}

/** Sentences that say what a word of the file means: the page has its own for it. */
const wordOfFile = /[^。]*[a-z] (?:は|のみ)[^。]*。/g

function fieldOf(names: FieldOfSchema['names'], schema: z.core.$ZodType, group: string | null): FieldOfSchema {
  const { title = names.join('.'), description = '' } = z.globalRegistry.get(schema) ?? {}
  const allowed = onScreen.has(schema)
  const form = allowed ? formOf(schema) : null
  return {
    names,
    mayBeNull: z.safeParse(schema, null).success,
    since: atOnce.includes(names[0]) ? 'now' : 'nextStart',
    path: names.join('.'),
    group,
    title,
    description: description.replaceAll(wordOfFile, ''),
    change: allowed && form ? { form, since: atOnce.includes(names[0]) ? 'now' : 'nextStart' } : null,
    place: places[names[0]] ?? null,
  }
}

/** In the order of the schema. */
export const settingFields: readonly FieldOfSchema[] = Object.entries(fileSchema.shape).flatMap(([name, schema]) => {
  if (isForEditor(name)) return []
  const within = Object.entries(shapeOf(schema))
  if (within.length === 0 || places[name]) return [fieldOf([name], schema, null)]
  const { title = name } = z.globalRegistry.get(schema) ?? {}
  return within.map(([part, each]) => fieldOf([name, part], each, title))
})
