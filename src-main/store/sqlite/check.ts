// The daily look at everything that is stored. SQLite sees damage only where it happens to read; a page nobody has read
// for weeks may be gone by then, and every copy with it.
import { setImmediate as othersTurn } from 'node:timers/promises'
import { fail, ok, type Result } from '../../ground/result.ts'
import { verifyChain } from './audit-chain.ts'
import { isWhole, storeFailure } from './database.ts'
import type { OpenDatabase } from './opening.ts'
import { progressRow } from './rows.ts'

/** Errors: STORE_DAMAGED, with the field `audit` where all can be read and the chain of the audit trail is broken. */
export async function checkStore({ database, sql, ledger }: OpenDatabase): Promise<Result<void>> {
  try {
    const isReadable = isWhole(database)
    const verifiedId = isReadable ? await wholeUpTo({ sql }) : null
    ledger.noteVerified(verifiedId)
    if (verifiedId !== null) return ok(undefined)
    return isReadable ? fail('STORE_DAMAGED', { field: 'audit' }) : fail('STORE_DAMAGED')
  } catch (error) {
    const failure = storeFailure(error)
    if (failure.code === 'STORE_DAMAGED') ledger.noteVerified(null)
    return { ok: false, error: failure }
  }
}

/** null: the trail is broken. */
async function wholeUpTo({ sql }: Pick<OpenDatabase, 'sql'>): Promise<number | null> {
  const steps = verifyChain(sql, progressRow.parse(sql.progress.get()).chain_from)
  for (;;) {
    await othersTurn()
    const step = steps.next()
    if (step.done) return step.value.broken ? null : step.value.lastId
  }
}
