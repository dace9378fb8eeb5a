// The outbox at work: what becomes of each row after a try. Failures that may pass keep the row in its lane and are tried
// again for as long as it takes, unclear and refused ones wait for a person; nothing is given up, nothing is written twice.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Clock, clinicMoment } from '../../ground/clock.ts'
import { failureClass } from '../../ground/failures.ts'
import { createListeners } from '../../ground/listeners.ts'
import { type Log, stackOf } from '../../ground/log.ts'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import { type DeliveryAct, deliveryRules, isIn, underWayStates } from '../../ground/states.ts'
import type { Deliveries, DeliveryMove, DeliveryRow, NewDelivery } from '../../store/deliveries.ts'
import type { Visits } from '../../store/visits.ts'
import type { Deliverer, Fate, Outcome } from '../deliverer.ts'
import { pathOf, temporaryName } from '../folder/bring-files.ts'
import { createLeftFiles, type LeftFiles } from '../folder/left-files.ts'
import { createLane, type LanePauseMs } from './lane.ts'

export interface Outbox {
  /** There may be new rows in the outbox. */
  wake(): void
  /** It is certain by now that `today` (YYYY-MM-DD) is right: what was in doubt about being of this day goes out as it is. */
  clockWasRight(today: string): Promise<void>
  /** Resolves when no file is under way: each is delivered, refused, or held up. */
  settled(): Promise<void>
  onChange(listener: (visitId: string) => void): () => void
  /**
   * A person asks for this delivery again: at once for one that is held up, anew for any other; the same bytes under the
   * same name, or what can be rendered now if it could not be before or ORCA has refused it. Errors: REQUEST_INVALID, TEXT_NOT_ENCODABLE and
   * the other refusals of a format, STORE_ codes.
   */
  retry(deliveryId: string): Promise<Result<void>>
  /** A person does not want it any more. Not once its name may have been seen. Errors: as above, DELIVERY_NOT_CURRENT. */
  cancel(deliveryId: string): Promise<Result<void>>
  /** A person has seen that the receipt computer has it. Errors: as above. */
  markImported(deliveryId: string): Promise<Result<void>>
  /** What nobody takes. */
  readonly left: LeftFiles
  /** Finishes the file under way and stops. */
  close(): Promise<void>
}

/** One destination as the outbox sees it. */
interface LaneDestination {
  readonly id: string
  /** After how many minutes an untaken delivery becomes news for the counter; null: never. */
  readonly takenWithinMin: number | null
  /** Absolute path of the folder its files lie in; null: it takes calls instead. */
  readonly folder: string | null
  readonly newDeliverer: () => Deliverer
}

export interface OutboxPorts {
  readonly store: Deliveries & Pick<Visits, 'visit'>
  readonly destinations: readonly LaneDestination[]
  readonly clock: Clock
  readonly log: Log
  /** Renders one delivery of a stored visit anew; null when the visit holds no answer. */
  readonly renderAgain: (delivery: DeliveryRow) => Promise<NewDelivery | null>
  /** What keeps every lane from its destination now; null: nothing. */
  readonly holds?: (() => Failure | null) | undefined
  readonly pauseMs?: LanePauseMs
}

/** How long an end waits for the file under way, in milliseconds. */
const closeLimitMs = 3_000

/** More than a clinic confirms in a week of a wrong clock. */
const doubtfulAtOnce = 5_000

/** Rows of a lane that is held up whose visits say so. */
const shown = 100

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/

/** Who brings the rows of one destination, and where to. */
interface Lane {
  readonly deliverer: Deliverer
  readonly folder: string | null
}

/** One step of a row. */
interface Move {
  readonly delivery: DeliveryRow
  readonly to: Omit<DeliveryMove['to'], 'at'>
  readonly event?: DeliveryMove['event']
}

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

const hasDoubtfulDay = ({ failure }: DeliveryRow) => failure?.code === 'VISIT_DAY_WRONG'

export function createOutbox(options: OutboxPorts): Outbox {
  const { store, clock, log, pauseMs = { first: 250, longest: 30_000, look: 2_000 } } = options
  const listeners = createListeners<[visitId: string]>()

  /** One transaction; an answer for each. */
  const commit = async (moves: readonly Move[]): Promise<readonly Result<void>[]> => {
    const at = clinicMoment(clock.now())
    const moved = await store.moveDeliveries(moves.map((move) => ({ ...move, to: { ...move.to, at } })))
    return moves.map(({ delivery, to }, index) => {
      const result = moved.ok ? (moved.value[index] ?? fail('DELIVERY_NOT_CURRENT')) : moved
      const failure = result.ok ? to.failure : result.error
      log.write({
        event: 'deliveryMoved',
        deliveryId: delivery.id,
        destination: delivery.destination,
        state: result.ok ? to.state : delivery.state,
        ...(failure && { code: failure.code }),
      })
      // A step on the way is no news for the screen.
      if (to.state !== 'publishing' || failure) listeners.tell(delivery.visitId)
      return result
    })
  }

  /** What lanes ask for in the same turn, for instance while the disk was busy with a commit, is committed together. */
  let gathered: Move[] = []
  let committing: Promise<readonly Result<void>[]> | null = null
  const moveAll = async (moves: readonly Move[]): Promise<readonly Result<void>[]> => {
    if (moves.length === 0) return []
    const place = gathered.push(...moves) - moves.length
    committing ??= nextTurn().then(() => {
      const all = gathered
      gathered = []
      committing = null
      return commit(all)
    })
    return (await committing).slice(place, place + moves.length)
  }
  const move = async (delivery: DeliveryRow, to: Move['to'], event?: Move['event']): Promise<Result<void>> => {
    const [moved = fail('DELIVERY_NOT_CURRENT')] = await moveAll([{ delivery, to, event }])
    return moved
  }

  /** For each row that was worked on what holds the lane up, null where it can go on. */
  const work = async (
    deliveries: readonly DeliveryRow[],
    { deliverer, folder }: Lane,
  ): Promise<readonly (Failure | null)[]> => {
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
  const workUnlessHeld = async (
    deliveries: readonly DeliveryRow[],
    lane: Lane,
  ): Promise<readonly (Failure | null)[]> => {
    const held = options.holds?.()
    if (held) return deliveries.map(() => held)
    const [first] = deliveries
    const firstDoubtful = deliveries.findIndex(hasDoubtfulDay)
    if (!first || firstDoubtful !== 0)
      return work(firstDoubtful < 0 ? deliveries : deliveries.slice(0, firstDoubtful), lane)
    const asked = await move(first, { state: 'conflict', failure: first.failure }, 'deliveryConflict')
    return [asked.ok || asked.error.code === 'DELIVERY_NOT_CURRENT' ? null : asked.error]
  }

  const becameOf = (delivery: DeliveryRow, fate: Fate, takenWithinMin: number | null): Move[] => {
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
  const tidy = async (destination: string, names: readonly string[], deliverer: Deliverer): Promise<void> => {
    for (const name of names) {
      // The name carries the row; what is no row of ours is another's, and stays.
      const [rowId] = uuid.exec(name) ?? []
      const delivery = rowId === undefined ? null : await store.delivery(rowId)
      const isOurs = delivery?.destination === destination && temporaryName(delivery) === name
      if (isOurs && !isIn(underWayStates, delivery.state)) await deliverer.clear(delivery)
    }
  }

  const lanes = options.destinations.map(({ id, takenWithinMin, folder, newDeliverer }) => {
    const deliverer = newDeliverer()
    /** The folder has been there to be looked at since the start. */
    let isSeen = false
    const lane = createLane(
      id,
      {
        pending: (limit) => store.pendingDeliveries(id, limit),
        work: (deliveries) => workUnlessHeld(deliveries, { deliverer, folder }),
        isOwn: ({ code }) => code === 'ORCA_BUSY',
        async heldUp(failure) {
          // The visits behind shall show why nothing moves, too.
          const silent = (await store.pendingDeliveries(id, shown)).filter((delivery) => !delivery.failure)
          await moveAll(silent.map((delivery) => ({ delivery, to: { state: delivery.state, failure } })))
        },
        async look(limit) {
          const awaited = await store.awaitedDeliveries(id, limit)
          if (awaited.length === 0 && isSeen) return { taken: 0, isWorthIt: false }
          const looked = await deliverer.look(awaited)
          // Nothing can be seen now: nothing has become of anything.
          if (!looked.ok) return { taken: 0, isWorthIt: true }
          isSeen = true
          // At each look: an empty folder may have stood in the place of the share.
          await tidy(id, looked.value.unfinished, deliverer)
          const { fates } = looked.value
          await moveAll(
            awaited.flatMap((delivery, index) => becameOf(delivery, fates[index] ?? 'waiting', takenWithinMin)),
          )
          const waiting = fates.filter((fate) => fate === 'waiting').length
          return { taken: awaited.length - waiting, isWorthIt: waiting > 0 }
        },
        fault: (error) => log.write({ event: 'fault', destination: id, where: stackOf(error) }),
      },
      pauseMs,
    )
    return {
      ...lane,
      deliverer,
      async close() {
        // A share that hangs must not hold up the end: whatever it was at is found at the next start.
        await Promise.race([lane.close(), new Promise((resolve) => setTimeout(resolve, closeLimitMs).unref())])
        await deliverer.close()
      },
    }
  })

  /** The delivery a person means, with its lane; one of a destination that is no longer set up has none. */
  const meant = async (deliveryId: string, act: DeliveryAct) => {
    const delivery = await store.delivery(deliveryId)
    const lane = lanes.find(({ id }) => id === delivery?.destination)
    if (!delivery || !lane) return fail('REQUEST_INVALID', { field: 'deliveryId' })
    return deliveryRules.mayDo(delivery.state, act) ? ok({ delivery, lane }) : fail('DELIVERY_NOT_CURRENT')
  }

  const left = createLeftFiles({
    store,
    clock,
    delivererOf: (destination) => lanes.find(({ id }) => id === destination)?.deliverer,
    holds: () => options.holds?.() ?? null,
    async callOff(deliveryIds) {
      const rows = await Promise.all(deliveryIds.map((id) => store.delivery(id)))
      const steps = rows.flatMap((delivery): Move[] =>
        delivery ? [{ delivery, to: { state: 'cancelled', failure: null }, event: 'deliveryCancelled' }] : [],
      )
      const failed = (await moveAll(steps)).find((moved) => !moved.ok && moved.error.code !== 'DELIVERY_NOT_CURRENT')
      return failed ?? ok(undefined)
    },
  })

  return {
    left,
    wake() {
      for (const lane of lanes) lane.wake()
    },
    async clockWasRight(today) {
      for (const lane of lanes) {
        const doubtful = (await store.pendingDeliveries(lane.id, doubtfulAtOnce)).filter(hasDoubtfulDay)
        const stored = await Promise.all(doubtful.map(({ visitId }) => store.visit(visitId)))
        const ofToday = doubtful.filter((_, index) => stored[index]?.visit.day === today)
        await moveAll(ofToday.map((delivery) => ({ delivery, to: { state: delivery.state, failure: null } })))
      }
    },
    async settled() {
      await Promise.all(lanes.map((lane) => lane.settled()))
    },
    onChange: listeners.add,
    async retry(deliveryId) {
      const found = await meant(deliveryId, 'retry')
      if (!found.ok) return found
      const { delivery, lane } = found.value
      // A file keeps its bytes, a call says what is known by now: the patient's number above all.
      const isRefusedCall = delivery.state === 'refused' && delivery.format === 'orca'
      if (delivery.state === 'rejected' || isRefusedCall) {
        const rendered = await options.renderAgain(delivery)
        if (!rendered) return fail('REQUEST_INVALID', { field: 'deliveryId' })
        if (rendered.failure) return { ok: false, error: rendered.failure }
        const { payload } = rendered
        const requeued = await move(delivery, { state: 'queued', failure: null, payload }, 'deliveryRetried')
        if (!requeued.ok) return requeued
      } else if (!isIn(underWayStates, delivery.state)) {
        const requeued = await move(delivery, { state: 'queued', failure: null }, 'deliveryRetried')
        if (!requeued.ok) return requeued
      }
      lane.wake()
      return ok(undefined)
    },
    async cancel(deliveryId) {
      const found = await meant(deliveryId, 'cancel')
      if (!found.ok) return found
      const { delivery, lane } = found.value
      const moved = await move(delivery, { state: 'cancelled', failure: null }, 'deliveryCancelled')
      if (moved.ok) await lane.deliverer.clear(delivery)
      return moved
    },
    async markImported(deliveryId) {
      const found = await meant(deliveryId, 'markImported')
      if (!found.ok) return found
      return move(found.value.delivery, { state: 'acknowledged', failure: null }, 'deliveryMarkedImported')
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}
