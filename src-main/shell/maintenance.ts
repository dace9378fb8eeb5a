// What clinic IT does about the stored data while no agent runs: the words of the command line, and what is said in return.
// Both shells have these commands, because each keeps its key in a way of its own.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { systemClock } from '../ground/clock.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import { asTyped } from '../settings/data-dir.ts'
import { loadSettings } from '../settings/settings.ts'
import {
  acceptLoss,
  checkData,
  type GoneOn,
  type MaintenanceOptions,
  restoreData,
  type Standing,
} from '../store/maintenance.ts'
import { type CommandName, maintenance as text } from '../words/maintenance.ts'
import { misread } from './command-line.ts'
import { describeFailure } from './one-check-in.ts'

const lineSchema = z.object({
  command: z.enum(['check', 'restore', 'accept-loss']),
  data: z.string().min(1).optional(),
  from: z.string().min(1).optional(),
  empty: z.boolean().default(false),
  json: z.boolean().default(false),
})
export type MaintenanceLine = z.infer<typeof lineSchema>

/** Whether these words are such a command at all. */
export const isMaintenance = (args: readonly string[]): boolean => lineSchema.shape.command.safeParse(args[0]).success

/** Errors: REQUEST_INVALID with what does not fit. */
export function readMaintenanceLine(args: readonly string[]): Result<MaintenanceLine | 'help'> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        data: { type: 'string' },
        from: { type: 'string' },
        empty: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    })
    const [command, ...more] = positionals
    if (values.help || command === undefined) return ok('help')
    const parsed = lineSchema.safeParse({ ...values, command })
    if (parsed.success && more.length === 0) return ok(parsed.data)
    return fail('REQUEST_INVALID', { field: parsed.success ? more[0] : command })
  } catch (error) {
    return fail('REQUEST_INVALID', { field: misread(error) })
  }
}

/** What is said in return. */
export interface Said {
  /** Whether a person has to act. */
  readonly isRefused: boolean
  /** For scripts. */
  readonly answer: object
  /** For people. */
  readonly lines: readonly string[]
}

const done = (answer: object, lines: readonly string[]): Said => ({ isRefused: false, answer, lines })

/** `more`: what else scripts get; `lines`: what is said between the sentences and the ways out. */
export function refused(
  failure: Failure,
  typed: CommandName,
  { more = {}, lines = [] }: { readonly more?: object; readonly lines?: readonly string[] } = {},
): Said {
  const error = describeFailure(failure)
  const said = [error.message, error.next, ...lines, ...text.ways(failure.code, typed), `(${error.code})`]
  return { isRefused: true, answer: { ok: false, error, ...more }, lines: said }
}

/** A start that was refused, in lines: with the commands that help where the stored data are the reason. */
export const refusedStart = (failure: Failure, typed: CommandName): readonly string[] =>
  refused(failure, typed, { lines: text.look(failure.code, typed) }).lines

const lostLines = (lost: Standing['lost']): readonly string[] =>
  lost === null
    ? [text.lostUnknown]
    : lost.length === 0
      ? [text.lostNone]
      : lost.map(({ day, from, to }) => text.lost(day, from, to))

function standingSaid({ failure, isNew, lost, copies }: Standing, typed: CommandName): Said {
  const known = copies.map(({ day, file }) => ({ day, file }))
  const listed = copies.length === 0 ? [text.noCopies] : copies.map(({ day, file }) => text.copy(day, file))
  if (!failure) return done({ ok: true, isNew, copies: known }, [isNew ? text.nothingYet : text.whole, ...listed])
  const missing = failure.code === 'STORE_ROWS_MISSING' ? lostLines(lost) : []
  return refused(failure, typed, { more: { lost, copies: known }, lines: [...missing, ...listed] })
}

const howGoneOn = ({ with: what, copy }: GoneOn): string => {
  if (what === 'copy') return text.restored(copy ?? '')
  return what === 'rest' ? text.accepted : text.begunEmpty
}

function goneOnSaid(gone: GoneOn): Said {
  const leap = gone.lost === null ? [text.leap] : []
  const aside = gone.aside === null ? [] : [text.aside(gone.aside)]
  return done({ ok: true, ...gone }, [howGoneOn(gone), ...lostLines(gone.lost), ...leap, ...aside, text.deliveries])
}

/** `place`: the data folder, its key, and the migrations. `typed`: how the other commands are called in this shell. */
export async function runMaintenance(
  { command, from, empty }: MaintenanceLine,
  place: Pick<MaintenanceOptions, 'dataDir' | 'keyStore' | 'migrationsDir'>,
  typed: CommandName,
): Promise<Said> {
  const settings = await loadSettings(place.dataDir)
  const backupFolder = settings.ok ? settings.value.backupFolder : null
  const options = { ...place, clock: systemClock, backupFolder }
  if (command === 'check') {
    const standing = await checkData(options)
    return standing.ok ? standingSaid(standing.value, typed) : refused(standing.error, typed)
  }
  if (command === 'restore') {
    const gone = await restoreData(options, from === undefined ? null : asTyped(from))
    return gone.ok ? goneOnSaid(gone.value) : refused(gone.error, typed)
  }
  const gone = await acceptLoss(options, empty)
  if (!gone.ok) return refused(gone.error, typed)
  if (gone.value === null) return done({ ok: true, changed: false }, [text.nothingLost])
  return goneOnSaid(gone.value)
}
