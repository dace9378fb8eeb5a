// A value of the settings as a person may see it: no secret is in them, but the user's name in a proxy's address is nobody's.
import { z } from 'zod'
import { type SettingValue, settingValueSchema } from '../contract/settings-page.ts'

export function readableSetting(value: unknown): SettingValue {
  const plain = settingValueSchema.safeParse(value)
  if (!plain.success) return value === undefined || value === null ? null : JSON.stringify(value).slice(0, 500)
  return typeof plain.data === 'string' ? plain.data.replace(/(\/\/)[^/@]*@/, '$1') : plain.data
}

interface ReadablePart {
  /** `destinations[0].folder`; what is no plain name stands in quotation marks: `substitutions["𠮷"]`. */
  readonly path: string
  readonly value: SettingValue
}

const recordSchema = z.record(z.string(), z.unknown())

/** The same with all that stands in it, each by its own name; what is plain, a list of what is plain, or empty is one. */
export function readableParts(path: string, value: unknown): readonly ReadablePart[] {
  if (settingValueSchema.safeParse(value).success) return [{ path, value: readableSetting(value) }]
  if (Array.isArray(value)) return value.flatMap((each, at) => readableParts(`${path}[${at}]`, each))
  const held = Object.entries(recordSchema.safeParse(value).data ?? {})
  if (held.length === 0) return [{ path, value: null }]
  return held.flatMap(([name, each]) =>
    readableParts(`${path}${/^[A-Za-z$]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}`, each),
  )
}
