// Files that nobody takes lie in plain text for as long as nobody does anything about it. They are counted by destination,
// and a person can have them removed: only those that bear a name of ours and hold exactly what we wrote, and never because
// of a clock alone.
import { type Clock, clinicMoment, daysLater } from '../../ground/clock.ts'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import type { Deliveries, LeftFile } from '../../store/deliveries.ts'
import type { Deliverer } from '../deliverer.ts'

/** A receipt computer that was off over the longest holidays still finds its files. */
const leftDays = 7

/** Named one by one on the screen. */
const named = 20

/** More than lies there after a month without a receipt computer. */
const atOnce = 5_000

interface LeftInFolder {
  readonly count: number
  /** When the oldest of them was delivered, and before when all were. */
  readonly since: string
  readonly until: string
  /** Of the oldest ones. */
  readonly names: readonly string[]
}

export interface LeftFiles {
  /** What lies in a destination's folder; null: nothing. Errors: DESTINATION_ codes. */
  look(destination: string): Promise<Result<LeftInFolder | null>>
  /**
   * Removes those that were delivered before `until`, as it was told. What is not exactly ours stays. Errors:
   * REQUEST_INVALID, CLOCK_WRONG, DESTINATION_ codes, those of the store.
   */
  remove(destination: string, until: string): Promise<Result<void>>
}

type Row = LeftFile & { readonly deliveryId: string | null }

export function createLeftFiles(ports: {
  readonly store: Pick<Deliveries, 'awaitedDeliveries' | 'leftFiles' | 'forgetLeftFiles'>
  readonly clock: Clock
  readonly delivererOf: (destination: string) => Deliverer | undefined
  /** Why the clock is not to be believed now; null: it is. */
  readonly holds: () => Failure | null
  /** A person does not want these any more. */
  readonly callOff: (deliveryIds: readonly string[]) => Promise<Result<void>>
}): LeftFiles {
  const { store, clock, delivererOf, holds, callOff } = ports

  const newest = () => clinicMoment(daysLater(clock.now(), -leftDays))

  /** Oldest first. */
  const rowsBefore = async (destination: string, until: string): Promise<readonly Row[]> => {
    const awaited = await store.awaitedDeliveries(destination, atOnce)
    const current = new Set(awaited.map(({ fileName }) => fileName))
    const expired = await store.leftFiles(destination, atOnce)
    const rows: readonly Row[] = [
      // One that was sent again since is what it is now.
      ...expired.filter(({ fileName }) => !current.has(fileName)).map((row) => ({ ...row, deliveryId: null })),
      ...awaited.map(({ id, fileName, sha256, updatedAt }) => ({
        fileName,
        sha256,
        deliveredAt: updatedAt,
        deliveryId: id,
      })),
    ]
    return rows
      .filter(({ deliveredAt }) => Date.parse(deliveredAt) < Date.parse(until))
      .sort((one, other) => Date.parse(one.deliveredAt) - Date.parse(other.deliveredAt))
  }

  return {
    async look(destination) {
      const until = newest()
      const rows = await rowsBefore(destination, until)
      const deliverer = delivererOf(destination)
      if (!deliverer || rows.length === 0) return ok(null)
      const names = await deliverer.names()
      if (!names.ok) return names
      const there = new Set(names.value)
      const left = rows.filter(({ fileName }) => there.has(fileName))
      const [oldest] = left
      if (!oldest) return ok(null)
      const first = left.slice(0, named).map(({ fileName }) => fileName)
      return ok({ count: left.length, since: oldest.deliveredAt, until, names: first })
    },

    async remove(destination, until) {
      const held = holds()
      if (held) return { ok: false, error: held }
      const deliverer = delivererOf(destination)
      if (!deliverer || Date.parse(until) > Date.parse(newest())) return fail('REQUEST_INVALID', { field: 'until' })
      const rows = await rowsBefore(destination, until)
      const calledOff = await callOff(rows.flatMap(({ deliveryId }) => deliveryId ?? []))
      if (!calledOff.ok) return calledOff
      const removed = await deliverer.removeOurs(destination, rows)
      if (!removed.ok) return removed
      // One that is not there now may be, once its share is mounted again.
      const gone = new Set(removed.value)
      return store.forgetLeftFiles(
        destination,
        rows.filter(({ fileName }) => gone.has(fileName)),
      )
    },
  }
}
