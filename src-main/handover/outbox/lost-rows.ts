// Rows that this desk was at when it lost its turn. It may have written the unfinished file after the desk whose turn it is now had
// brought the finished one, and that one looks for no such file any more: it is removed here, once somebody is through with the row.
// Not before: the unfinished name is the same at every desk, and may be what the other one is going to finish.
import { isIn, underWayStates } from '../../ground/states.ts'
import type { Deliveries, DeliveryRow } from '../../store/deliveries.ts'
import type { Deliverer } from '../deliverer.ts'

export interface LostRows {
  note(delivery: DeliveryRow): void
  /** Throws a Refusal where the store cannot be read; it is tried again then. */
  tidy(): Promise<void>
}

export function createLostRows(ports: {
  readonly store: Pick<Deliveries, 'delivery'>
  readonly deliverer: Pick<Deliverer, 'clear'>
}): LostRows {
  const { store, deliverer } = ports
  const lost = new Map<string, DeliveryRow>()
  return {
    note(delivery) {
      lost.set(delivery.id, delivery)
    },
    async tidy() {
      for (const [id, delivery] of [...lost]) {
        if (isIn(underWayStates, (await store.delivery(id))?.state)) continue
        if ((await deliverer.clear(delivery)).ok) lost.delete(id)
      }
    },
  }
}
