// The schema of the settings as a map: what may stand at a place, by which names, and with which choices.
import { z } from 'zod'
import type { SettingPath } from './json-text.ts'

/** Not what every object has: `constructor` may be typed, too. */
const ownOf = <T>(held: Readonly<Record<string, T>>, name: string | number): T | undefined =>
  Object.hasOwn(held, name) ? held[name] : undefined

export function valueAt(content: unknown, [name, ...within]: SettingPath): unknown {
  if (name === undefined) return content
  const held = Array.isArray(content)
    ? content[Number(name)]
    : ownOf(z.record(z.string(), z.unknown()).safeParse(content).data ?? {}, name)
  return valueAt(held, within)
}

/** Without what may be left out, and its default. */
export function inner(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  return isWrapped ? inner(schema.unwrap()) : schema
}

/** The fields within a field; none where it holds a value, or a list. */
export function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const known = inner(schema)
  if (known instanceof z.ZodObject) return known.shape
  if (!(known instanceof z.ZodUnion)) return {}
  return Object.assign({}, ...known.options.map(shapeOf))
}

/** What may stand at a place, with what is said of it; null: nothing is known there. */
export function schemaAt(schema: z.core.$ZodType, content: unknown, path: SettingPath): z.core.$ZodType | null {
  const [name, ...within] = path
  if (name === undefined) return schema
  const known = optionFor(inner(schema), content)
  const next =
    known instanceof z.ZodArray
      ? known.element
      : known instanceof z.ZodRecord
        ? known.valueType
        : ownOf(shapeOf(known), name)
  return next ? schemaAt(next, valueAt(content, [name]), within) : null
}

/** Of several shapes the one that this content comes nearest to. */
function optionFor(schema: z.core.$ZodType, content: unknown): z.core.$ZodType {
  if (!(schema instanceof z.ZodUnion)) return schema
  const options: readonly z.core.$ZodType[] = schema.options
  const weighed = options.map((option) => ({ option, against: againstIt(option, content) }))
  return weighed.sort((a, b) => a.against - b.against)[0]?.option ?? schema
}

const againstIt = (option: z.core.$ZodType, content: unknown): number => {
  const issues = z.safeParse(option, content).error?.issues ?? []
  return issues.reduce((sum, { code }) => sum + (code === 'invalid_value' ? 10 : 1), 0)
}

/** The names that may stand in what stands there. */
export function namesIn(schema: z.core.$ZodType | null, content: unknown): readonly string[] {
  const known = schema && optionFor(inner(schema), content)
  if (known instanceof z.ZodRecord) return choicesOf(known.keyType)
  return known ? Object.keys(shapeOf(known)) : []
}

export function choicesOf(schema: z.core.$ZodType | null): readonly string[] {
  const known = schema && inner(schema)
  return known instanceof z.ZodEnum ? known.options.map(String) : []
}
