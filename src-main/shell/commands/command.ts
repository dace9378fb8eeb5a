// One command of clinic IT: a name, its options in a table, and what it does. Reading what was typed, the help and the page
// docs/commands.md come from the table, so that none of them can say something else than the others.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { DoctorOptions } from '../../agent/doctor.ts'
import { nearestOf } from '../../ground/nearest-word.ts'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import type { SettingSources } from '../../settings/layers.ts'
import type { DataOptions } from '../../store/data-folder.ts'
import { commands as text } from '../../words/commands.ts'
import type { CommandName } from '../../words/maintenance.ts'
import { misread } from '../command-line.ts'
import { done, refused, type Said } from '../said.ts'

/** What is there or not. */
interface Switch {
  readonly about: string
}

/** What has a value; `value` is how the help calls it. Required where the schema takes no `undefined`. */
interface Valued {
  readonly about: string
  readonly value: string
  readonly schema: z.ZodType
}

export type Options = Readonly<Record<string, Switch | Valued>>
/** In the order in which they are typed. */
export type Operands = Readonly<Record<string, Valued>>

type Given<T extends Options> = {
  readonly [K in keyof T]: T[K] extends { readonly schema: infer S extends z.ZodType } ? z.output<S> : boolean
}

/** In which program the command was typed. */
export interface World {
  /** What was typed into the command; its standard input when not given. */
  readonly typedIn?: (() => string) | undefined
  /** How commands are called there. */
  readonly typed: CommandName
  /** Whether `--data` may name another folder than the program's own. */
  readonly hasOtherFolders: boolean
  /** The data folder (`--data`, else the usual one) and its key. Errors: REQUEST_INVALID. */
  place(data: string | undefined): Promise<Result<DataOptions>>
  /** Where this computer says more about settings than the data folder. */
  readonly sources: SettingSources
  readonly program: Pick<DoctorOptions, 'entries' | 'startReaderHost' | 'version'>
}

interface Head<O extends Options, P extends Operands> {
  /** As it is typed, of one or two words. */
  readonly name: string
  /** One line. */
  readonly about: string
  /** What else its help says. */
  readonly notes?: readonly string[]
  readonly operands: P
  readonly options: O
}

export interface Command extends Head<Options, Operands> {
  /** Whether it is about a data folder. */
  readonly hasData: boolean
  /** `words`: what was typed behind its name. */
  run(words: readonly string[], world: World): Promise<Said>
}

/** A command that needs no data folder. */
export const command = <O extends Options, P extends Operands>(
  head: Head<O, P> & { run(given: Given<O> & Given<P>, world: World): Promise<Result<Said>> },
): Command => made(head, false, (given, world) => head.run(given as Given<O> & Given<P>, world))

/** A command about what lies in a data folder. */
export const dataCommand = <O extends Options, P extends Operands>(
  head: Head<O, P> & { run(given: Given<O> & Given<P>, place: DataOptions, world: World): Promise<Result<Said>> },
): Command =>
  made(head, true, async ({ data, ...given }, world) => {
    const place = await world.place(z.string().optional().parse(data))
    return place.ok ? head.run(given as Given<O> & Given<P>, place.value, world) : place
  })

type Values = Readonly<Record<string, unknown>>

function made(
  { name, about, notes = [], operands, options }: Head<Options, Operands>,
  hasData: boolean,
  carryOut: (given: Values, world: World) => Promise<Result<Said>>,
): Command {
  const made: Command = {
    ...{ name, about, notes, operands, options, hasData },
    async run(words, world) {
      const table = optionsOf(made, world)
      const read = readWords(words, operands, table)
      if (!read.ok)
        return misunderstood(
          read.error,
          Object.keys(table).map((option) => `--${option}`),
          world,
          name,
        )
      if (read.value === 'help') return done({}, helpOf(made, world))
      const said = await carryOut(read.value, world)
      return said.ok ? said.value : refused(said.error, world.typed)
    },
  }
  return made
}

/** Its own options, and those that all have. */
export const optionsOf = (
  { options, hasData }: Pick<Command, 'options' | 'hasData'>,
  { hasOtherFolders }: Pick<World, 'hasOtherFolders'>,
): Options => ({
  ...options,
  ...(hasData && hasOtherFolders && { data: { about: text.data, value: 'DIR', schema: z.string().min(1).optional() } }),
  json: { about: text.json },
  help: { about: text.help },
})

/** Errors: REQUEST_INVALID with what does not fit. */
function readWords(words: readonly string[], operands: Operands, options: Options): Result<Values | 'help'> {
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

/** What was typed is none of `known`: with the one that may have been meant, and where they are told. */
export function misunderstood(failure: Failure, known: readonly string[], world: World, name = ''): Said {
  const word = failure.detail?.field
  const isKnown = word === undefined || known.includes(word)
  const nearest = isKnown ? null : nearestOf(word, known)
  return refused(failure, world.typed, {
    ...(nearest !== null && { more: { nearest } }),
    lines: [...(nearest === null ? [] : [text.nearest(nearest)]), text.askHelp([world.typed, name].filter(Boolean))],
  })
}

const isOptional = (each: Switch | Valued): boolean => !('schema' in each) || each.schema.safeParse(undefined).success

const typedOption = ([name, option]: readonly [string, Switch | Valued]): string =>
  'value' in option ? `--${name} ${option.value}` : `--${name}`

/** The command with what it cannot do without: `masters import FILE`. */
export function usageOf({ name, operands, options }: Pick<Command, 'name' | 'operands' | 'options'>): string {
  const words = Object.values(operands).map((each) => (isOptional(each) ? `[${each.value}]` : each.value))
  const needed = Object.entries(options).filter(([, option]) => !isOptional(option))
  return [name, ...words, ...needed.map(typedOption)].join(' ')
}

/** Operands and options as they are typed, each with what it is. */
export const linesOf = (operands: Operands, options: Options): readonly (readonly [string, string])[] => [
  ...Object.values(operands).map(({ value, about }) => [value, about] as const),
  ...Object.entries(options).map((each) => [typedOption(each), each[1].about] as const),
]

const helpOf = (command: Command, world: World): readonly string[] => [
  text.usage(world.typed, usageOf(command)),
  '',
  `  ${command.about}`,
  '',
  ...inColumns(linesOf(command.operands, optionsOf(command, world))),
  '',
  ...(command.notes?.length ? [...command.notes, ''] : []),
  text.exitCodes,
]

/** Both columns of a help text. What is typed is ASCII, so that its length is its width. */
export function inColumns(lines: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...lines.map(([typed]) => typed.length))
  return lines.map(([typed, about]) => `  ${typed.padEnd(width)}  ${about}`)
}
