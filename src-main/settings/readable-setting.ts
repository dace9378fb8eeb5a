// A value of the settings as a person may see it: no secret is in them, but the user's name in a proxy's address is nobody's.
import { type SettingValue, settingValueSchema } from '../contract/settings-page.ts'

export function readableSetting(value: unknown): SettingValue {
  const plain = settingValueSchema.safeParse(value)
  if (!plain.success) return value === undefined || value === null ? null : JSON.stringify(value).slice(0, 500)
  return typeof plain.data === 'string' ? plain.data.replace(/(\/\/)[^/@]*@/, '$1') : plain.data
}
