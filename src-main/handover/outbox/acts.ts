// What a person does about one delivery, on the screen or by its id on the command line: as far as its state allows.
import { fail, ok, type Result } from '../../ground/result.ts'
import { type DeliveryAct, deliveryRules, isIn, underWayStates } from '../../ground/states.ts'
import type { Deliveries, DeliveryRow, NewDelivery } from '../../store/deliveries.ts'
import type { Deliverer } from '../deliverer.ts'
import type { Lane } from './lane.ts'
import type { Mover } from './mover.ts'

export interface DeliveryActs {
  /**
   * A person asks for this delivery again: at once for one that is held up, anew for any other; the same bytes under the
   * same name, or what can be rendered now if it could not be before or the destination has refused a call. Errors:
   * REQUEST_INVALID, TEXT_NOT_ENCODABLE and the other refusals of a format, STORE_ codes.
   */
  retry(deliveryId: string): Promise<Result<void>>
  /** A person does not want it any more. Not once its name may have been seen. Errors: as above, DELIVERY_NOT_CURRENT. */
  cancel(deliveryId: string): Promise<Result<void>>
  /** A person has seen that the receipt computer has it. Errors: as above. */
  markImported(deliveryId: string): Promise<Result<void>>
}

export function createActs(ports: {
  readonly store: Pick<Deliveries, 'delivery'>
  readonly mover: Mover
  readonly laneOf: (destination: string) => (Lane & { readonly deliverer: Deliverer }) | undefined
  /** Renders one delivery of a stored visit anew; null when the visit holds no answer. */
  readonly renderAgain: (delivery: DeliveryRow) => Promise<NewDelivery | null>
}): DeliveryActs {
  const { store, mover, laneOf, renderAgain } = ports

  /** The delivery a person means, with its lane; one of a destination that is no longer set up has none. */
  const meant = async (deliveryId: string, act: DeliveryAct) => {
    const delivery = await store.delivery(deliveryId)
    const lane = delivery && laneOf(delivery.destination)
    if (!delivery || !lane) return fail('REQUEST_INVALID', { field: 'deliveryId' })
    return deliveryRules.mayDo(delivery.state, act) ? ok({ delivery, lane }) : fail('DELIVERY_NOT_CURRENT')
  }

  /** Back into its lane: as it is, or (`isAnew`) with what can be rendered now. */
  const requeue = async (delivery: DeliveryRow, isAnew: boolean): Promise<Result<void>> => {
    if (!isAnew) return mover.move(delivery, { state: 'queued', failure: null }, 'deliveryRetried')
    const rendered = await renderAgain(delivery)
    if (!rendered) return fail('REQUEST_INVALID', { field: 'deliveryId' })
    if (rendered.failure) return { ok: false, error: rendered.failure }
    const { payload } = rendered
    return mover.move(delivery, { state: 'queued', failure: null, payload }, 'deliveryRetried')
  }

  return {
    async retry(deliveryId) {
      const found = await meant(deliveryId, 'retry')
      if (!found.ok) return found
      const { delivery, lane } = found.value
      const { state } = delivery
      const isAnew = state === 'rejected' || (state === 'refused' && lane.deliverer.rendersAnew)
      const requeued = isIn(underWayStates, state) ? ok(undefined) : await requeue(delivery, isAnew)
      if (requeued.ok) lane.wake()
      return requeued
    },
    async cancel(deliveryId) {
      const found = await meant(deliveryId, 'cancel')
      if (!found.ok) return found
      const { delivery, lane } = found.value
      const moved = await mover.move(delivery, { state: 'cancelled', failure: null }, 'deliveryCancelled')
      if (moved.ok) await lane.deliverer.clear(delivery)
      return moved
    },
    async markImported(deliveryId) {
      const found = await meant(deliveryId, 'markImported')
      if (!found.ok) return found
      return mover.move(found.value.delivery, { state: 'acknowledged', failure: null }, 'deliveryMarkedImported')
    },
  }
}
