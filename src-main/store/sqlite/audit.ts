// The audit trail beyond the rows that other topics add with what they change.
import { z } from 'zod'
import type { Audit } from '../audit.ts'
import { read } from './database.ts'
import { auditTrailRow } from './rows.ts'
import type { Topic } from './topic.ts'

export function audit({ sql, ledger }: Topic): Audit {
  return {
    async auditTrail({ after, limit }) {
      return read(() => z.array(auditTrailRow).parse(sql.auditAfter.all(after, limit)))
    },
    async noteSettingChange(entry) {
      return ledger.write(() => ledger.addAudit('', null, entry))
    },
  }
}
