// The local schemes of a 公費負担者番号 on a day, out of the masters that were imported. What was asked is kept at hand until
// another master comes: the same certificates are judged again with every change on the screen.
import type { CodeReading } from '../eligibility/local/cells.ts'
import { schemesOf } from '../eligibility/local/row.ts'
import type { LocalScheme } from '../eligibility/local/scheme.ts'
import type { LocalMasters } from '../store/local-masters.ts'
import { csvCells } from '../text/csv-rows.ts'

export interface LocalSchemeBook {
  /** In kind, each with the conditions that count on the day (YYYY-MM-DD); none: it is not in the master. */
  find(payerNumber: string, day: string): readonly LocalScheme[]
  /** Another master counts from now on. */
  forget(): void
}

/** The certificates of a day. */
const atHand = 200

export function createLocalSchemeBook(
  store: Pick<LocalMasters, 'masterRowsOf'>,
  reading: CodeReading,
): LocalSchemeBook {
  const found = new Map<string, readonly LocalScheme[]>()
  return {
    find(payerNumber, day) {
      const key = `${payerNumber} ${day}`
      const known = found.get(key)
      if (known) return known
      const rows = store.masterRowsOf(payerNumber, day).map(csvCells)
      const schemes = schemesOf(
        rows.filter((cells) => cells !== null),
        reading,
      )
      const [oldest] = found.keys()
      if (found.size >= atHand && oldest !== undefined) found.delete(oldest)
      found.set(key, schemes)
      return schemes
    },
    forget: () => found.clear(),
  }
}
