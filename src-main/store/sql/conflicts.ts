// What a desk that was away had changed, and others too: kept until somebody has looked at it, and longer, with its visit.
import { z } from 'zod'
import { actor } from '../../ground/acting.ts'
import { fail, ok } from '../../ground/result.ts'
import type { Conflicts } from '../conflicts.ts'
import { conflictRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'

export function conflicts({ ledger }: Topic): Conflicts {
  return {
    async conflicts() {
      return ledger.read(function* () {
        return z.array(conflictRow).parse(yield* sql.openConflicts.all())
      })
    },
    async resolveConflict(id, { at }) {
      return ledger.judge(function* () {
        const staffId = actor()?.staffId ?? null
        const { changes } = yield* sql.resolveConflict.run({ id, at, staffId })
        return changes === 0 ? fail('REQUEST_INVALID', { field: 'conflictId' }) : ok(undefined)
      })
    },
  }
}
