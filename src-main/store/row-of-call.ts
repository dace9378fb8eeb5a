// The row of the audit trail that a call owes: where nothing else tells what somebody has called for, the call itself does, in
// the transaction of what it changes. How many rows have been written for a call is counted here, and whether one is still owed.
import type { Subject } from '../contract/call-kinds.ts'
import type { CallName } from '../contract/calls.ts'
import { contextOfCaller } from '../ground/acting.ts'
import type { Stamp } from './audit.ts'

export interface CallRow extends Stamp {
  readonly event: CallName
  readonly subject: Subject
}

const counting = contextOfCaller<{ rows: number; owed: CallRow | null }>()

/**
 * `rowsSoFar`: how many rows have been written for what `work` does. `owed`: the one without which nothing that it changes may
 * stand: the first transaction that changes something and has written none writes it.
 */
export async function countingRows<T>(
  work: (rowsSoFar: () => number) => Promise<T>,
  owed: CallRow | null = null,
): Promise<T> {
  const count = { rows: 0, owed }
  try {
    return await counting.run(count, () => work(() => count.rows))
  } finally {
    // What goes on after it is not what was called for.
    count.owed = null
  }
}

/** Told by whoever writes one. */
export function rowWritten(): void {
  const count = counting.getStore()
  if (count) count.rows++
}

/** null: none, or none any more. */
export function owedRow(): CallRow | null {
  const count = counting.getStore()
  return count?.rows === 0 ? count.owed : null
}

/** At the beginning of a transaction; what it returns is for one that does not come about: its rows do not count. */
export function markRows(): () => void {
  const count = counting.getStore()
  const { rows = 0 } = count ?? {}
  return () => {
    if (count) count.rows = rows
  }
}
