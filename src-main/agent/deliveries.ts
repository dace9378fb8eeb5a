// A day's deliveries without a screen, for the command line of clinic IT: what became of each, and the same three things
// a person can do about one on the screen. No reader, no hub; nothing about a patient is told.
import { existsSync } from 'node:fs'
import { openByHandAt } from '../eligibility/handed.ts'
import { clinicDay } from '../ground/clock.ts'
import type { Failure, Result } from '../ground/result.ts'
import { fail, ok } from '../ground/result.ts'
import type { Outbox } from '../handover/outbox/outbox.ts'
import { siteServerOf } from '../settings/store-access.ts'
import { type DataOptions, openDataFor } from '../store/data-folder.ts'
import type { DeliveryRow } from '../store/deliveries.ts'
import { createDuties } from '../store/duties.ts'
import { type OutboxOptions, openOutbox } from './outbox.ts'

export interface ListedDelivery extends Pick<DeliveryRow, 'id' | 'destination' | 'format' | 'state' | 'updatedAt'> {
  /** 受付番号 and day of its visit. */
  readonly visitNumber: number
  readonly visitDay: string
  readonly failure: Failure | null
  /** 公費 that are not in it and that staff have to enter themselves. */
  readonly byHand: number
  /** Absolute path of a file that lies there. */
  readonly path: string | null
}

export interface DeliveryRequest {
  /** null: only look. */
  readonly act: { readonly what: 'retry' | 'cancel' | 'markImported'; readonly deliveryId: string } | null
  /** Whose deliveries to tell, YYYY-MM-DD; of today when not given. */
  readonly day?: string | undefined
}

/**
 * Does what is asked, waits until no file is under way, and tells the day's deliveries, those of the latest visit first.
 * Errors: those of the store; REQUEST_INVALID for a delivery that does not exist.
 */
export async function runDeliveries(
  options: DataOptions & Omit<OutboxOptions, 'store' | 'dutyOf' | 'training' | 'substitutions'>,
  { act, day }: DeliveryRequest,
): Promise<Result<readonly ListedDelivery[]>> {
  // Looking makes nothing: a mistyped folder must not become a data folder with a key of its own.
  if (!existsSync(options.dataDir)) return act ? fail('REQUEST_INVALID', { field: 'deliveryId' }) : ok([])
  const { settings, clock } = options
  const site = options.site ?? siteServerOf(settings, options.dataDir)
  const data = await openDataFor(settings.mode, { ...options, site })
  if (!data.ok) return data
  const { store } = data.value
  const duties = createDuties({ store, log: options.log })
  let outbox: Outbox | null = null
  try {
    outbox = openOutbox({
      ...options,
      store,
      dutyOf: duties.of,
      training: settings.mode === 'training',
      substitutions: () => settings.substitutions,
    })
    const done = act ? await outbox[act.what](act.deliveryId) : ok(undefined)
    if (!done.ok) return done
    await outbox.settled()
    const visits = await store.visitsOfDay(day ?? clinicDay(clock.now()))
    return ok(
      visits.flatMap(({ visit, handed, deliveries }) =>
        deliveries.map(({ id, destination, format, state, failure, place, updatedAt }) => {
          return {
            id,
            destination,
            format,
            state,
            failure,
            byHand: handed ? openByHandAt(handed, destination) : 0,
            path: state === 'delivered' ? place : null,
            updatedAt,
            visitNumber: visit.number,
            visitDay: visit.day,
          }
        }),
      ),
    )
  } finally {
    await outbox?.close()
    await duties.close()
    store.close()
  }
}
