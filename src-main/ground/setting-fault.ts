// Why an entry of the settings does not count, and where it stands: a closed list, because each reason has its own sentence
// (words/setting-faults.ts) wherever it is read: by `madoguchi settings check`, at the start, on the screen, in the log.
import { z } from 'zod'
import type { Failure } from './result.ts'

export const settingReasons = [
  // The text is no JSON.
  'unreadable',
  'notFile',
  'encoding',
  'empty',
  'comment',
  'extraComma',
  'commaMissing',
  'colonMissing',
  'valueMissing',
  'fullWidth',
  'singleQuote',
  'unquoted',
  'number',
  'control',
  'backslash',
  'quoteOpen',
  'bracketOpen',
  'bracketExtra',
  'behindEnd',
  'syntax',
  'tooDeep',
  // It is JSON, and not what the settings know.
  'twice',
  'unknown',
  'type',
  'inQuotes',
  'choice',
  'range',
  'length',
  'form',
  'address',
  'https',
  'origin',
  'publicHttp',
  'path',
  'missing',
  'secret',
  'oneOfTwo',
  // Each is right by itself, and not beside the others.
  'neededLive',
  'neverLive',
  'sameName',
  'sameFolder',
  'sameReader',
  // What only a look at the place itself can tell.
  'notFolder',
  'gone',
  'notAdministrators',
  'elsewhere',
] as const
export type SettingReason = (typeof settingReasons)[number]

/** From the strongest to the weakest: what the command line says counts before what the environment says, and so on. */
export const settingLayers = ['commandLine', 'environment', 'site', 'computer'] as const
export type SettingLayer = (typeof settingLayers)[number]

/** What a value has to be, where it is of another kind. */
const valueKinds = ['text', 'number', 'flag', 'list', 'object'] as const
export type ValueKind = (typeof valueKinds)[number]

const settingFaultSchema = z.object({
  layer: z.enum(settingLayers),
  /** Its name, with those of what it stands in: `destinations.0.folder`; empty: the whole. */
  path: z.string(),
  /** Counted from 1, the column in characters; not given where it does not come from a file. */
  line: z.int().min(1).optional(),
  column: z.int().min(1).optional(),
  reason: z.enum(settingReasons),
  /** What would be right there. */
  choices: z.array(z.string()).readonly().optional(),
  /** The one of them that was probably meant. */
  meant: z.string().optional(),
  kind: z.enum(valueKinds).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** What the entry is for, as the schema says it. */
  about: z.string().optional(),
})
/** Names of the settings only, never what was written: a value may be a password in the wrong place. */
export type SettingFault = z.infer<typeof settingFaultSchema>

/** More than these are not told at once. */
export const mostFaults = 50

/** What a failure brings of them; none where it is another one. */
export const faultsIn = ({ detail }: Failure): readonly SettingFault[] =>
  z.array(settingFaultSchema).safeParse(detail?.faults).data ?? []
