// The agent as a shell starts it for a desk: where the settings name a site's server, one that also goes on without it.
import { startAgent } from '../agent.ts'
import type { Result } from '../ground/result.ts'
import { loadSettings, type Settings } from '../settings/settings.ts'
import { aloneAfterMs, siteServerOf } from '../settings/store-access.ts'
import { isUnmerged, mergeAway } from '../store/away/away.ts'
import { atSite, reachSite } from '../store/data-folder.ts'
import { type EitherTiming, startOnEitherGround, usualTiming } from './either-ground.ts'
import type { Agent, AgentOptions } from './terms.ts'

/** Errors: those of startAgent. Throws as that does. */
export async function startDeskAgent(
  options: AgentOptions & { readonly siteTiming?: EitherTiming | undefined },
): Promise<Result<Agent>> {
  const { dataDir, settings, clock, log } = options
  const site = options.site ?? siteServerOf(settings, dataDir)
  // One check-in without a page waits for nobody, and goes on nowhere else.
  if (!site || options.isCommand) return startAgent(options)
  const place = { ...options, site, lockWaitMs: 0 }
  let begun = 0
  return startOnEitherGround({
    grounds: {
      async start(isAlone, more) {
        const now = begun++ === 0 ? settings : await settingsNow(options)
        return startAgent({ ...options, ...more, settings: now, site, isAlone })
      },
      isUnmerged: () => isUnmerged(dataDir),
      reach: () => reachSite(place),
      merge: () => atSite(place, (store) => mergeAway(store, place)),
    },
    timing: options.siteTiming ?? { ...usualTiming, aloneAfterMs: aloneAfterMs(settings) },
    clock,
    log,
  })
}

/** What somebody has changed on the screen since the start counts. Where the records are, and of whom, is for the next start. */
async function settingsNow({ dataDir, settings }: AgentOptions): Promise<Settings> {
  const loaded = await loadSettings(dataDir, settings.sources)
  const { mode, reader, store } = settings
  return loaded.ok && loaded.value.mode === mode ? { ...loaded.value, reader, store } : settings
}
