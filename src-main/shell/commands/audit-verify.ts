// What clinic IT does about the audit trail by command: prove that no row of it was changed, taken out or moved, and at a site which desk
// has written what. It changes nothing, and tells no patient data: rows are named by their numbers.
import { ok } from '../../ground/result.ts'
import type { TrailProof } from '../../ground/trail.ts'
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
    const { rows, acceptedUpTo, broken, head, notedOn, unread, proof } = trail.value
    const known = { rows, acceptedUpTo, head, notedOn, proof }
    const accepted = acceptedUpTo === 0 ? [] : [text.accepted(acceptedUpTo)]
    const doubts = [...proof.unproved.map(text.unproved), ...unread.map(text.unread)]
    const signed = signedLines(proof, place.site !== null)
    if (broken) {
      const lines = [text.broken(broken), ...doubts, ...signed, ...accepted]
      return ok(refused({ code: 'AUDIT_BROKEN' }, typed, { more: { ...known, broken, unread }, lines }))
    }
    const noted = notedOn === null ? text.notNoted : text.noted(notedOn)
    if (doubts.length > 0) {
      const lines = [...doubts, ...signed, noted, ...accepted]
      return ok(refused({ code: 'AUDIT_UNPROVED' }, typed, { more: { ...known, unread }, lines }))
    }
    return ok(done(known, [text.whole(rows), ...signed, noted, ...accepted]))
  },
})

/** A desk that has its store to itself signs nothing, and need not be told so. */
function signedLines({ signedFrom, desks, atDesk }: TrailProof, isOfSite: boolean): readonly string[] {
  if (signedFrom === null) return isOfSite ? [text.neverSigned] : []
  return [
    ...(signedFrom > 1 ? [text.signedFrom(signedFrom)] : []),
    ...desks.map(text.signedBy),
    ...(atDesk > 0 ? [text.atDesk(atDesk)] : []),
  ]
}
