// The daily look at everything that is stored. SQLite sees damage only where it happens to read; a page nobody has read
// for weeks may be gone by then, and every copy with it.
import { fail, ok, type Result } from '../../ground/result.ts'
import { type Chain, goneOnBehind, verifyChain } from '../sql/audit-chain.ts'
import type { Work } from '../sql/work.ts'
import { isWhole, storeFailure } from './database.ts'
import type { OpenDatabase } from './opening.ts'

/** Errors: STORE_DAMAGED, with the field `audit` where all can be read and the chain of the audit trail is broken. */
export async function checkStore({ database, runner, ledger }: OpenDatabase): Promise<Result<void>> {
  try {
    const isReadable = isWhole(database)
    const verifiedId = isReadable ? await wholeUpTo({ runner }) : null
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
async function wholeUpTo({ runner }: Pick<OpenDatabase, 'runner'>): Promise<number | null> {
  const { broken, lastId } = await runner.runSlowly(verifyWhole())
  return broken ? null : lastId
}

function* verifyWhole(): Work<Chain> {
  return yield* verifyChain(yield* goneOnBehind())
}
