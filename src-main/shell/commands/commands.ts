// Every command of clinic IT, in the order of its help, and how what was typed finds its own. Both programs have the same.
import { actingByCommand } from '../../ground/acting.ts'
import { stackOf } from '../../ground/log.ts'
import { failureOf } from '../../ground/result.ts'
import { commands as text } from '../../words/commands.ts'
import { inColumns } from '../options.ts'
import { done, refused, type Said } from '../said.ts'
import { auditExport, auditList } from './audit-read.ts'
import { auditVerify } from './audit-verify.ts'
import { type Command, misunderstood, usageOf, type World } from './command.ts'
import { doctor } from './doctor.ts'
import { dosesCheck } from './doses-check.ts'
import { keyRotate, keySheet, storeJoin } from './keys.ts'
import { acceptLossCommand, backup, check, restore } from './maintenance.ts'
import { mastersImport, mastersLookup, mastersSample } from './masters.ts'
import { settingsCheck, settingsExport, settingsImport, settingsShow } from './settings.ts'
import { staffAdd, staffListed, staffLock, staffReset, staffUnlock } from './staff.ts'
import { storeMove } from './store-move.ts'
import { logFind, supportBundle } from './support-bundle.ts'
import { wipe } from './wipe.ts'

export const commands: readonly Command[] = [
  doctor,
  settingsCheck,
  settingsShow,
  settingsExport,
  settingsImport,
  check,
  backup,
  restore,
  acceptLossCommand,
  wipe,
  keyRotate,
  keySheet,
  storeJoin,
  storeMove,
  auditVerify,
  auditList,
  auditExport,
  mastersImport,
  mastersLookup,
  mastersSample,
  dosesCheck,
  supportBundle,
  logFind,
  staffAdd,
  staffListed,
  staffLock,
  staffUnlock,
  staffReset,
]

/** Whether a program was started for a command: its first word is one, or asks for the help. */
export const isCommand = ([first]: readonly string[]): boolean =>
  first !== undefined && (!first.startsWith('-') || asksForHelp(first) || first === versionWord)

const versionWord = '--version'
const asksForHelp = (word: string): boolean => ['help', '--help', '-h'].includes(word)

/** What is said in return, with the exit code (0: done; 2: a person has to act; 1: a bug), and where a bug was met. */
export async function carryOut(
  typed: readonly string[],
  world: World,
): Promise<{ readonly said: Said; readonly exitCode: 0 | 1 | 2; readonly fault: readonly string[] | null }> {
  try {
    const said = await actingByCommand(() => answerTo(nameFirst(typed), world))
    return { said, exitCode: said.isRefused ? 2 : 0, fault: null }
  } catch (error) {
    const failure = failureOf(error)
    const isBug = failure.code === 'AGENT_FAULT'
    return { said: refused(failure, world.typed), exitCode: isBug ? 1 : 2, fault: isBug ? stackOf(error) : null }
  }
}

/** What all commands have may also be typed in front: `--data DIR check`. */
function nameFirst(words: readonly string[]): readonly string[] {
  const [first = '', second = '', ...rest] = words
  if (first === '--json' || first.startsWith('--data=')) return [...nameFirst(words.slice(1)), first]
  return first === '--data' ? [...nameFirst(rest), first, second] : words
}

async function answerTo(words: readonly string[], world: World): Promise<Said> {
  const [first = '--help', second = '--help'] = words
  if (first === versionWord) return done(programOf(world), [text.version(programOf(world))])
  // As people ask elsewhere: `help doctor` is `doctor --help`.
  if (first === 'help' && words.length > 1 && !second.startsWith('-')) {
    return answerTo([...words.slice(1), '--help'], world)
  }
  // Nothing, or nothing but what all commands have.
  if (asksForHelp(first) || /^--(json|data)\b/.test(first)) return done({}, helpOf(commands, world))
  const isTyped = ({ name }: Command) => name.split(' ').every((word, at) => word === words[at])
  const found = commands.find(isTyped)
  if (found) return found.run(words.slice(found.name.split(' ').length), world)
  const group = commands.filter(({ name }) => name.startsWith(`${first} `))
  if (group.length > 0 && asksForHelp(second)) return done({}, helpOf(group, world))
  const known = group.length > 0 ? group : commands
  const word = group.length > 0 ? `${first} ${second}` : first
  return misunderstood({ code: 'REQUEST_INVALID', detail: { field: word } }, namesOf(known), world)
}

const programOf = ({ program }: World) => ({ version: program.version, node: process.versions.node })

/** Also the first words, of which one command alone is none. */
const namesOf = (known: readonly Command[]): readonly string[] => [
  ...new Set(known.flatMap(({ name }) => [name, name.split(' ')[0] ?? name])),
]

const helpOf = (known: readonly Command[], world: World): readonly string[] => [
  text.usage(world.typed, text.any),
  '',
  ...inColumns(known.map((each) => [usageOf(each), each.about] as const)),
  '',
  text.ofEach(world.typed),
  text.exitCodes,
]
