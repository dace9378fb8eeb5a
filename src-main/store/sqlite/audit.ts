// The audit trail beyond the rows that other topics add with what they change.
import type { Audit } from '../audit.ts'
import type { Topic } from './topic.ts'

export function audit({ ledger }: Topic): Audit {
  return {
    async noteSettingChange(entry) {
      return ledger.write(() => ledger.addAudit('', null, entry))
    },
  }
}
