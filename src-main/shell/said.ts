// What a command says in return: one object for scripts, lines for people, and whether a person has to act.
import type { Failure } from '../ground/result.ts'
import { faultsIn } from '../ground/setting-fault.ts'
import { commands } from '../words/commands.ts'
import { referenceText } from '../words/failures.ts'
import { type CommandName, maintenance as text } from '../words/maintenance.ts'
import { faultText } from '../words/setting-faults.ts'
import { describeFailure } from './one-check-in.ts'

export interface Said {
  /** Whether a person has to act. */
  readonly isRefused: boolean
  /** For scripts. */
  readonly answer: object
  /** For people. */
  readonly lines: readonly string[]
}

/** `answer`: what scripts get besides that it went well. */
export const done = (answer: object, lines: readonly string[]): Said => ({
  isRefused: false,
  answer: { ok: true, ...answer },
  lines,
})

/** `more`: what else scripts get; `lines`: what is said between the sentences and the ways out; `tried`: the command that was refused. */
export function refused(
  failure: Failure,
  typed: CommandName,
  {
    more = {},
    lines = [],
    tried,
  }: { readonly more?: object; readonly lines?: readonly string[]; readonly tried?: readonly string[] } = {},
): Said {
  const error = describeFailure(failure)
  const number = failure.detail?.reference
  const ways = text.ways(failure.code, typed, tried)
  const last = number === undefined ? `(${error.code})` : `(${error.code}) ${referenceText(number)}`
  const others = faultsIn(failure).slice(1).map(faultText)
  const said = [error.message, error.next, ...others, ...lines, ...ways, last]
  return { isRefused: true, answer: { ok: false, error, ...more }, lines: said }
}

/** A file that was named, and why it cannot be one. */
export const refusedFile = (file: string, why: keyof typeof commands.files, typed: CommandName): Said =>
  refused({ code: 'REQUEST_INVALID', detail: { field: file } }, typed, { more: { why }, lines: [commands.files[why]] })

/** A start that was refused, in lines: with the commands that help where the stored data are the reason. */
export const refusedStart = (failure: Failure, typed: CommandName): readonly string[] =>
  refused(failure, typed, { lines: text.look(failure.code, typed) }).lines
