// Prefectures and municipalities by their codes (全国地方公共団体コード): the master names a municipality by its code alone.
import { z } from 'zod'
import shipped from './municipalities.json' with { type: 'json' }

const { prefectures } = z
  .object({
    prefectures: z.record(z.string(), z.object({ name: z.string(), municipalities: z.record(z.string(), z.string()) })),
  })
  .parse(shipped)

/** `code`: two digits. null: there is no such one. */
export const prefectureName = (code: string): string | null => prefectures[code]?.name ?? null

/** `code`: five digits, or six with the check digit. null: no municipality that is known. */
export const municipalityName = (code: string): string | null =>
  /^[0-9]{5,6}$/.test(code) ? (prefectures[code.slice(0, 2)]?.municipalities[code.slice(2, 5)] ?? null) : null

/** Every municipality of a prefecture: code of five digits, and name. */
export const municipalitiesOf = (prefecture: string): readonly (readonly [string, string])[] =>
  Object.entries(prefectures[prefecture]?.municipalities ?? {}).map(([code, name]) => [`${prefecture}${code}`, name])
