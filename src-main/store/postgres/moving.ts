// The server's side of a move: what only it has, the numbers that were given and those that it gives to rows itself.
import { z } from 'zod'
import type { Keys } from '../sql/keys.ts'
import type { MadeColumn } from '../sql/moving.ts'
import { numberRow } from '../sql/rows.ts'
import { statement, type Work } from '../sql/work.ts'

/** Of one day: 受付番号 and requests to the terminal. */
export interface GivenNumbers {
  readonly day: string
  readonly visit: number
  readonly request: number
}

/** A 診察券番号 lies sealed, and is found by its hash. */
export const numberColumn = (keys: Keys): MadeColumn => ({
  table: 'patient_numbers',
  column: 'number_key',
  of: ({ number }) => keys.numbers(z.string().parse(number)).numberKey,
})

const given = statement('INSERT INTO given_numbers (day, kind, last) VALUES (?, ?, ?)')
const days = statement(`
  SELECT day, coalesce(max(last) FILTER (WHERE kind = 'visit'), 0) AS visit,
    coalesce(max(last) FILTER (WHERE kind = 'request'), 0) AS request
  FROM given_numbers GROUP BY day ORDER BY day DESC`)
const dayRows = z.array(z.object({ day: z.string(), visit: z.number(), request: z.number() }))

const numberedTables = statement(`
  SELECT table_name AS name, column_name AS "column" FROM information_schema.columns
  WHERE table_schema = current_schema() AND is_identity = 'YES'`)
const numberedRows = z.array(z.object({ name: z.string().regex(/^\w+$/), column: z.string().regex(/^\w+$/) }))

/** Where the numbers go on, of days and of rows, once all rows are there. */
export function* continueNumbers(numbers: readonly GivenNumbers[]): Work<void> {
  for (const { day, visit, request } of numbers) {
    if (visit > 0) yield* given.run(day, 'visit', visit)
    if (request > 0) yield* given.run(day, 'request', request)
  }
  for (const { name, column } of numberedRows.parse(yield* numberedTables.all())) {
    const next = numberRow.parse(
      yield* statement(`SELECT coalesce(max("${column}"), 0) + 1 AS value FROM "${name}"`).get(),
    )
    yield* statement(`SELECT setval(pg_get_serial_sequence('"${name}"', '${column}'), ${next.value}, false)`).get()
  }
}

/** The newest day first. */
export function* givenNumbers(): Work<readonly GivenNumbers[]> {
  return dayRows.parse(yield* days.all())
}
