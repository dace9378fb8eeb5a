// What the schema has against a settings file, each entry by its name with the reason and what would be right there. Nothing
// of what was written goes into it: a value in the wrong place may be a password.
import { z } from 'zod'
import { nearestOf } from '../ground/nearest-word.ts'
import { type SettingFault, type SettingReason, settingReasons, type ValueKind } from '../ground/setting-fault.ts'
import type { SettingPath } from './json-text.ts'
import { choicesOf, inner, namesIn, schemaAt, shapeOf, valueAt } from './schema-walk.ts'

/** A fault before it is known in which file, and where there, it stands. */
export interface FoundFault extends Omit<SettingFault, 'layer' | 'path' | 'line' | 'column'> {
  readonly path: SettingPath
  /** What of it is wrong; for what is not there: what asks for it. */
  readonly stands: { readonly path: SettingPath; readonly what: 'name' | 'value' }
}

type Issue = z.core.$ZodIssue

export function schemaFaults(
  schema: z.core.$ZodType,
  content: unknown,
  issues: readonly Issue[],
): readonly FoundFault[] {
  const found = issues.flatMap((issue) => faultsOf(schema, content, issue, []))
  const all = [...writtenFaults(content), ...found]
  return all.filter((fault, index) => all.findIndex((other) => isSamePath(other.path, fault.path)) === index)
}

const isSamePath = (a: SettingPath, b: SettingPath) => a.length === b.length && a.every((name, at) => name === b[at])

const plainPath = (path: readonly PropertyKey[]): SettingPath =>
  path.map((name) => (typeof name === 'number' ? name : String(name)))

function faultsOf(schema: z.core.$ZodType, content: unknown, issue: Issue, above: SettingPath): readonly FoundFault[] {
  const path = [...above, ...plainPath(issue.path)]
  const isThere = valueAt(content, path) !== undefined
  const known = schemaAt(schema, content, path)
  const about = known ? z.globalRegistry.get(known)?.description : undefined
  const fault = (reason: SettingReason, more: Partial<FoundFault> = {}): readonly FoundFault[] => [
    { path, stands: { path, what: 'value' }, reason, ...(about && { about }), ...more },
  ]
  if (!isThere && issue.code !== 'unrecognized_keys' && issue.code !== 'custom') {
    return fault('missing', { ...listOf(choicesOf(known)), stands: { path, what: 'name' } })
  }
  switch (issue.code) {
    case 'invalid_type':
      if (isSecretItself(path, issue.expected, valueAt(content, path))) {
        return [{ path, stands: { path, what: 'name' }, reason: 'secret', meant: `${path.at(-1)}File` }]
      }
      return fault(...typeReason(issue.expected, valueAt(content, path)))
    case 'invalid_value':
      return fault('choice', choiceAmong(issue.values.map(String), valueAt(content, path)))
    case 'invalid_union':
      if (issue.discriminator !== undefined || issue.errors.length === 0) {
        // What is said there is said of one of them.
        const choices = 'options' in issue ? (issue.options ?? []).map(String) : []
        return fault('choice', { ...choiceAmong(choices, valueAt(content, path)), about: undefined })
      }
      return nearestOption(issue.errors).flatMap((inner) => faultsOf(schema, content, inner, path))
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(schema, content, path, key))
    case 'invalid_key':
      return fault('form', { stands: { path, what: 'name' } })
    case 'too_small':
    case 'too_big':
      return fault(...sizeReason(issue, known))
    case 'invalid_format':
      return fault(...formatReason(issue, path, valueAt(content, path)))
    case 'custom':
      return fault(...customReason(issue, path))
    default:
      return fault('form')
  }
}

const kindOf: Readonly<Record<string, ValueKind>> = {
  string: 'text',
  number: 'number',
  int: 'number',
  boolean: 'flag',
  array: 'list',
  object: 'object',
  record: 'object',
}

function typeReason(expected: string, value: unknown): [SettingReason, Partial<FoundFault>] {
  const kind = kindOf[expected] ?? 'text'
  const plain = typeof value === 'string' ? value.trim() : ''
  const isQuoted = kind === 'number' ? /^-?\d+$/.test(plain) : kind === 'flag' && /^(true|false)$/i.test(plain)
  return [isQuoted ? 'inQuotes' : 'type', { kind }]
}

function choiceAmong(choices: readonly string[], value: unknown): Partial<FoundFault> {
  const meant = typeof value === 'string' ? nearestOf(value.trim(), choices) : null
  return { choices: [...choices], ...(meant !== null && { meant }) }
}

const listOf = (choices: readonly string[]): Partial<FoundFault> =>
  choices.length > 0 ? { choices: [...choices] } : {}

/** Of several shapes the one that was probably meant: that with the least against it. */
function nearestOption(errors: readonly (readonly Issue[])[]): readonly Issue[] {
  const weight = (issues: readonly Issue[]) =>
    issues.reduce((sum, { code }) => sum + (code === 'invalid_value' ? 1.5 : 1), 0)
  return [...errors].sort((a, b) => weight(a) - weight(b))[0] ?? []
}

const looksSecret = /pass(word|phrase|wd)|secret|^pin$|privatekey/i

/** Written where only what it is called may stand. */
const isSecretItself = (path: SettingPath, expected: string, value: unknown): boolean =>
  expected === 'object' && typeof value === 'string' && looksSecret.test(String(path.at(-1)))

function unknownKey(schema: z.core.$ZodType, content: unknown, inside: SettingPath, key: string): FoundFault {
  const path = [...inside, key]
  const stands = { path, what: 'name' } as const
  const choices = namesIn(schemaAt(schema, content, inside), valueAt(content, inside)).filter(
    (name) => name !== '$schema',
  )
  const meant = nearestOf(key, choices)
  if (looksSecret.test(key) && meant === null) {
    const file = choices.find((name) => looksSecret.test(name) && name.endsWith('File'))
    return { path, stands, reason: 'secret', ...(file && { meant: file }) }
  }
  const elsewhere = meant === null && inside.length === 0 ? placeOfName(schema, key) : null
  const near = meant ?? elsewhere
  return { path, stands, reason: 'unknown', choices, ...(near !== null && { meant: near }) }
}

/** A name that stands one step deeper. */
function placeOfName(schema: z.core.$ZodType, key: string): string | null {
  const within = Object.entries(shapeOf(schema)).find(([, each]) => Object.hasOwn(shapeOf(each), key))
  return within ? `${within[0]}.${key}` : null
}

type SizeIssue = Extract<Issue, { code: 'too_small' | 'too_big' }>

function sizeReason(issue: SizeIssue, known: z.core.$ZodType | null): [SettingReason, Partial<FoundFault>] {
  const own = known && inner(known)
  const limit = issue.code === 'too_small' ? { min: Number(issue.minimum) } : { max: Number(issue.maximum) }
  const [min, max] =
    own instanceof z.ZodNumber
      ? [own.minValue, own.maxValue]
      : own instanceof z.ZodString
        ? [own.minLength, own.maxLength]
        : [null, null]
  const range = { ...limit, ...(min != null && { min }), ...(max != null && { max }) }
  if (issue.origin === 'number' || issue.origin === 'int') return ['range', range]
  return ['length', { ...range, kind: issue.origin === 'string' ? 'text' : 'list' }]
}

const isOfPath = (path: SettingPath): boolean =>
  /(file|folders?)$/i.test(path.filter((name) => typeof name === 'string').at(-1) ?? '')

function formatReason(
  issue: Extract<Issue, { code: 'invalid_format' }>,
  path: SettingPath,
  value: unknown,
): [SettingReason, Partial<FoundFault>] {
  if (issue.format === 'url') {
    const isOther = typeof value === 'string' && URL.canParse(value) && /^https?:\/\//i.test(value)
    return [isOther && path.at(-1) === 'url' ? 'https' : 'address', {}]
  }
  // What the schema refuses there is a line break or tab: two letters of a folder behind a single \ .
  const hasControl = typeof value === 'string' && /\p{Cc}/u.test(value)
  if (hasControl) return [isOfPath(path) ? 'backslash' : 'control', {}]
  return ['form', {}]
}

const reasonSchema = z.object({
  reason: z.enum(settingReasons),
  at: z.array(z.union([z.string(), z.number()])).optional(),
  meant: z.string().optional(),
})

/** The schema's own rules say what they are about; `at`: the entry that asks for it. */
function customReason(
  issue: Extract<Issue, { code: 'custom' }>,
  path: SettingPath,
): [SettingReason, Partial<FoundFault>] {
  const told = reasonSchema.safeParse(issue.params).data
  const reason = told?.reason ?? 'form'
  const { at = path, meant } = told ?? {}
  return [reason, { stands: { path: at, what: 'value' }, ...(meant !== undefined && { meant }) }]
}

/** What no schema sees: keys and passwords themselves, wherever they were written, and ways that are read in two ways. */
function writtenFaults(content: unknown, path: SettingPath = []): readonly FoundFault[] {
  if (typeof content === 'string') {
    const reason = isSecretValue(content) ? 'secret' : isOfPath(path) && isDoubtful(content) ? 'path' : null
    return reason === null ? [] : [{ path, stands: { path, what: 'value' }, reason }]
  }
  if (Array.isArray(content)) return content.flatMap((each, index) => writtenFaults(each, [...path, index]))
  const held = z.record(z.string(), z.unknown()).safeParse(content).data ?? {}
  return Object.entries(held).flatMap(([name, each]) => writtenFaults(each, [...path, name]))
}

/**
 * Another program or person would read it otherwise than we do: from a drive's own current folder or its root, out of the data
 * folder, from a home or a variable that only a shell knows, or as a link.
 */
const isDoubtful = (way: string): boolean =>
  !/\p{Cc}/u.test(way) && /^(?:[A-Za-z]:(?![\\/])|\\(?!\\)|~|\.\.(?:[\\/]|$)|file:)|%\w+%|\$\{?\w/i.test(way)

const isSecretValue = (text: string): boolean =>
  text.includes('-----BEGIN') || (/^\w+:\/\/[^/]*@/.test(text) && URL.canParse(text) && new URL(text).password !== '')
