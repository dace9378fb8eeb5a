// The part that everything else stands on: the data folder with its store, looked at and copied once a day. It ends last, so
// that the copy of a day holds the whole day.
import type { Clock } from '../ground/clock.ts'
import type { Log } from '../ground/log.ts'
import { type Failure, ok, type Result } from '../ground/result.ts'
import { type AwayData, type CopyKeeper, keepCopy, openAway } from './away/away.ts'
import { type DataOptions, openDataFor } from './data-folder.ts'
import { createDesks, type Desks } from './desks.ts'
import { createDuties, type Duties, type ServerEar } from './duties.ts'
import type { WrittenFor } from './erasing.ts'
import { copiesOf, createSafekeeping, type Safekeeping, type SafekeepingPorts } from './safekeeping.ts'
import type { Store } from './store.ts'

export interface StorePart {
  readonly store: Store
  /** Whose turn it is at what one desk of a site does for all. */
  readonly dutyOf: Duties['of']
  /** The desks of the site. */
  readonly desks: Desks
  /** No database was there before. */
  readonly firstStart: boolean
  /** What this desk goes on with without the site's server; null: it stands on what it should. */
  readonly away: Pick<AwayData, 'since'> | null
  /** This desk is alone, and the visit is one of before: read only. */
  isCopy(visitId: string): boolean
  /** There is a copy of today to go on with, should the site's server be gone. */
  hasCopy(): boolean
  /** Begins to check and copy it; and where it is a site's, to keep what this desk would need without it. */
  keepSafe(ports: Omit<SafekeepingPorts, 'store' | 'folder'>): void
  /** As Safekeeping.failures, and STORE_LEFT_HERE. */
  failures(): readonly Failure[]
  close(): Promise<void>
}

interface PartOptions extends Omit<DataOptions, 'deskName'> {
  readonly settings: { readonly mode: WrittenFor }
  readonly computer?: string | undefined
  readonly clock: Clock
  readonly log: Log
  /** Goes on with what is kept of the site. */
  readonly isAlone?: boolean | undefined
  /** Somebody minds whether the site's server is there. */
  readonly siteServer?: { readonly ear: ServerEar } | undefined
}

/** Errors: those of openDataFor, and alone those of openAway. */
export async function openStorePart(options: PartOptions): Promise<Result<StorePart>> {
  const { isAlone = false, site, siteServer } = options
  const opened = await (isAlone
    ? openAway(options)
    : openDataFor(options.settings.mode, { ...options, deskName: options.computer }))
  if (!opened.ok) return opened
  const { store } = opened.value
  const away = 'since' in opened.value ? opened.value : null
  const left: Failure[] = 'isLeftHere' in opened.value && opened.value.isLeftHere ? [{ code: 'STORE_LEFT_HERE' }] : []
  const desks = createDesks()
  const duties = createDuties({ store, log: options.log, ear: siteServer?.ear, heard: desks.heard })
  let safekeeping: Safekeeping | null = null
  let copy: CopyKeeper | null = null
  return ok({
    store,
    dutyOf: duties.of,
    desks,
    firstStart: 'firstStart' in opened.value && opened.value.firstStart,
    away,
    isCopy: (visitId) => away?.isCopied(visitId) ?? false,
    hasCopy: () => copy?.standing() != null,
    keepSafe(ports) {
      if (isAlone) return
      if (site && siteServer) copy = keepCopy(store, { ...options, isBusy: () => !ports.isIdle() })
      safekeeping = createSafekeeping({ ...ports, store, folder: copiesOf(options.dataDir) })
    },
    failures: () => [...left, ...(safekeeping?.failures() ?? [])],
    async close() {
      await copy?.close()
      await safekeeping?.close()
      await duties.close()
      store.close()
    },
  })
}
