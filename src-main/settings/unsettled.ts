// A start whose settings cannot be used, with nothing to fall back on, or whose site's server cannot: nothing is read or sent. What
// is wrong is told, it is tried again, and whoever waits here goes on by itself once it is mended.
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Unsettled } from '../contract/told.ts'
import type { FailureCode } from '../ground/failures.ts'
import { type Log, numbered } from '../ground/log.ts'
import type { Failure, Result } from '../ground/result.ts'
import type { SettingSources } from './layers.ts'
import { signatureOf } from './live-settings.ts'
import { loadSettings, type Settings } from './settings.ts'
import { settingsFile } from './settings-file.ts'

const lookMs = 2_000

/** Whether a folder is there now, or a file has another owner, no time of a settings file tells: so often all is read anew. */
const looksForAll = 5

/** What a start waits for; everything else that is wrong does not mend itself. */
const awaited: ReadonlySet<FailureCode> = new Set([
  'SETTINGS_INVALID',
  'SECRET_NOT_SET',
  'STORE_UNREACHABLE',
  'STORE_UNTRUSTED',
  'STORE_REFUSED',
  'STORE_NOT_READY',
  'STORE_NOT_JOINED',
])
export const isAwaited = ({ code }: Failure): boolean => awaited.has(code)

export interface UnsettledOptions {
  readonly dataDir: string
  readonly sources: SettingSources
  readonly log: Log
  /** Why they could not be used when somebody tried. */
  readonly first: Failure
  /** Whether the site's server can be used with these settings. */
  readonly reach: (settings: Settings) => Promise<Result<unknown>>
  /** At once, and whenever something else is wrong. */
  readonly told: (now: Unsettled) => void
  /** Nobody waits any more. */
  readonly signal: AbortSignal
  readonly pauseMs?: number
}

/** Whether they can be used now; false: nobody waits any more. Not before a pause, so that whoever tries again does not race. */
export async function untilSettled(options: UnsettledOptions): Promise<boolean> {
  const { dataDir, sources, log, first, reach, signal, pauseMs = lookMs } = options
  const tell = (failure: Failure) => {
    const files = [settingsFile(dataDir), ...sources.computerFiles.filter((file) => existsSync(file))]
    options.told({ line: 'unsettled', failure: numbered(log, 'startRefused', failure), files })
  }
  let failure = first
  let seen: string | null = null
  tell(failure)
  for (let looks = 1; ; looks++) {
    await setTimeout(pauseMs, undefined, { ref: false, signal }).catch(() => undefined)
    if (signal.aborted) return false
    const signature = await signatureOf(dataDir, { sources })
    if (signature === seen && looks % looksForAll !== 0) continue
    seen = signature
    const loaded = await loadSettings(dataDir, sources)
    const now = loaded.ok ? await reach(loaded.value) : loaded
    if (now.ok) return true
    if (isDeepStrictEqual(now.error, failure)) continue
    failure = now.error
    tell(failure)
  }
}
