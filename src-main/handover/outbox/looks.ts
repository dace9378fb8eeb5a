// What became of the files that were delivered: taken, refused, or not taken for longer than the clinic waits; and what a crash
// has left lying about.
import type { Clock } from '../../ground/clock.ts'
import { isIn, underWayStates } from '../../ground/states.ts'
import type { Deliveries, DeliveryRow } from '../../store/deliveries.ts'
import type { Deliverer, Fate } from '../deliverer.ts'
import { temporaryName } from '../folder/bring-files.ts'
import type { LanePorts } from './lane.ts'
import type { Move, Mover } from './mover.ts'

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/

export function createLooks(ports: {
  readonly id: string
  /** After how many minutes an untaken delivery becomes news for the counter; null: never. */
  readonly takenWithinMin: number | null
  readonly store: Pick<Deliveries, 'awaitedDeliveries' | 'delivery'>
  readonly mover: Mover
  readonly deliverer: Deliverer
  readonly clock: Clock
}): LanePorts['look'] {
  const { id, takenWithinMin, store, mover, deliverer, clock } = ports
  const { moveAll } = mover
  /** The folder has been there to be looked at since the start. */
  let isSeen = false

  const becameOf = (delivery: DeliveryRow, fate: Fate): Move[] => {
    const { destination } = delivery
    if (fate === 'acknowledged') {
      return [{ delivery, to: { state: 'acknowledged', failure: null }, event: 'deliveryAcknowledged' }]
    }
    if (fate === 'refused') {
      const failure = { code: 'DESTINATION_REFUSED', detail: { destination } } as const
      return [{ delivery, to: { state: 'refused', failure }, event: 'deliveryRefused' }]
    }
    const waitedMs = clock.now().getTime() - Date.parse(delivery.updatedAt)
    if (takenWithinMin === null || delivery.failure || waitedMs < takenWithinMin * 60_000) return []
    const failure = { code: 'DESTINATION_NOT_TAKEN', detail: { destination } } as const
    return [{ delivery, to: { state: 'delivered', failure }, event: 'deliveryLate' }]
  }

  /** Removes what a crash has left of rows that are through or called off. */
  const tidy = async (names: readonly string[]): Promise<void> => {
    for (const name of names) {
      // The name carries the row; what is no row of ours is another's, and stays.
      const [rowId] = uuid.exec(name) ?? []
      const delivery = rowId === undefined ? null : await store.delivery(rowId)
      const isOurs = delivery?.destination === id && temporaryName(delivery) === name
      if (isOurs && !isIn(underWayStates, delivery.state)) await deliverer.clear(delivery)
    }
  }

  return async (limit) => {
    const awaited = await store.awaitedDeliveries(id, limit)
    if (awaited.length === 0 && isSeen) return { taken: 0, isWorthIt: false }
    const looked = await deliverer.look(awaited)
    // Nothing can be seen now: nothing has become of anything.
    if (!looked.ok) return { taken: 0, isWorthIt: true }
    isSeen = true
    // At each look: an empty folder may have stood in the place of the share.
    await tidy(looked.value.unfinished)
    const { fates } = looked.value
    await moveAll(awaited.flatMap((delivery, index) => becameOf(delivery, fates[index] ?? 'waiting')))
    const waiting = fates.filter((fate) => fate === 'waiting').length
    return { taken: awaited.length - waiting, isWorthIt: waiting > 0 }
  }
}
