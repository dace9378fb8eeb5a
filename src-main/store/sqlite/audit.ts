// The audit trail beyond the rows that other topics add with what they change.
import { z } from 'zod'
import { fail } from '../../ground/result.ts'
import type { Audit } from '../audit.ts'
import { read } from './database.ts'
import { auditTrailRow } from './rows.ts'
import type { Topic } from './topic.ts'

/** More than anybody would take back. */
const keptChanges = 200

export function audit({ sql, ledger }: Topic): Audit {
  return {
    async auditTrail({ after, limit }) {
      return read(() => z.array(auditTrailRow).parse(sql.auditAfter.all(after, limit)))
    },
    async notePaper(event, visitId, { at }) {
      if (visitId !== null && !read(() => sql.stateOfVisit.get(visitId))) return fail('VISIT_NOT_CURRENT')
      return ledger.write(() => ledger.addAudit(visitId ?? '', null, { at, event }))
    },
    async settingChanges() {
      const rows = read(() => z.array(auditTrailRow).parse(sql.auditOfSettings.all(keptChanges)))
      return rows.flatMap(({ event, change }) => (event === 'settingChanged' && change ? [change] : []))
    },
    async noteSettingChange(entry) {
      return ledger.write(() => ledger.addAudit('', null, entry))
    },
  }
}
