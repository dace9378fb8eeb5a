// Keeps the copy of what a desk needs of its site for a day without it. Made whole once a day, in turns that end when somebody comes to
// the counter; then what the server has noted as changed is looked for every few seconds, and only that is read. The former copy
// counts until the next one is whole. Which day it is of is the site's: where this computer's clock says another one, none is kept.
import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, clinicDay } from '../../ground/clock.ts'
import { takeName } from '../../ground/durable-write.ts'
import { type Log, stackOf } from '../../ground/log.ts'
import { fail, ok, Refusal, type Result } from '../../ground/result.ts'
import type { DataOptions } from '../data-folder.ts'
import type { OfSite } from '../sql/of-site.ts'
import { failureHere } from '../sqlite/moving.ts'
import {
  type About,
  awayFiles,
  type CopyFile,
  migrationOf,
  openCopyFile,
  openWholeCopy,
  removeFile,
} from './copy-file.ts'
import { type Kept, type Taking, taking } from './taking.ts'

/** What a desk could go on with. */
interface CopyStanding {
  /** The only clinic day on which it may be begun with, YYYY-MM-DD. */
  readonly day: string
  /** What the site's desks had committed then is in it, RFC 3339 in clinic time. */
  readonly asOf: string
}

export interface CopyKeeper {
  /** null: there is nothing of today that is whole. */
  standing(): CopyStanding | null
  /** Looks at once, whatever `isBusy` says. Errors: STORE_ codes, AWAY_NOT_READY (which day it is is not certain). */
  refresh(): Promise<Result<CopyStanding>>
  /** What is there stays. To be waited for before the site's store is closed, and before `openAway`. */
  close(): Promise<void>
}

export interface KeepingOptions extends Omit<DataOptions, 'site'> {
  readonly clock: Clock
  readonly isBusy: () => boolean
  readonly log?: Log | undefined
  readonly pauseMs?: number | undefined
}

const usualPauseMs = 5_000
/** Where nobody knows what has changed everything is read anew, but not all the time. */
const anewMs = 600_000

export function keepCopy({ site }: OfSite, options: KeepingOptions): CopyKeeper {
  const { clock, isBusy, log, pauseMs = usualPauseMs } = options
  const files = awayFiles(options.dataDir)
  const end = new AbortController()
  const isEnding = () => end.signal.aborted
  const from = site && taking(site, { clock, isBusy, isEnding })
  let kept: Kept | null = null
  let key: Uint8Array | null = null
  let madeAt = Number.NEGATIVE_INFINITY
  let running: Promise<unknown> = Promise.resolve()

  const letGo = () => {
    kept?.file.close()
    kept = null
  }

  const make = async (from: Taking, day: string, isForced: boolean): Promise<Result<CopyStanding>> => {
    if (!key) return fail('STORE_KEY_MISSING')
    const filled = await fillCopy(from, { ...options, key }, day, isForced)
    if (!filled.ok) return filled
    letGo()
    takeName(files.making, files.copy)
    madeAt = performance.now()
    const opened = open()
    return opened.ok ? standing(kept) : opened
  }

  const open = (): Result<void> => {
    if (kept) return ok(undefined)
    if (!key) return fail('STORE_KEY_MISSING')
    const opened = openWholeCopy(files.copy, key, options.migrationsDir)
    if (!opened.ok && opened.error.code !== 'STORE_DAMAGED') return opened
    if (!opened.ok) {
      // Another one is made in its place.
      removeFile(files.copy)
      return ok(undefined)
    }
    const file = opened.value
    const about = file?.about()
    // What an earlier version of the program has copied may lack what this one looks for.
    if (file && about && migrationOf(file.database) === about.migration) kept = hold(file, about)
    else file?.close()
    return ok(undefined)
  }

  const look = async (isForced: boolean): Promise<Result<CopyStanding>> => {
    if (!from) return fail('STORE_NOT_READY')
    const loaded = key ? ok(key) : await options.keyStore.load()
    if (!loaded.ok) return loaded
    key = loaded.value
    const opened = open()
    if (!opened.ok) return opened
    const day = clinicDay(clock.now())
    if (kept && kept.day !== day) {
      letGo()
      removeFile(files.copy)
    }
    if (!kept) return make(from, day, isForced)
    const caught = await from.catchUp(kept, isForced)
    if (caught === 'otherDay') return fail('AWAY_NOT_READY')
    if (caught === 'caughtUp' || performance.now() - madeAt < anewMs) return standing(kept)
    return make(from, day, isForced)
  }
  /** What cannot be read or written now is looked at again. */
  const tried = async (isForced: boolean): Promise<Result<CopyStanding>> => {
    try {
      return await look(isForced)
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, error: error.failure }
      return { ok: false, error: failureHere(error) }
    }
  }
  const inTurn = (isForced: boolean): Promise<Result<CopyStanding>> => {
    const next = running.then(() => tried(isForced))
    running = next.catch(() => undefined)
    return next
  }

  const run = async () => {
    while (!isEnding()) {
      if (!isBusy()) {
        await inTurn(false).catch((error: unknown) => log?.write({ event: 'fault', where: stackOf(error) }))
      }
      await pause(pauseMs, undefined, { signal: end.signal, ref: false }).catch(() => undefined)
    }
  }
  const keeping = site ? run() : Promise.resolve()

  return {
    standing: () => (kept && kept.day === clinicDay(clock.now()) ? { day: kept.day, asOf: kept.asOf } : null),
    refresh: () => inTurn(true),
    async close() {
      end.abort()
      await keeping
      await running
      letGo()
      key?.fill(0)
      key = null
    },
  }
}

const standing = (copy: Kept | null): Result<CopyStanding> =>
  copy ? ok({ day: copy.day, asOf: copy.asOf }) : fail('AWAY_NOT_READY')

const hold = (file: CopyFile, about: About): Kept => ({
  file,
  day: about.day,
  series: about.series,
  place: { seq: about.seq, stamp: about.stamp },
  asOf: about.as_of,
  noted: about.as_of,
})

/** All of it, beside the former one, which counts until this one has its name. Throws as Taking.fill. */
async function fillCopy(
  from: Taking,
  { dataDir, migrationsDir, key }: KeepingOptions & { readonly key: Uint8Array },
  day: string,
  isForced: boolean,
): Promise<Result<void>> {
  const { making } = awayFiles(dataDir)
  removeFile(making)
  const opened = openCopyFile(making, key, migrationsDir)
  if (!opened.ok) return opened
  try {
    return (await from.fill(opened.value, day, isForced)) ? ok(undefined) : fail('AWAY_NOT_READY')
  } finally {
    opened.value.close()
  }
}
