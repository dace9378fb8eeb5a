// The destinations in settings.json as the page sees and changes them: what is saved, what it may choose among, and the
// check of what it wants to save.
import type { Destination } from '../contract/destination.ts'
import type { DestinationChoices } from '../contract/destination-setup.ts'
import { ok, type Result } from '../ground/result.ts'
import { type ChangeLog, changeSettings } from './change.ts'
import { checkDestination } from './destination-check.ts'
import type { SettingSources } from './layers.ts'
import { checkSettings } from './schema.ts'
import { listSecrets } from './secrets.ts'
import { allowedIn, readSaved, savedDestinations } from './settings.ts'

interface Saved {
  /** With their paths as they were written. */
  readonly destinations: readonly Destination[]
  readonly choices: DestinationChoices
}

export interface SavedDestinations {
  /** Errors: SETTINGS_INVALID. */
  load(): Promise<Result<Saved>>
  /**
   * Saves what `change` makes of them; it is given the check of what somebody at the screen wants in the place of what.
   * Errors: those of `change`, SETTINGS_INVALID, STORE_ codes.
   */
  store(
    change: (saved: readonly Destination[], check: Check) => Promise<Result<readonly Destination[]>>,
  ): Promise<Result<void>>
}

/** `before`: null for a new one. Errors: DESTINATION_ codes. */
type Check = (wanted: Destination, before: Destination | null) => Promise<Result<void>>

export function openSavedDestinations(dataDir: string, log: ChangeLog, sources: SettingSources): SavedDestinations {
  return {
    async load() {
      const layers = await readSaved(dataDir, sources)
      const saved = layers.ok ? checkSettings(layers.value.content, layers.value.place) : layers
      if (!saved.ok) return saved
      const choices = { ...allowedIn(saved.value), secrets: [...(await listSecrets(dataDir))] }
      return ok({ destinations: savedDestinations(saved.value), choices })
    },
    store: (change) =>
      changeSettings(
        dataDir,
        async (now) => {
          const places = { dataDir, environment: sources.environment }
          const check: Check = (wanted, before) => checkDestination(places, wanted, before, allowedIn(now))
          const destinations = await change(savedDestinations(now), check)
          return destinations.ok ? ok({ destinations: destinations.value }) : destinations
        },
        log,
        sources,
      ),
  }
}
