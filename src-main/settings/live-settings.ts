// Settings of a desk that runs: where visits go and how long they are kept are those of now, everything else is what it started
// with. The files are looked at again when they change; what was made by an editor is noted like a change of the screen, and
// what is wrong in it changes nothing but what the screen says.
import { stat } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Failure, Result } from '../ground/result.ts'
import { type ChangeLog, changesBetween } from './change.ts'
import type { FileSettings } from './schema.ts'
import { checkLayers, lastGood, loadSettings, readSaved, type Settings } from './settings.ts'
import { settingsFile } from './settings-file.ts'

export interface LiveSettings extends Settings {
  /** From now on those of `next` count, where they may while the desk runs. */
  take(next: Settings): void
}

export function liveSettings(atStart: Settings): LiveSettings {
  let { destinations, retentionDays } = atStart
  return {
    ...atStart,
    get destinations() {
      return destinations
    },
    get retentionDays() {
      return retentionDays
    },
    take(next) {
      ;({ destinations, retentionDays } = next)
    },
  }
}

export interface SettingsWatch {
  /** Why the files cannot be used as they are now; null: they can. */
  fault(): Failure | null
  /** Looks now, whatever their times say. */
  look(): Promise<void>
  close(): void
}

/** How long a change by an editor waits. */
const lookMs = 2_000

export async function watchSettings(options: {
  readonly dataDir: string
  readonly running: Settings
  readonly log: Pick<ChangeLog, 'note'>
  /** Whether a change was noted already, by whoever made it. */
  readonly isNoted: (setting: Parameters<ChangeLog['note']>[0]) => boolean
  /** Other ones count from now on. */
  readonly taken: (next: Settings) => Promise<void>
  /** Whether they can be used has changed, or what waits for the next start. */
  readonly told: (fault: Failure | null) => void
}): Promise<SettingsWatch> {
  const { dataDir, running, log, isNoted, taken, told } = options
  const { sources } = running
  let fault = running.fallback
  let seen: FileSettings | null = fault === null ? await savedNow(dataDir, running) : await lastGood(dataDir)
  let signature = await signatureOf(dataDir, running)
  let looking: Promise<void> = Promise.resolve()

  const say = (now: Failure | null) => {
    if (isDeepStrictEqual(now, fault)) return
    fault = now
    told(now)
  }
  /** Whether the account of them is kept: what is not noted does not count. */
  const noted = async (now: FileSettings): Promise<boolean> => {
    const changes = seen === null ? [] : changesBetween(seen, now)
    for (const change of changes) {
      if (isNoted(change)) continue
      const written = await log.note(change)
      if (!written.ok) return false
    }
    return true
  }
  const lookNow = async () => {
    const before = signature
    signature = await signatureOf(dataDir, running)
    const loaded: Result<Settings> = await loadSettings(dataDir, sources)
    const wrong = loaded.ok ? loaded.value.fallback : loaded.error
    if (wrong || !loaded.ok) return say(wrong)
    const now = await savedNow(dataDir, running)
    if (now === null) return
    if (!(await noted(now))) {
      // Another look tries it again.
      signature = before
      return
    }
    seen = now
    // A rehearsal never gets a clinic's places, nor the other way round: that is the next start's.
    if (loaded.value.mode === running.mode) await taken(loaded.value)
    else told(null)
    say(null)
  }
  const look = () => {
    looking = looking.then(lookNow, lookNow)
    return looking
  }
  const timer = setInterval(async () => {
    if ((await signatureOf(dataDir, running)) !== signature) await look()
  }, lookMs)
  timer.unref()
  return {
    fault: () => fault,
    look,
    close: () => clearInterval(timer),
  }
}

async function savedNow(dataDir: string, { sources }: Settings): Promise<FileSettings | null> {
  const layers = await readSaved(dataDir, sources)
  const checked = layers.ok ? await checkLayers(layers.value, dataDir) : layers
  return checked.ok ? checked.value : null
}

/** Another one where any of the files was written. */
export async function signatureOf(dataDir: string, { sources }: Pick<Settings, 'sources'>): Promise<string> {
  const states = [settingsFile(dataDir), ...sources.computerFiles].map((file) =>
    stat(file, { bigint: true }).then(
      ({ mtimeNs, size, ino }) => `${mtimeNs}:${size}:${ino}`,
      () => '-',
    ),
  )
  return (await Promise.all(states)).join(' ')
}
