// What has expired leaves in two steps. A confirmed time marks it: from then on it is neither shown nor used. Another
// confirmed time, a week later, deletes it. A mark that a later time contradicts is taken back, and everything is there
// again: a clock that was wrong for an hour or a week costs nothing.
import { z } from 'zod'
import { type ExpiringKind, expiringKinds } from '../../contract/audit-trail.ts'
import { clinicMoment, daysLater } from '../../ground/clock.ts'
import type { Retention } from '../retention.ts'
import { endMonths, keepCounts } from './counts.ts'
import { read } from './database.ts'
import type { Topic } from './topic.ts'

/** As a row of the audit trail says how many of every kind have gone; '': none. */
export const toldKinds = (gone: Readonly<Record<ExpiringKind, number>>): string =>
  expiringKinds
    .filter((kind) => gone[kind] > 0)
    .map((kind) => `${kind} ${gone[kind]}`)
    .join(', ')

/** Between marking and deleting. */
const graceDays = 7

const clockRow = z.object({ seen_at: z.string() })
const markRow = z.object({ marked_at: z.string(), before: z.string(), today: z.string() })
type Mark = z.infer<typeof markRow>

export function retention({ sql, ledger }: Topic): Retention {
  const { write } = ledger
  const seen = () => clockRow.parse(sql.clock.get()).seen_at

  /** `at`: when it is deleted. Returns how many visits went; how many of every kind is a row of the audit trail. */
  const remove = ({ before, today }: Mark, at: string): number => {
    const terminalFiles = sql.purgeTerminalFiles.run(before).changes
    const gone: Record<ExpiringKind, number> = {
      capSheets: sql.purgeCapSheets.run(before).changes,
      terminal: terminalFiles + sql.purgeTerminalRequests.run(before).changes,
      cards: sql.purgeCards.run(today).changes,
      numbers: sql.purgeNumbers.run(today).changes,
      bookings: sql.purgeBookings.run(today).changes,
      visits: keepCounts({ sql }, before, at.slice(0, 10), () => sql.purge.run(before).changes),
    }
    sql.purgeBookingRun.run(today)
    sql.purgeGlass.run(before)
    const about = toldKinds(gone)
    if (about !== '') ledger.addAudit('', null, { at, event: 'expiredDeleted', about })
    return gone.visits
  }

  return {
    async seenTime() {
      return read(() => seen() || null)
    },
    async noteTime(at, isJump) {
      return write(() => {
        const today = at.slice(0, 10)
        const since = seen().slice(0, 10)
        sql.noteTime.run(at)
        // Whatever was recorded on either side of the jump may be of any day between: it is kept as if it were of today.
        if (!isJump) return
        const recorded = { today, since: since === '' || since > today ? today : since }
        sql.keepLonger.run(recorded)
        sql.keepSheetsLonger.run(recorded)
      })
    },
    async retain({ at, before }) {
      return write(() => {
        const today = at.slice(0, 10)
        sql.takeMarksBack.run({ at, before })
        sql.takeStaleBack.run({ today })
        const due = markRow.optional().parse(sql.dueMark.get(clinicMoment(daysLater(new Date(at), -graceDays))))
        const removed = due ? remove(due, at) : 0
        if (due) sql.dropMarks.run(due.marked_at)
        endMonths({ sql }, today)
        sql.noteEndedCards.run({ today })
        sql.addMark.run({ at, before, today })
        sql.hideMarked.run()
        return removed
      })
    },
  }
}
