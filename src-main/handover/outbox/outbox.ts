// The outbox at work: a lane for each destination, one mover for their rows, and what a person does about one. Failures that
// may pass are tried again for as long as it takes, unclear and refused ones wait for a person; nothing is given up, nothing is
// written twice. What becomes of a row: tries.ts, looks.ts.
import type { Clock } from '../../ground/clock.ts'
import { createListeners } from '../../ground/listeners.ts'
import { type Log, stackOf } from '../../ground/log.ts'
import { type Failure, ok, Refusal } from '../../ground/result.ts'
import { isIn, underWayStates } from '../../ground/states.ts'
import type { Deliveries, DeliveryRow, NewDelivery } from '../../store/deliveries.ts'
import type { Duty } from '../../store/duties.ts'
import type { SharedWork } from '../../store/leases.ts'
import type { StoredVisit, Visits } from '../../store/visits.ts'
import type { Deliverer } from '../deliverer.ts'
import { createLeftFiles, type LeftFiles } from '../folder/left-files.ts'
import { createActs, type DeliveryActs } from './acts.ts'
import { createLane, type LanePauseMs, type LanePorts } from './lane.ts'
import { createLooks } from './looks.ts'
import { createLostRows } from './lost-rows.ts'
import { createMover, type Move, type Mover } from './mover.ts'
import { onDuty } from './on-duty.ts'
import { createTries, hasDoubtfulDay } from './tries.ts'

export interface Outbox extends DeliveryActs {
  /** There may be new rows in the outbox. `destinations`: of these alone. */
  wake(destinations?: readonly string[] | null): void
  /** It is certain by now that `today` (YYYY-MM-DD) is right: what was in doubt about being of this day goes out as it is. */
  clockWasRight(today: string): Promise<void>
  /** Resolves when no file is under way: each is delivered, refused, or held up. */
  settled(): Promise<void>
  onChange(listener: (visitId: string) => void): () => void
  /** The visit, where a file of it cannot be noted as it is, with the failure that the store could not take either. */
  asTried(stored: StoredVisit): StoredVisit
  /** What nobody takes. */
  readonly left: LeftFiles
  /** From now on this one is the destination of that name, after the file under way; null: there is none any more. */
  change(id: string, destination: LaneDestination | null): Promise<void>
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
  /** One desk of a site at a time brings what is for a destination. */
  readonly dutyOf: (what: SharedWork) => Duty
  readonly destinations: readonly LaneDestination[]
  readonly clock: Clock
  readonly log: Log
  /** Renders one delivery of a stored visit anew; null when the visit holds no answer. */
  readonly renderAgain: (delivery: DeliveryRow) => Promise<NewDelivery | null>
  /** What keeps every lane from its destination now; null: nothing. */
  readonly holds?: (() => Failure | null) | undefined
  /** The files of this visit wait: a person may still take back what was decided. */
  readonly isWaiting?: ((visitId: string) => boolean) | undefined
  readonly pauseMs?: LanePauseMs
}

/** How long an end waits for the file under way, in milliseconds. */
const closeLimitMs = 3_000

/** More than a clinic confirms in a week of a wrong clock. */
const doubtfulAtOnce = 5_000

/** Rows of a lane that is held up whose visits say so. */
const shown = 100

export function createOutbox(options: OutboxPorts): Outbox {
  const { store, clock, log } = options
  const listeners = createListeners<[visitId: string]>()

  const mover = createMover({ store, clock, log, changed: listeners.tell })
  const { moveAll } = mover
  const holds = () => options.holds?.() ?? null

  const open = (destination: LaneDestination) => openLane(destination, { ...options, holds }, mover)
  let lanes = options.destinations.map(open)
  let isClosed = false

  const laneOf = (destination: string) => lanes.find(({ id }) => id === destination)

  const left = createLeftFiles({
    store,
    clock,
    delivererOf: (destination) => laneOf(destination)?.deliverer,
    holds,
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
    wake(destinations) {
      for (const lane of lanes) if (destinations?.includes(lane.id) ?? true) lane.wake()
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
    async change(id, destination) {
      const before = laneOf(id)
      lanes = lanes.filter((lane) => lane !== before)
      await before?.close()
      if (destination === null || isClosed) return
      const lane = open(destination)
      lanes = [...lanes, lane]
      lane.wake()
    },
    onChange: listeners.add,
    asTried(stored) {
      const deliveries = stored.deliveries.map((row) => {
        const failure = row.failure ?? (isIn(underWayStates, row.state) ? mover.notTaken(row.id) : null)
        return failure === row.failure ? row : { ...row, failure }
      })
      return deliveries.every((row, place) => row === stored.deliveries[place]) ? stored : { ...stored, deliveries }
    },
    ...createActs({ store, mover, laneOf, renderAgain: options.renderAgain }),
    async close() {
      isClosed = true
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}

/** One destination's lane, with what it runs on. */
function openLane(
  destination: LaneDestination,
  options: OutboxPorts & { readonly holds: () => Failure | null },
  mover: Mover,
) {
  const {
    store,
    dutyOf,
    clock,
    log,
    holds,
    isWaiting,
    pauseMs = { first: 250, longest: 30_000, look: 2_000 },
  } = options
  const { id, takenWithinMin, folder, newDeliverer } = destination
  const deliverer = newDeliverer()
  const duty = dutyOf(`destination ${id}`)
  const trying = onDuty(duty, mover)
  const looking = onDuty(duty, mover)
  const look = createLooks({ id, takenWithinMin, store, mover: looking, deliverer, clock })
  const lost = createLostRows({ store, deliverer })
  /** The end did not wait for the file under way any longer: what becomes of it now is found at the next start. */
  let isLeft = false
  const ports: LanePorts = {
    async pending(limit) {
      await lost.tidy()
      if (!(await trying.begin())) return []
      const rows = await store.pendingDeliveries(id, limit)
      return isWaiting ? rows.filter(({ visitId }) => !isWaiting(visitId)) : rows
    },
    work: createTries({ store, mover: trying, deliverer, folder, holds, lost }),
    isOwn: deliverer.isOwnFault,
    async heldUp(failure) {
      if (failure.code === 'LEASE_LOST') return
      // The visits behind shall show why nothing moves, too.
      const silent = (await store.pendingDeliveries(id, shown)).filter((delivery) => !delivery.failure)
      await trying.moveAll(silent.map((delivery) => ({ delivery, to: { state: delivery.state, failure } })))
      await duty.pass()
    },
    look: async (limit) => ((await looking.begin()) ? look(limit) : { taken: 0, isWorthIt: true }),
    // A store that cannot be read is no bug, and its own to tell of: a server that is away is so for every lane at every try.
    fault(error) {
      if (!isLeft && !(error instanceof Refusal)) log.write({ event: 'fault', destination: id, where: stackOf(error) })
    },
  }
  const lane = createLane(id, ports, pauseMs)
  duty.onTurn(lane.lookAgain)
  return {
    ...lane,
    deliverer,
    async close() {
      // A share that hangs must not hold up the end: whatever it was at is found at the next start.
      const ended = lane.close().then(() => lost.tidy().catch(() => undefined))
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, closeLimitMs).unref())])
      isLeft = true
      await deliverer.close()
    },
  }
}
