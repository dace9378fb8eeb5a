// One try to bring rows of a lane to their destination, and what becomes of each after it. Failures that may pass keep the row
// in its lane, unclear ones wait for a person, a refusal is the destination's last word.
import { failureClass } from '../../ground/failures.ts'
import { type Failure, fail, type Result } from '../../ground/result.ts'
import type { Deliveries, DeliveryRow } from '../../store/deliveries.ts'
import type { Deliverer, Outcome } from '../deliverer.ts'
import { pathOf } from '../folder/bring-files.ts'
import type { LanePorts } from './lane.ts'
import type { LostRows } from './lost-rows.ts'
import type { Move, Mover } from './mover.ts'

/** What becomes of a row after a try; with another try to come `attempts` counts up. `commit`: of the state before it, where there was one. */
function stepAfter(now: DeliveryRow, outcome: Outcome, commit: Result<void> | undefined, folder: string | null): Move {
  if (outcome.ok) {
    const event = outcome.value === 'delivered' ? 'deliveryDelivered' : 'deliveryAcknowledged'
    const place = folder === null ? {} : { place: pathOf(now, { folder }) }
    return { delivery: now, to: { state: outcome.value, failure: null, ...place }, event }
  }
  const { error: failure } = outcome
  const kind = commit?.ok === false ? 'transient' : failureClass[failure.code]
  if (kind === 'ambiguous') return { delivery: now, to: { state: 'conflict', failure }, event: 'deliveryConflict' }
  if (kind === 'permanent') return { delivery: now, to: { state: 'refused', failure }, event: 'deliveryRefused' }
  return { delivery: now, to: { state: now.state, failure, attempts: now.attempts + 1 } }
}

/** Confirmed on a day that the clock said and that is in doubt. */
export const hasDoubtfulDay = ({ failure }: DeliveryRow) => failure?.code === 'VISIT_DAY_WRONG'

export function createTries(ports: {
  readonly store: Pick<Deliveries, 'payload'>
  readonly mover: Mover
  readonly deliverer: Deliverer
  /** Absolute path of the folder its files lie in; null: it takes calls instead. */
  readonly folder: string | null
  /** What keeps the lane from its destination now; null: nothing. */
  readonly holds: () => Failure | null
  readonly lost: Pick<LostRows, 'note'>
}): LanePorts['work'] {
  const { store, mover, deliverer, folder, holds, lost } = ports
  const { moveAll, move } = mover

  /** For each row that was worked on what holds the lane up, null where it can go on. */
  const tryAll = async (deliveries: readonly DeliveryRow[]): Promise<readonly (Failure | null)[]> => {
    const commits = new Map<string, Result<void>>()
    const outcomes = await deliverer.deliver(deliveries, {
      payload: (deliveryId) => store.payload(deliveryId),
      async commitPublishing(rows) {
        const answers = await moveAll(
          rows.map((delivery) => ({ delivery, to: { state: 'publishing', failure: null } })),
        )
        for (const [index, answer] of answers.entries()) commits.set(rows[index]?.id ?? '', answer)
        return answers
      },
    })
    const tried = deliveries.slice(0, outcomes.length)
    const steps = tried.map((delivery, index) => {
      const commit = commits.get(delivery.id)
      const now = commit?.ok ? ({ ...delivery, state: 'publishing' } as const) : delivery
      return stepAfter(now, outcomes[index] ?? fail('AGENT_FAULT'), commit, folder)
    })
    const moved = await moveAll(steps)
    return Promise.all(
      tried.map(async (delivery, index) => {
        const outcome = outcomes[index]
        const noted = moved[index] ?? fail('AGENT_FAULT')
        if (!noted.ok && noted.error.code === 'LEASE_LOST') lost.note(delivery)
        // A person has called it off meanwhile: what the try has left goes, the lane goes on.
        if (!noted.ok && noted.error.code === 'DELIVERY_NOT_CURRENT') {
          const cleared = await deliverer.clear(delivery)
          return cleared.ok ? null : cleared.error
        }
        // Still to be brought there: its failure is what the lane waits for.
        if (steps[index]?.to.attempts !== undefined && outcome && !outcome.ok) return outcome.error
        return noted.ok ? null : noted.error
      }),
    )
  }

  /** What was confirmed under a doubtful day is for a person, once the clock is right again. */
  return async (deliveries) => {
    const held = holds()
    if (held) return deliveries.map(() => held)
    const [first] = deliveries
    const firstDoubtful = deliveries.findIndex(hasDoubtfulDay)
    if (!first || firstDoubtful !== 0)
      return tryAll(firstDoubtful < 0 ? deliveries : deliveries.slice(0, firstDoubtful))
    const asked = await move(first, { state: 'conflict', failure: first.failure }, 'deliveryConflict')
    return [asked.ok || asked.error.code === 'DELIVERY_NOT_CURRENT' ? null : asked.error]
  }
}
