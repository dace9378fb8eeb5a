// What has expired leaves in two steps. A confirmed time marks it: from then on it is neither shown nor used. Another
// confirmed time, a week later, deletes it. A mark that a later time contradicts is taken back, and everything is there
// again: a clock that was wrong for an hour or a week costs nothing.
import { z } from 'zod'
import { type ExpiringKind, type GoneKind, goneKinds } from '../../contract/audit-trail.ts'
import { lastDayOfMonth } from '../../eligibility/calendar.ts'
import { clinicMoment, daysLater } from '../../ground/clock.ts'
import { fail, ok } from '../../ground/result.ts'
import type { Retention } from '../retention.ts'
import { endMonths, keepCounts } from './counts.ts'
import { clockRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import type { Work } from './work.ts'

/** As a row of the audit trail says how many of every kind have gone; '': none. */
export const toldKinds = (gone: Readonly<Partial<Record<GoneKind, number>>>): string =>
  goneKinds
    .filter((kind) => gone[kind])
    .map((kind) => `${kind} ${gone[kind]}`)
    .join(', ')

const yearBefore = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`

/** Between marking and deleting. */
const graceDays = 7

const markRow = z.object({ marked_at: z.string(), before: z.string(), today: z.string() })
type Mark = z.infer<typeof markRow>

export function retention({ ledger, among }: Topic): Retention {
  function* seen(): Work<string> {
    return clockRow.parse(yield* sql.clock.get()).seen_at
  }

  /** `at`: when it is deleted. Returns how many visits went; how many of every kind is a row of the audit trail. */
  function* remove({ before, today }: Mark, at: string): Work<number> {
    const terminalFiles = (yield* sql.purgeTerminalFiles.run(before)).changes
    const gone: Record<ExpiringKind, number> = {
      capSheets: (yield* sql.purgeCapSheets.run(before)).changes,
      terminal: terminalFiles + (yield* sql.purgeTerminalRequests.run(before)).changes,
      cards: (yield* sql.purgeCards.run(today)).changes,
      numbers: (yield* sql.purgeNumbers.run(yearBefore(today))).changes,
      bookings: (yield* sql.purgeBookings.run(today)).changes,
      visits: yield* keepCounts(before, at.slice(0, 10), function* () {
        return (yield* sql.purge.run(before)).changes
      }),
    }
    yield* sql.purgeBookingRun.run(today)
    yield* sql.purgeGlass.run(before)
    const about = toldKinds(gone)
    if (about !== '') yield* ledger.addAudit('', null, { at, event: 'expiredDeleted', about })
    return gone.visits
  }

  return {
    async seenTime() {
      return ledger.read(function* () {
        return (yield* seen()) || null
      })
    },
    async noteTime(at, isJump) {
      return ledger.write(function* () {
        const today = at.slice(0, 10)
        const since = (yield* seen()).slice(0, 10)
        yield* sql.noteTime.run(at)
        // Whatever was recorded on either side of the jump may be of any day between: it is kept as if it were of today.
        if (!isJump) return
        const recorded = { today, since: since === '' || since > today ? today : since }
        yield* sql.keepLonger.run(recorded)
        yield* sql.keepSheetsLonger.run({ ...recorded, today: lastDayOfMonth(today.slice(0, 7)) })
      })
    },
    async retain({ at, before }, lease = null) {
      return ledger.judge(function* () {
        if (!(yield* among.holds(lease))) return fail('LEASE_LOST')
        const today = at.slice(0, 10)
        yield* sql.takeMarksBack.run({ at, before })
        yield* sql.takeStaleBack.run({ today })
        const due = markRow.optional().parse(yield* sql.dueMark.get(clinicMoment(daysLater(new Date(at), -graceDays))))
        const removed = due ? yield* remove(due, at) : 0
        if (due) yield* sql.dropMarks.run(due.marked_at)
        yield* endMonths(today)
        yield* sql.noteEndedCards.run({ today })
        yield* sql.addMark.run({ at, before, today })
        yield* sql.hideMarked.run()
        return ok(removed)
      })
    },
  }
}
