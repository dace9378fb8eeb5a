// What of the settings could not be used at this start, told on every screen for clinic IT. The desk is open all the same:
// it stays shut only where there is nothing at all that it could run with.
import type { Failure } from '../ground/result.ts'
import { readOrcaAccess } from './orca-access.ts'
import type { Settings } from './settings.ts'

export interface SettingFaults {
  failures(): readonly Failure[]
  onChange(listener: () => void): void
  close(): void
}

/** Destinations are used again as soon as they can be: from time to time they are looked at. */
const lookMs = 10_000
const firstLookMs = 2_000

export async function watchSettingFaults(options: {
  readonly settings: Settings
  readonly dataDir: string
  /** Why the hub cannot be asked with these settings; null: it can. */
  readonly hub: Failure | null
}): Promise<SettingFaults> {
  const { settings, dataDir, hub } = options
  const lasting = hub ? [hub] : []

  const look = async (): Promise<readonly Failure[]> => {
    const failures: Failure[] = []
    for (const destination of settings.destinations) {
      if (destination.format !== 'orca' || !destination.isOn) continue
      const access = await readOrcaAccess(destination, { dataDir, environment: settings.sources.environment })
      if (!access.ok) failures.push(access.error)
    }
    return failures
  }

  let unusable: readonly Failure[] = []
  let looking: Promise<void> | null = null
  let tell: () => void = () => undefined
  const lookAgain = () => {
    // A file on a share that hangs is waited for once.
    looking ??= look().then((now) => {
      looking = null
      if (JSON.stringify(now) === JSON.stringify(unusable)) return
      unusable = now
      tell()
    })
    return looking
  }
  // No file of a destination holds up the desk.
  await Promise.race([lookAgain(), new Promise((resolve) => setTimeout(resolve, firstLookMs).unref())])
  const timer = setInterval(lookAgain, lookMs)
  timer.unref()
  return {
    failures: () => [...lasting, ...unusable],
    onChange(listener) {
      tell = listener
    },
    close: () => clearInterval(timer),
  }
}
