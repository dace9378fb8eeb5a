// The person who is asked where a lane cannot know whether the receipt computer has a file: they look there, and say that it has, or
// send it again, with the moves that the screen's buttons make.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { clinicMoment, systemClock } from '../../../src-main/ground/clock.ts'
import type { Deliveries } from '../../../src-main/store/deliveries.ts'
import { type ServerAccess, schemaOf } from '../../../src-main/store/postgres/access.ts'
import { administratorOf, type PostgresPlace } from '../server.ts'
import type { Files } from './receipt-computer.ts'

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    file: z.string(),
    state: z.enum(['queued', 'publishing', 'conflict', 'refused', 'rejected']),
  }),
)

export function openPerson({
  store,
  server,
  site,
  taken,
  lying,
}: {
  readonly store: Pick<Deliveries, 'moveDeliveries'>
  readonly server: PostgresPlace
  readonly site: ServerAccess
  /** What the receipt computer has taken, and the folder in which files lie. */
  readonly taken: Files
  readonly lying: string
}) {
  const sentAgain = new Set<string>()
  let asked = 0
  return {
    sentAgain: sentAgain as ReadonlySet<string>,
    asked: () => asked,
    /** How many files are not brought yet, after every question has been answered. */
    async look(): Promise<number> {
      const administrator = await administratorOf(server)
      const { rows } = await administrator.query(
        `SELECT id, file_name AS file, state FROM "${schemaOf(site)}".deliveries
        WHERE state IN ('queued', 'publishing', 'conflict', 'refused', 'rejected')`,
      )
      await administrator.end()
      const left = rowsSchema.parse(rows)
      for (const { id, file, state } of left) {
        if (state !== 'conflict') continue
        asked++
        const isThere = taken.has(file) || existsSync(join(lying, file))
        if (!isThere) sentAgain.add(id)
        const to = {
          state: isThere ? 'acknowledged' : 'queued',
          failure: null,
          at: clinicMoment(systemClock.now()),
        } as const
        const event = isThere ? 'deliveryMarkedImported' : 'deliveryRetried'
        await store.moveDeliveries([{ delivery: { id, state }, to, event }])
      }
      return left.length
    },
  }
}
