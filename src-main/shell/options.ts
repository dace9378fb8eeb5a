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
}

export type Options = Readonly<Record<string, Switch | Valued>>
/** In the order in which they are typed. */
export type Operands = Readonly<Record<string, Valued>>

export type Given<T extends Options> = {
  readonly [K in keyof T]: T[K] extends { readonly schema: infer S extends z.ZodType } ? z.output<S> : boolean
}

export type Values = Readonly<Record<string, unknown>>

/** Errors: REQUEST_INVALID with what does not fit. */
export function readWords(words: readonly string[], operands: Operands, options: Options): Result<Values | 'help'> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      strict: true,
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, option]) => [
          name,
          { type: 'value' in option ? 'string' : 'boolean', ...(name === 'help' && { short: 'h' }) },
        ]),
      ),
    })
    if (values.help) return ok('help')
    const names = Object.keys(operands)
    const [more] = positionals.slice(names.length)
    if (more !== undefined) return fail('REQUEST_INVALID', { field: more })
    const typed = { ...values, ...Object.fromEntries(positionals.map((word, at) => [names[at] ?? '', word])) }
    const shape = Object.entries({ ...operands, ...options }).map(([name, each]) => [
      name,
      'schema' in each ? each.schema : z.boolean().default(false),
    ])
    const parsed = z.object(Object.fromEntries(shape)).safeParse(typed)
    if (parsed.success) return ok(parsed.data)
    const wrong = String(parsed.error.issues[0]?.path[0])
    return fail('REQUEST_INVALID', { field: operands[wrong]?.value ?? `--${wrong}` })
  } catch (error) {
    return fail('REQUEST_INVALID', { field: misread(error) })
  }
}

/**
 * The option that parseArgs stumbled over; its own sentence is English, and not for people. A word that belongs to no
 * option is not said again: it may be a PIN.
 */
export const misread = (error: unknown): string | undefined =>
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
