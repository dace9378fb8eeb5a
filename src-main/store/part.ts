// The part that everything else stands on: the data folder with its store, looked at and copied once a day. It ends last, so
// that the copy of a day holds the whole day.
import type { Clock } from '../ground/clock.ts'
import type { Log } from '../ground/log.ts'
import { type Failure, ok, type Result } from '../ground/result.ts'
import { type DataOptions, openDataFor } from './data-folder.ts'
import { createDuties, type Duties } from './duties.ts'
import type { WrittenFor } from './erasing.ts'
import { copiesOf, createSafekeeping, type Safekeeping, type SafekeepingPorts } from './safekeeping.ts'
import type { Store } from './store.ts'

export interface StorePart {
  readonly store: Store
  /** Whose turn it is at what one desk of a site does for all. */
  readonly dutyOf: Duties['of']
  /** No database was there before. */
  readonly firstStart: boolean
  /** Begins to check and copy it. */
  keepSafe(ports: Omit<SafekeepingPorts, 'store' | 'folder'>): void
  /** As Safekeeping.failures. */
  failures(): readonly Failure[]
  close(): Promise<void>
}

/** Errors: those of openDataFor. */
export async function openStorePart(
  options: DataOptions & { readonly settings: { readonly mode: WrittenFor }; readonly clock: Clock; readonly log: Log },
): Promise<Result<StorePart>> {
  const data = await openDataFor(options.settings.mode, options)
  if (!data.ok) return data
  const { store, firstStart } = data.value
  const duties = createDuties({ store, log: options.log })
  let safekeeping: Safekeeping | null = null
  return ok({
    store,
    dutyOf: duties.of,
    firstStart,
    keepSafe(ports) {
      safekeeping = createSafekeeping({ ...ports, store, folder: copiesOf(options.dataDir) })
    },
    failures: () => safekeeping?.failures() ?? [],
    async close() {
      await safekeeping?.close()
      await duties.close()
      store.close()
    },
  })
}
