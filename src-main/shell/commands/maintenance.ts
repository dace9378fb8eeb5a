// What clinic IT does about the stored data while no agent runs: look at everything, go back to a copy, go on with what is left.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { systemClock } from '../../ground/clock.ts'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import { asTyped } from '../../settings/data-dir.ts'
import type { SettingSources } from '../../settings/layers.ts'
import { loadSettings } from '../../settings/settings.ts'
import { backupData, type Drill, drillRestore } from '../../store/backup.ts'
import type { DataOptions } from '../../store/data-folder.ts'
import {
  acceptLoss,
  checkData,
  type GoneOn,
  type MaintenanceOptions,
  restoreData,
  type Standing,
} from '../../store/maintenance.ts'
import { recoverData } from '../../store/recovery-key.ts'
import { keys } from '../../words/keys.ts'
import { type CommandName, maintenance as text } from '../../words/maintenance.ts'
import { describeFailure } from '../one-check-in.ts'
import { done, refused, type Said } from '../said.ts'
import { dataCommand } from './command.ts'

export const check = dataCommand({
  name: 'check',
  about: text.checkAbout,
  notes: [text.whileEnded],
  operands: {},
  options: {},
  async run(_given, place, { typed, sources }) {
    const standing = await checkData(await optionsOf(place, sources))
    return standing.ok ? ok(standingSaid(standing.value, typed)) : standing
  },
})

export const restore = dataCommand({
  name: 'restore',
  isOfFiles: true,
  about: text.restoreAbout,
  notes: [text.whileEnded],
  operands: {},
  options: {
    from: { value: 'FILE', about: text.from, schema: z.string().min(1).optional() },
    drill: { about: text.drill },
    'recovery-key': { about: keys.recoveryKey },
  },
  async run({ from, drill, 'recovery-key': isRecovered }, place, { typed, sources, typedIn = readTyped }) {
    const copy = from === undefined ? null : asTyped(from)
    if (isRecovered) {
      if (copy === null || drill) return fail('REQUEST_INVALID', { field: copy === null ? '--from' : '--drill' })
      const gone = await recoverData(await optionsOf(place, sources), copy, typedIn())
      return gone.ok ? ok(goneOnSaid(gone.value)) : gone
    }
    if (drill) {
      const drilled = await drillRestore(await optionsOf(place, sources), copy)
      const isWithoutCopy = !drilled.ok && drilled.error.code === 'STORE_COPY_MISSING' && copy === null
      return isWithoutCopy ? ok(noCopyYet(drilled.error, typed)) : drillSaid(drilled)
    }
    const gone = await restoreData(await optionsOf(place, sources), copy)
    return gone.ok ? ok(goneOnSaid(gone.value)) : gone
  },
})

/** A secret is not on the command line, where every user of the computer can read it. */
export const readTyped = (): string => readFileSync(0, 'utf8').slice(0, 1_000)

/** Nothing is broken and nothing is to be given up: a drill on the first day only needs something to go back to. */
function noCopyYet(failure: Failure, typed: CommandName): Said {
  const error = { ...describeFailure(failure), next: text.copyFirst(typed) }
  return {
    isRefused: true,
    answer: { ok: false, error },
    lines: [error.message, error.next, `(${error.code})`],
  }
}

function drillSaid(drill: Result<Drill>): Result<Said> {
  if (!drill.ok) return drill
  const { copy, rows, auditRows } = drill.value
  const counted = text.counted(rows.visits ?? 0, rows.answers ?? 0, rows.deliveries ?? 0)
  return ok(done(drill.value, [text.drilled(copy), counted, text.trailWhole(auditRows), text.drillLeft]))
}

export const backup = dataCommand({
  name: 'backup',
  isOfFiles: true,
  about: text.backupAbout,
  notes: [text.whileEnded],
  operands: {},
  options: {},
  async run(_given, place, { sources }) {
    const made = await backupData(await optionsOf(place, sources))
    return made.ok ? ok(done(made.value, [text.backedUp(made.value.copy)])) : made
  },
})

export const acceptLossCommand = dataCommand({
  name: 'accept-loss',
  isOfFiles: true,
  about: text.acceptLossAbout,
  notes: [text.whileEnded],
  operands: {},
  options: { empty: { about: text.empty } },
  async run({ empty }, place, { sources }) {
    const gone = await acceptLoss(await optionsOf(place, sources), empty)
    if (!gone.ok) return gone
    return ok(gone.value === null ? done({ changed: false }, [text.nothingLost]) : goneOnSaid(gone.value))
  },
})

export async function optionsOf(place: DataOptions, sources: SettingSources): Promise<MaintenanceOptions> {
  const settings = await loadSettings(place.dataDir, sources)
  return { ...place, clock: systemClock, backupFolder: settings.ok ? settings.value.backupFolder : null }
}

const lostLines = (lost: Standing['lost']): readonly string[] =>
  lost === null
    ? [text.lostUnknown]
    : lost.length === 0
      ? [text.lostNone]
      : lost.map(({ day, from, to }) => text.lost(day, from, to))

const copiesSaid = (copies: NonNullable<Standing['copies']>): readonly string[] =>
  copies.length === 0 ? [text.noCopies] : copies.map(({ day, file }) => text.copy(day, file))

function standingSaid({ failure, isNew, lost, copies }: Standing, typed: CommandName): Said {
  const known = copies?.map(({ day, file }) => ({ day, file })) ?? null
  const listed = copies === null ? [text.onServer] : copiesSaid(copies)
  if (!failure) return done({ isNew, copies: known }, [isNew ? text.nothingYet : text.whole, ...listed])
  const missing = failure.code === 'STORE_ROWS_MISSING' ? lostLines(lost) : []
  return refused(failure, typed, { more: { lost, copies: known }, lines: [...missing, ...listed] })
}

const howGoneOn = ({ with: what, copy }: GoneOn): string => {
  if (what === 'copy') return text.restored(copy ?? '')
  if (what === 'readable') return text.rebuilt
  return what === 'rest' ? text.accepted : text.begunEmpty
}

function salvagedLines({
  visits,
  undelivered,
  withoutVisit,
  torn,
}: NonNullable<GoneOn['salvaged']>): readonly string[] {
  return [
    text.carried(visits, undelivered),
    ...(withoutVisit === 0 ? [] : [text.withoutVisit(withoutVisit)]),
    ...(torn.length === 0 ? [] : [text.torn]),
    ...(torn.includes('deliveries') ? [text.tornOutbox] : []),
  ]
}

function goneOnSaid(gone: GoneOn): Said {
  const leap = gone.lost === null ? [text.leap] : []
  const aside = gone.aside === null ? [] : [text.aside(gone.aside)]
  const carried = gone.salvaged === null ? [] : salvagedLines(gone.salvaged)
  return done(gone, [howGoneOn(gone), ...carried, ...lostLines(gone.lost), ...leap, ...aside, text.deliveries])
}
