// What the server has noted as changed (migrations/postgres, note_change), in the order of the commits, and how far it has been read.
import { z } from 'zod'
import { statement, type Work } from '../sql/work.ts'

/** Read at once. */
export const changesAtOnce = 5_000

const stamp = '(extract(epoch FROM at) * 1000000)::bigint AS stamp'
const newestRow = statement(`SELECT seq, ${stamp} FROM changes ORDER BY seq DESC LIMIT 1`)
const rowsFrom = statement(`
  SELECT seq, ${stamp}, kind, id, writer FROM changes WHERE seq >= ? ORDER BY seq LIMIT ?`)

const placeSchema = z.object({ seq: z.number(), stamp: z.number() })
/** How far the changes have been read. With its time: a server that was put back to a copy gives the same numbers anew. */
export type ChangesPlace = z.infer<typeof placeSchema>

const changeRows = z.array(placeSchema.extend({ kind: z.string(), id: z.string(), writer: z.string() }))
export type ChangeRow = z.infer<typeof changeRows>[number]

export function* newestChange(): Work<ChangesPlace> {
  return placeSchema.parse(yield* newestRow.get())
}

/** Those behind `place`; null: it is not there any more, and nobody knows what has changed since. */
export function* changesBehind(place: ChangesPlace, limit = changesAtOnce): Work<readonly ChangeRow[] | null> {
  const [last, ...rows] = changeRows.parse(yield* rowsFrom.all(place.seq, limit + 1))
  return last?.seq === place.seq && last.stamp === place.stamp ? rows : null
}
