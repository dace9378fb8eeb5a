// settings.json as its schema sees it: each setting that the schema knows, with a switch, a number or one of the schema's own
// words as it stands, and of any other text only what kind it is. So a setting that is added needs nothing here, and what nobody
// knows cannot be told. It is read as it lies there, because the file that cannot be used is the one that is asked about.
import { z } from 'zod'
import type { SettingOutline, SettingValue } from '../contract/support-bundle.ts'
import { fileSchema } from '../settings/schema.ts'
import { folderKind, hostKind } from './kinds.ts'

interface Shape {
  readonly type?: string | undefined
  readonly const?: unknown
  readonly enum?: readonly unknown[] | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly properties?: Readonly<Record<string, Shape>> | undefined
  readonly items?: Shape | undefined
  readonly anyOf?: readonly Shape[] | undefined
  readonly oneOf?: readonly Shape[] | undefined
}

const shapeSchema: z.ZodType<Shape> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    properties: z.record(z.string(), shapeSchema).optional(),
    items: shapeSchema.optional(),
    anyOf: z.array(shapeSchema).optional(),
    oneOf: z.array(shapeSchema).optional(),
  }),
)

const whole = shapeSchema.parse(z.toJSONSchema(fileSchema, { target: 'draft-7', io: 'input' }))

const record = z.record(z.string(), z.unknown())

export interface SettingsOutline {
  readonly known: readonly SettingOutline[]
  readonly unknown: number
}

/** `content`: of settings.json. */
export function outlineOf(content: unknown): SettingsOutline {
  const known: SettingOutline[] = []
  let unknown = 0
  const say = (path: string, value: SettingValue) => known.push({ path, value })

  const look = (value: unknown, shape: Shape, path: string): void => {
    const ways = waysOf(shape)
    if (Array.isArray(value)) {
      const [list] = ways.filter(({ type }) => type === 'array')
      say(path, list ? { entries: Math.min(value.length, 999) } : 'odd')
      // A list of lists is none of ours, nor is one without an end.
      for (const [index, each] of value.slice(0, 99).entries())
        if (list?.items) look(each, list.items, `${path}.${index}`)
    } else if (typeof value === 'object' && value !== null) {
      const properties = propertiesOf(ways)
      const entries = Object.entries(record.parse(value))
      // What is named by the clinic itself (characters, papers) is counted.
      if (properties.size === 0)
        return void say(path, ways.some(isOpen) ? { entries: Math.min(entries.length, 999) } : 'odd')
      for (const [name, each] of entries) {
        const inner = properties.get(name)
        if (inner && /^[A-Za-z]+$/.test(name)) look(each, inner, path === '' ? name : `${path}.${name}`)
        else if (name !== '$schema') unknown++
      }
    } else say(path, settingOf(value, ways, path))
  }

  if (typeof content === 'object' && content !== null && !Array.isArray(content)) look(content, whole, '')
  return { known, unknown }
}

/** Of all ways in which an object may be meant: a format of a destination has settings that another one has not. */
function propertiesOf(ways: readonly Shape[]): ReadonlyMap<string, Shape> {
  const properties = new Map<string, Shape>()
  for (const [name, shape] of ways.flatMap((way) => Object.entries(way.properties ?? {}))) {
    const before = properties.get(name)
    properties.set(name, before ? { anyOf: [before, shape] } : shape)
  }
  return properties
}

const isOpen = ({ type }: Shape): boolean => type === 'object'

const waysOf = (shape: Shape): readonly Shape[] => {
  const others = shape.anyOf ?? shape.oneOf
  return others ? others.flatMap(waysOf) : [shape]
}

function settingOf(value: unknown, ways: readonly Shape[], path: string): SettingValue {
  if (value === null) return 'none'
  const words = ways.flatMap((way) => [...(way.enum ?? []), ...('const' in way ? [way.const] : [])])
  if (words.includes(value)) return typeof value === 'boolean' ? value : { word: String(value) }
  // Where there are words to choose among, no other text will do.
  const open = ways.filter((way) => way.enum === undefined && way.const === undefined)
  const way = open.find(({ type }) => (type === 'integer' ? 'number' : type) === typeof value)
  if (!way) return 'odd'
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') {
    const isWithin = value >= (way.minimum ?? 0) && value <= (way.maximum ?? 999)
    if (!isWithin) return 'odd'
    // Three digits are nobody's number.
    return value <= 999 ? value : 'set'
  }
  return typeof value === 'string' ? textOf(value, path) : 'odd'
}

function textOf(text: string, path: string): SettingValue {
  const url = /^https?:/.test(text) ? URL.parse(text) : null
  if (url) return { host: hostKind(url.hostname) }
  // By the names that settings have for what leads to a place.
  return /(?:file|folder)s?(?:\.\d+)?$/i.test(path) ? { folder: folderKind(text) } : 'set'
}

/** Every path that a setting may have, with `0` for the places of a list: what a failure may name. */
export const settingPaths: ReadonlySet<string> = new Set(pathsOf(whole, ''))

function pathsOf(shape: Shape, path: string): readonly string[] {
  return waysOf(shape).flatMap((way) => [
    ...(way.items ? [`${path}.0`, ...pathsOf(way.items, `${path}.0`)] : []),
    ...Object.entries(way.properties ?? {}).flatMap(([name, inner]) => {
      const here = path === '' ? name : `${path}.${name}`
      return [here, ...pathsOf(inner, here)]
    }),
  ])
}
