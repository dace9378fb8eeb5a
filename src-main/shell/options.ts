// What may be typed behind a program's name, as tables: reading it, refusing it and telling it in a help text all come from
// them, so that none of the three can say something else than the others.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { fail, ok, type Result } from '../ground/result.ts'

/** What is there or not. */
export interface Switch {
  readonly about: string
}

/** What has a value; `value` is how the help calls it. Required where the schema takes no `undefined`. */
export interface Valued {
  readonly about: string
  readonly value: string
  readonly schema: z.ZodType
  /** It may be typed several times: its schema is of a list. */
  readonly isMany?: true
}

export type Options = Readonly<Record<string, Switch | Valued>>
/** In the order in which they are typed. */
export type Operands = Readonly<Record<string, Valued>>

export type Given<T extends Options> = {
  readonly [K in keyof T]: T[K] extends { readonly schema: infer S extends z.ZodType } ? z.output<S> : boolean
}

export type Values = Readonly<Record<string, unknown>>

/** `operands`: null where a word that belongs to no option is not even told. Errors: REQUEST_INVALID with what does not fit. */
export function readWords<O extends Options, P extends Operands>(
  words: readonly string[],
  operands: P | null,
  options: O,
): Result<(Given<O> & Given<P>) | 'help'> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      strict: true,
      allowPositionals: operands !== null,
      options: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, formOf(name, option)])),
    })
    if (values.help) return ok('help')
    const names = Object.keys(operands ?? {})
    const [more] = positionals.slice(names.length)
    if (more !== undefined) return fail('REQUEST_INVALID', { field: more })
    const typed = { ...values, ...Object.fromEntries(positionals.map((word, at) => [names[at] ?? '', word])) }
    const shape = Object.entries({ ...operands, ...options }).map(([name, each]) => [
      name,
      'schema' in each ? each.schema : z.boolean().default(false),
    ])
    const parsed = z.object(Object.fromEntries(shape)).safeParse(typed)
    // The shape is that of the tables.
    if (parsed.success) return ok(parsed.data as Given<O> & Given<P>)
    const wrong = String(parsed.error.issues[0]?.path[0])
    return fail('REQUEST_INVALID', { field: operands?.[wrong]?.value ?? `--${wrong}` })
  } catch (error) {
    return fail('REQUEST_INVALID', { field: misread(error) })
  }
}

/** As parseArgs wants it. */
const formOf = (name: string, option: Switch | Valued) => ({
  type: 'value' in option ? ('string' as const) : ('boolean' as const),
  ...('isMany' in option && option.isMany && { multiple: true }),
  ...(name === 'help' && { short: 'h' }),
})

/**
 * The option that parseArgs stumbled over; its own sentence is English, and not for people. A word that belongs to no
 * option is not said again: it may be a PIN.
 */
const misread = (error: unknown): string | undefined =>
  error instanceof Error ? /'(--?[\w-]+)/.exec(error.message)?.[1] : undefined

export const isOptional = (each: Switch | Valued): boolean =>
  !('schema' in each) || each.schema.safeParse(undefined).success

export const typedOption = ([name, option]: readonly [string, Switch | Valued]): string =>
  'value' in option ? `--${name} ${option.value}` : `--${name}`

/** Operands and options as they are typed, each with what it is. */
export const linesOf = (operands: Operands, options: Options): readonly (readonly [string, string])[] => [
  ...Object.values(operands).map(({ value, about }) => [value, about] as const),
  ...Object.entries(options).map((each) => [typedOption(each), each[1].about] as const),
]

/** Both columns of a help text. What is typed is ASCII, so that its length is its width. */
export function inColumns(lines: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...lines.map(([typed]) => typed.length))
  return lines.map(([typed, about]) => `  ${typed.padEnd(width)}  ${about}`)
}
