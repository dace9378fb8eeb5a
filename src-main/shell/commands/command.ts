// One command of clinic IT: a name, its options in a table, and what it does. Reading what was typed, the help and the page
// docs/commands.md come from the table, so that none of them can say something else than the others.
import { z } from 'zod'
import type { DoctorOptions } from '../../agent/doctor.ts'
import { nearestOf } from '../../ground/nearest-word.ts'
import { type Failure, fail, type Result } from '../../ground/result.ts'
import type { SettingSources } from '../../settings/layers.ts'
import { siteServerAt } from '../../settings/store-access.ts'
import type { DataOptions } from '../../store/data-folder.ts'
import { commands as text } from '../../words/commands.ts'
import type { CommandName } from '../../words/maintenance.ts'
import {
  type Given,
  inColumns,
  isOptional,
  linesOf,
  type Operands,
  type Options,
  readWords,
  typedOption,
  type Values,
} from '../options.ts'
import { done, refused, type Said } from '../said.ts'

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
  /** It is about the files of a database: where a server has the data, they are for whoever looks after that one. */
  readonly isOfFiles?: boolean
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
    if (!place.ok) return place
    const site = place.value.site ?? (await siteServerAt(place.value.dataDir, world.sources))
    if (site && head.isOfFiles) return fail('STORE_ON_SERVER')
    return head.run(given as Given<O> & Given<P>, { ...place.value, site }, world)
  })

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
      return said.ok ? said.value : refused(said.error, world.typed, { tried: [name, ...words] })
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

/** The command with what it cannot do without: `masters import FILE`. */
export function usageOf({ name, operands, options }: Pick<Command, 'name' | 'operands' | 'options'>): string {
  const words = Object.values(operands).map((each) => (isOptional(each) ? `[${each.value}]` : each.value))
  const needed = Object.entries(options).filter(([, option]) => !isOptional(option))
  return [name, ...words, ...needed.map(typedOption)].join(' ')
}

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
