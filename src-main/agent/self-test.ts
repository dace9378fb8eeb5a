// What the self-test is given to look at: by a running agent what it works with itself, by the command line what a start would
// open, so that it also says why there is none. It changes nothing that is stored.
import { existsSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { dirname } from 'node:path'
import type { Readers } from '../card/reader.ts'
import type { ReaderService } from '../card/reader-host-protocol.ts'
import type { News } from '../ground/news.ts'
import { foreignIn } from '../ground/own-folder.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { HubWay } from '../hub/pmh/inspection.ts'
import { readApplication, usualPlace } from '../hub/terminal/application.ts'
import type { TerminalFolders } from '../hub/terminal/terminal.ts'
import { inspectInThread } from '../hub/terminal/threaded-folder.ts'
import { type SelfTestPorts, selfTestChecks } from '../self-test/checks.ts'
import type { TriedDestination } from '../self-test/clinic-checks.ts'
import { createSelfTest } from '../self-test/part.ts'
import { usbDevices } from '../self-test/usb-readers.ts'
import { waitingForNextStart } from '../settings/next-start.ts'
import type { Settings } from '../settings/settings.ts'
import { settingsFile } from '../settings/settings-file.ts'
import { isUnmerged } from '../store/away/away.ts'
import { isTooLong, onDisk } from '../store/data-folder.ts'
import type { LocalMasters } from '../store/local-masters.ts'
import { lookAtSite } from '../store/site.ts'
import type { Upkeep } from '../store/upkeep.ts'
import { laneOf } from './outbox.ts'
import type { AgentOptions } from './terms.ts'

type Place = Pick<AgentOptions, 'dataDir' | 'entries' | 'clock'>

/** What every self-test looks at in the same way. */
export function commonPorts(place: Pick<AgentOptions, 'dataDir' | 'clock' | 'site' | 'migrationsDir'>) {
  const { site, migrationsDir } = place
  return {
    clock: place.clock,
    dataDir: place.dataDir,
    folder: () => folderFault(place.dataDir),
    isUnmerged: () => isUnmerged(place.dataDir),
    server: site ? () => lookAtSite(site, migrationsDir) : null,
    devices: usbDevices,
    application: () => readApplication(usualPlace()),
    platform: process.platform,
    isInNetwork: () =>
      Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal)),
  } satisfies Partial<SelfTestPorts>
}

/** The folders of `terminal`; null: there are none. */
export async function inspectTerminal(terminal: TerminalFolders | null, { entries, clock }: Place) {
  if (!terminal) return null
  const watched = terminal.watch.map((name) => ({ name, folder: terminal[name] }))
  const { own } = terminal
  const folders = { own, watched, requests: terminal.requests && { ...terminal.requests, staging: own } }
  return inspectInThread(folders, clock.now().getTime(), { entry: entries.folderThread })
}

/** The whole way to each destination, gone on a line of its own: files that are on their way are not disturbed. */
export const triedDestinations = (
  { destinations, sources }: Pick<Settings, 'destinations' | 'sources'>,
  place: Place,
): readonly TriedDestination[] =>
  destinations.map((destination) => ({
    id: destination.id,
    isOn: destination.isOn,
    kind: destination.format === 'orca' ? 'orca' : 'folder',
    async tryOut() {
      const deliverer = laneOf(destination, { ...place, environment: sources.environment }).newDeliverer()
      // Also when whoever waits for it has given up: a thread may hang in its share.
      const { promise: late, resolve } = Promise.withResolvers<Result<void>>()
      const timer = setTimeout(() => resolve(fail('DESTINATION_MISSING', { destination: destination.id })), shareMs)
      return Promise.race([deliverer.tryOut(destination.id), late]).finally(() => {
        clearTimeout(timer)
        void deliverer.close()
      })
    },
  }))

/** A share that does not answer in this time is not there; ORCA has its own limit, which is shorter than a check's. */
const shareMs = 15_000

/** What speaks against the data folder itself; one that is not there yet is made by the first start. */
async function folderFault(dataDir: string): Promise<Failure | null> {
  if (isTooLong(dataDir)) return { code: 'DATA_FOLDER_TOO_LONG' }
  const looked = await onDisk(async () => {
    const there = existsSync(dataDir) ? dataDir : nearest(dirname(dataDir))
    await access(there, constants.W_OK)
    return there === dataDir ? foreignIn(dataDir) : null
  })
  if (!looked.ok) return looked.error
  return looked.value === null ? null : { code: 'DATA_FOLDER_FOREIGN', detail: { field: looked.value } }
}

const nearest = (folder: string): string => (existsSync(folder) ? folder : nearest(dirname(folder)))

/** What of a running agent the self-test looks at. */
export interface LiveParts {
  readonly outside: {
    readonly readers: Readers
    readonly readerService: () => Promise<ReaderService | null>
    readonly hub: HubWay
    readonly hubFailure: Failure | null
  }
  readonly data: {
    readonly store: Pick<Upkeep, 'check'> & Pick<LocalMasters, 'masterIssues'>
    failures(): readonly Failure[]
  }
  readonly counter: { readonly aside: SelfTestPorts['aside'] }
  readonly chosen: {
    fault(): Failure | null
    readonly screenSettings: { now(): { readonly chosenReader: string | null } }
  }
  readonly terminal: { isUnkept(): boolean }
}

/** The part of an agent that runs. */
export const openSelfTest = (options: AgentOptions, parts: LiveParts, news: News) =>
  createSelfTest({ ...options, news, checks: (cardWaitMs) => liveChecks(options, parts, cardWaitMs) })

/** By what it works with itself. */
function liveChecks(
  options: Pick<AgentOptions, 'dataDir' | 'settings' | 'entries' | 'clock' | 'version' | 'site' | 'migrationsDir'>,
  parts: LiveParts,
  cardWaitMs: number,
) {
  const { settings, dataDir } = options
  const { outside, data, counter, chosen } = parts
  const stored = once(async () => {
    const checked = await data.store.check()
    const isLeftHere = data.failures().some(({ code }) => code === 'STORE_LEFT_HERE')
    return { failure: checked.ok ? null : checked.error, isNew: false, isHeld: false, isLeftHere }
  })
  return selfTestChecks({
    ...commonPorts(options),
    version: options.version,
    settings: async () => ({
      fallback: chosen.fault(),
      mode: settings.mode,
      isFile: existsSync(settingsFile(dataDir)),
      nextStart: await waitingForNextStart(dataDir, settings.sources),
    }),
    stored,
    service: outside.readerService,
    readers: () => outside.readers.list(),
    chosenReader: () => chosen.screenSettings.now().chosenReader,
    connect: (reader) => outside.readers.connect(reader),
    onReaders: (listener) => outside.readers.onChange(listener),
    aside: counter.aside,
    cardWaitMs,
    hub: async () => (outside.hubFailure ? { ok: false, error: outside.hubFailure } : ok(outside.hub)),
    terminal: () => inspectTerminal(settings.terminal, options),
    isUnkept: parts.terminal.isUnkept,
    get destinations() {
      return triedDestinations(settings, options)
    },
    masterDay: async () => (await data.store.masterIssues())[0]?.issuedOn ?? null,
  })
}

/** At the first call; every later one gets the same. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | null = null
  return () => {
    done ??= work()
    return done
  }
}
