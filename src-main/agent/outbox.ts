// The outbox with a lane for every destination in the settings, switched off or not: what is on its way arrives.
import type { Clock } from '../contract/clock.ts'
import type { Log } from '../contract/log.ts'
import { ok, type Result } from '../contract/result.ts'
import { createDeliveryThread } from '../handover/delivery-threads.ts'
import type { Substitutions } from '../handover/encoding.ts'
import { openOrca } from '../handover/orca/connection.ts'
import { createOrcaDeliverer } from '../handover/orca/orca-deliverer.ts'
import { renderDelivery } from '../handover/render.ts'
import { createHandover, type Handover, type HandoverOptions } from '../handover/worker.ts'
import { readOrcaAccess } from '../settings/orca-access.ts'
import type { Settings } from '../settings/settings.ts'
import type { DeliveryRecord, NewDelivery, Store } from '../store/store.ts'

export interface OutboxOptions {
  readonly store: Store
  readonly settings: Settings
  /** What the clinic has approved by now. */
  readonly substitutions: () => Substitutions
  /** Absolute path of handover/delivery-thread.ts, or of what it was built into. */
  readonly entries: { readonly deliveryThread: string }
  readonly clock: Clock
  readonly log: Log
}

/** It begins when it is woken. Errors: SETTINGS_INVALID (a file that ORCA's settings name). */
export async function openOutbox(options: OutboxOptions): Promise<Result<Handover>> {
  const { store, clock, log } = options
  const lanes = await lanesOf(options)
  if (!lanes.ok) return lanes
  const again = (delivery: DeliveryRecord) => renderAgain(options, delivery)
  return ok(createHandover({ store, destinations: lanes.value, renderAgain: again, clock, log }))
}

/** What could not be rendered, with the table the clinic has approved since. */
async function renderAgain(
  { store, settings, substitutions }: OutboxOptions,
  delivery: DeliveryRecord,
): Promise<NewDelivery | null> {
  const stored = await store.visit(delivery.visitId)
  const destination = settings.destinations.find(({ id }) => id === delivery.destination)
  if (!stored?.eligibility || !destination) return null
  const { visit } = stored
  const eligibility = (await store.confirmationOf(visit.id))?.eligibility ?? stored.eligibility
  const confirmed = {
    visitId: visit.id,
    visitNumber: visit.number,
    visitDay: visit.day,
    // A visit with a file that is not written yet has not moved on since.
    confirmedAt: visit.updatedAt,
    training: settings.mode === 'training',
    patientNumber: visit.patientNumber,
    eligibility,
  }
  return renderDelivery(confirmed, destination, substitutions(), delivery.id)
}

/** How each destination gets what is for it. Errors: SETTINGS_INVALID (a file that ORCA's settings name). */
async function lanesOf({ settings, entries, clock }: OutboxOptions): Promise<Result<HandoverOptions['destinations']>> {
  const lanes: HandoverOptions['destinations'][number][] = []
  for (const destination of settings.destinations) {
    const { id } = destination
    if (destination.format === 'orca') {
      const access = await readOrcaAccess(destination)
      if (!access.ok) return access
      const newDeliverer = () => createOrcaDeliverer(openOrca(access.value), destination, clock)
      lanes.push({ id, takenWithinMin: null, newDeliverer })
    } else {
      const newDeliverer = () =>
        createDeliveryThread(entries.deliveryThread, {
          folder: destination.folder,
          endMarker: 'endMarker' in destination && destination.endMarker,
          sharedName: destination.format === 'receipt',
        })
      lanes.push({ id, takenWithinMin: destination.takenWithinMin, newDeliverer })
    }
  }
  return ok(lanes)
}
