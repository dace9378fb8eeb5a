// The page of the settings: what each says now, from where, and who changes it. Its fields come from the one schema of
// settings.json; nothing of a secret is in it, only where its file lies.
import { z } from 'zod'

/** The name of a field in settings.json, with that of what it stands in: `pinEntry.side`. */
export const settingPathSchema = z.string().regex(/^[A-Za-z]{1,40}(?:\.[A-Za-z]{1,40})?$/)

/** What a form sends; whether it fits, the schema of the settings says. */
export const settingValueSchema = z.union([
  z.string().max(500),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(200)).max(200),
])
export type SettingValue = z.infer<typeof settingValueSchema>

const formSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choice'), options: z.array(z.string()) }),
  z.object({ kind: z.literal('flag') }),
  z.object({ kind: z.literal('number'), min: z.number(), max: z.number() }),
  z.object({ kind: z.literal('text'), mayBeNone: z.boolean() }),
  /** One on each line. */
  z.object({ kind: z.literal('lines'), most: z.number() }),
])
export type SettingForm = z.infer<typeof formSchema>

const fieldSchema = z.object({
  path: settingPathSchema,
  /** What it stands in; null: it stands by itself. */
  group: z.string().nullable(),
  title: z.string(),
  description: z.string(),
  /** null: nothing is set. */
  value: settingValueSchema,
  from: z.enum(['commandLine', 'environment', 'site', 'computer', 'default']),
  /** How it is changed on this page; null: elsewhere. */
  change: z.object({ form: formSchema, since: z.enum(['now', 'nextStart']) }).nullable(),
  /** Where else on the screen; null: by an administrator, in an editor. */
  place: z.enum(['destinations', 'reader', 'bookings', 'names', 'papers', 'signals']).nullable(),
  /** What stood there before the last change on the screen; undefined: it was never changed there. */
  before: settingValueSchema.optional(),
  /** What is saved differs from what runs. */
  isForNextStart: z.boolean(),
})
export type SettingField = z.infer<typeof fieldSchema>

export const settingsPageSchema = z.object({
  /** Where settings.json lies. */
  file: z.string(),
  fields: z.array(fieldSchema),
})
export type SettingsPageView = z.infer<typeof settingsPageSchema>
