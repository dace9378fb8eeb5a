// What of the settings could not be used at this start, told on every screen for clinic IT. The desk is open all the same:
// it stays shut only where there is nothing at all that it could run with.
import type { Failure } from '../contract/result.ts'
import { readOrcaAccess } from '../settings/orca-access.ts'
import type { Settings } from '../settings/settings.ts'

export interface SettingFaults {
  failures(): readonly Failure[]
  close(): void
}

/** Destinations are used again as soon as they can be: from time to time they are looked at. */
const lookMs = 10_000

export async function watchSettingFaults(options: {
  readonly settings: Settings
  readonly dataDir: string
  /** Why the hub cannot be asked with these settings; null: it can. */
  readonly hub: Failure | null
  readonly onChange: () => void
}): Promise<SettingFaults> {
  const { settings, dataDir, hub } = options
  const lasting = hub ? [hub] : []

  const look = async (): Promise<readonly Failure[]> => {
    const failures: Failure[] = []
    for (const destination of settings.destinations) {
      if (destination.format !== 'orca' || !destination.isOn) continue
      const access = await readOrcaAccess(destination, dataDir)
      if (!access.ok) failures.push(access.error)
    }
    return failures
  }

  let unusable = await look()
  const timer = setInterval(async () => {
    const now = await look()
    if (JSON.stringify(now) === JSON.stringify(unusable)) return
    unusable = now
    options.onChange()
  }, lookMs)
  timer.unref()
  return { failures: () => [...lasting, ...unusable], close: () => clearInterval(timer) }
}
