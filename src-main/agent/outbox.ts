// The outbox with a lane for every destination in the settings, switched off or not: what is on its way arrives.
import { isDeepStrictEqual } from 'node:util'
import type { Destination } from '../contract/destination.ts'
import type { PartWith } from '../contract/part.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import type { Log } from '../ground/log.ts'
import type { News } from '../ground/news.ts'
import { ok, type Result } from '../ground/result.ts'
import type { Deliverer } from '../handover/deliverer.ts'
import { createDeliveryThread } from '../handover/folder/threaded-deliverer.ts'
import type { Substitutions } from '../handover/formats/encoding.ts'
import { confirmedVisit } from '../handover/formats/handover-document.ts'
import { renderDelivery } from '../handover/formats/render.ts'
import { openOrca } from '../handover/orca/connection.ts'
import { createOrcaDeliverer, orcaTraits } from '../handover/orca/orca-deliverer.ts'
import { createOutbox, type Outbox, type OutboxPorts } from '../handover/outbox/outbox.ts'
import { createWaitingDeliverer } from '../handover/outbox/waiting-deliverer.ts'
import { readOrcaAccess, type SecretPlaces } from '../settings/orca-access.ts'
import type { Settings } from '../settings/settings.ts'
import type { DeliveryRow, NewDelivery } from '../store/deliveries.ts'
import type { Visits } from '../store/visits.ts'
import { createLeftFilesWatch } from './left-files.ts'

export interface OutboxOptions {
  readonly store: OutboxPorts['store']
  readonly dutyOf: OutboxPorts['dutyOf']
  readonly settings: Settings
  /** Files are marked as training ones. */
  readonly training: boolean
  /** Absolute path: below it lie the secrets. */
  readonly dataDir: string
  /** What the clinic has approved by now. */
  readonly substitutions: () => Substitutions
  /** Absolute path of handover/folder/delivery-thread.ts, or of what it was built into. */
  readonly entries: { readonly deliveryThread: string }
  readonly clock: Clock
  /** As in OutboxPorts. */
  readonly holds?: OutboxPorts['holds']
  readonly isWaiting?: OutboxPorts['isWaiting']
  readonly log: Log
}

/** The same for the screen, with what lies in the folders and nobody takes. */
export function openDeliveries(
  options: OutboxOptions & {
    readonly store: Pick<Visits, 'noteEnteredByHand'>
    readonly news: News
    /** The settings name other destinations now. */
    readonly onTaken: (listener: () => Promise<void>) => void
  },
) {
  const { store, settings, clock, news } = options
  const outbox = openOutbox(options)
  outbox.onChange(news.tell)
  let running = settings.destinations
  const left = createLeftFilesWatch(outbox.left, () => settings.destinations.map(({ id }) => id), news.tell)
  options.onTaken(async () => {
    const before = running
    running = settings.destinations
    const ids = new Set([...before, ...running].map(({ id }) => id))
    for (const each of ids) {
      const [was, is] = [before, running].map((all) => all.find(({ id }) => id === each))
      if (!isDeepStrictEqual(was, is)) await outbox.change(each, is ? laneOf(is, lanePlace(options)) : null)
    }
    await left.look()
  })
  return {
    outbox,
    left,
    follows: { delivery: outbox.wake },
    calls: {
      retryDelivery: ({ deliveryId }) => outbox.retry(deliveryId),
      cancelDelivery: ({ deliveryId }) => outbox.cancel(deliveryId),
      markDeliveryImported: ({ deliveryId }) => outbox.markImported(deliveryId),
      async enteredByHand({ visitId, isEntered }) {
        const noted = await store.noteEnteredByHand(visitId, isEntered, { at: clinicMoment(clock.now()) })
        news.tell(visitId)
        return noted
      },
    },
    close: outbox.close,
  } satisfies PartWith
}

/** It begins when it is woken. */
export function openOutbox(options: OutboxOptions): Outbox {
  const { store, dutyOf, clock, log, holds, isWaiting } = options
  const again = (delivery: DeliveryRow) => renderAgain(options, delivery)
  return createOutbox({
    store,
    dutyOf,
    destinations: lanesOf(options),
    renderAgain: again,
    holds,
    isWaiting,
    clock,
    log,
  })
}

/** What could not be rendered, with the table the clinic has approved since. */
async function renderAgain(
  { store, settings, training, substitutions }: OutboxOptions,
  delivery: DeliveryRow,
): Promise<NewDelivery | null> {
  const stored = await store.visit(delivery.visitId)
  const destination = settings.destinations.find(({ id }) => id === delivery.destination)
  if (!stored?.eligibility || !destination) return null
  const { visit, eligibility, handed, confirmedAt } = stored
  if (!handed || !confirmedAt) return null
  const confirmed = confirmedVisit(visit, { eligibility, handed, confirmedAt }, training)
  return renderDelivery(confirmed, destination, substitutions(), delivery.id)
}

/**
 * How each destination gets what is for it. One whose files cannot be used holds back what is for it and is looked at again
 * with every try: the desk is open meanwhile, and nothing is lost.
 */
function lanesOf(options: OutboxOptions): OutboxPorts['destinations'] {
  const place = lanePlace(options)
  return options.settings.destinations.map((destination) => laneOf(destination, place))
}

/** What a destination's way is made of, besides itself. */
export interface LanePlace extends Pick<OutboxOptions, 'entries' | 'clock'>, SecretPlaces {}

const lanePlace = ({ settings, dataDir, entries, clock }: OutboxOptions): LanePlace => ({
  dataDir,
  environment: settings.sources.environment,
  entries,
  clock,
})

/** The same for one destination, whether the settings name it or somebody is just setting it up. */
export function laneOf(
  destination: Destination,
  { dataDir, environment, entries, clock }: LanePlace,
): OutboxPorts['destinations'][number] {
  const { id } = destination
  if (destination.format === 'orca') {
    const open = async (): Promise<Result<Deliverer>> => {
      const access = await readOrcaAccess(destination, { dataDir, environment })
      return access.ok ? ok(createOrcaDeliverer(openOrca(access.value), destination, clock)) : access
    }
    return { id, takenWithinMin: null, folder: null, newDeliverer: () => createWaitingDeliverer(orcaTraits, open) }
  }
  const { folder, takenWithinMin } = destination
  const newDeliverer = () =>
    createDeliveryThread(entries.deliveryThread, {
      folder,
      endMarker: 'endMarker' in destination && destination.endMarker,
      sharedName: destination.format === 'receipt',
    })
  return { id, takenWithinMin, folder, newDeliverer }
}
