// What clinic IT does about the audit trail by command: prove that no row of it was changed, taken out or moved. It changes
// nothing, and tells no patient data: rows are named by their numbers.
import { ok } from '../../ground/result.ts'
import { verifyTrail } from '../../store/maintenance.ts'
import { audit as text } from '../../words/audit.ts'
import { done, refused } from '../said.ts'
import { dataCommand } from './command.ts'
import { optionsOf } from './maintenance.ts'

export const auditVerify = dataCommand({
  name: 'audit verify',
  about: text.about,
  notes: [text.whileEnded],
  operands: {},
  options: {},
  async run(_given, place, { typed, sources }) {
    const trail = await verifyTrail(await optionsOf(place, sources))
    if (!trail.ok) return trail
    if (trail.value === null) return ok(done({ rows: 0 }, [text.nothingYet]))
    const { rows, acceptedUpTo, broken, head, notedOn, unread } = trail.value
    const accepted = acceptedUpTo === 0 ? [] : [text.accepted(acceptedUpTo)]
    const unreadLines = unread.map(text.unread)
    if (broken) {
      const lines = [text.broken(broken), ...unreadLines, ...accepted]
      return ok(refused({ code: 'AUDIT_BROKEN' }, typed, { more: { broken }, lines }))
    }
    if (unread.length > 0) {
      const lines = [...unreadLines, ...accepted]
      return ok(refused({ code: 'AUDIT_UNPROVED' }, typed, { more: { rows, head, notedOn, unread }, lines }))
    }
    const noted = notedOn === null ? text.notNoted : text.noted(notedOn)
    return ok(done({ rows, acceptedUpTo, head, notedOn }, [text.whole(rows), noted, ...accepted]))
  },
})
