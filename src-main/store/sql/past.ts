// What has been, as lists tell of it: no answer is read for them.
import { z } from 'zod'
import type { Past, PastRow } from '../past.ts'
import { confirmationRow, visitRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'

const marksRow = z.object({ has_note: z.number(), is_held_up: z.number(), by_hand: z.string().nullable() })
const shownRow = z.object({ shown_from: z.string() })

export function past({ ledger, keys }: Topic): Past {
  return {
    async pastVisits(day) {
      return ledger.read(function* () {
        return (yield* sql.pastVisits.all(day)).map(pastRow)
      })
    },
    async visitsOfPatient(ref) {
      return ledger.read(function* () {
        return (
          (yield* sql.visitsOfPatient.all(keys.patient(ref)))
            .map(pastRow)
            // The answer may have been about somebody else before a person said whom it means.
            .filter(({ visit }) => visit.patient?.ref === ref)
            .sort(({ visit: a }, { visit: b }) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0))
        )
      })
    },
    async expiredBefore() {
      return ledger.read(function* () {
        return shownRow.parse(yield* sql.shownFrom.get()).shown_from || null
      })
    },
  }
}

function pastRow(row: unknown): PastRow {
  const { has_note, is_held_up, by_hand } = marksRow.parse(row)
  return {
    visit: visitRow.parse(row),
    hasNote: has_note === 1,
    isHeldUp: is_held_up === 1,
    handed: by_hand === null ? null : confirmationRow.parse({ body: by_hand }).body.handed,
  }
}
