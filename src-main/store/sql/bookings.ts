// The list of bookings and how far the source has been asked about it. Whatever is written about a list names it: another desk may
// have put another one in its place, or a person may have stopped it there.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { BookingList, BookingRun } from '../bookings.ts'
import { bookingRow, bookingRunRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import type { Work } from './work.ts'

export function bookingList({ ledger, among }: Topic): BookingList {
  return {
    async bookings() {
      return ledger.read(function* () {
        const run = yield* runNow()
        return run ? { run, bookings: z.array(bookingRow).parse(yield* sql.bookings.all()) } : null
      })
    },
    async saveBookings(run, bookings) {
      return ledger.write(function* () {
        yield* sql.removeBookings.run()
        yield* saveRun(run)
        for (const { findings, ...booking } of bookings) {
          yield* sql.addBooking.run({ ...booking, findings: findings && JSON.stringify(findings) })
        }
      })
    },
    async moveBookings({ list, requery }, settled, lease = null) {
      return ledger.judge(function* () {
        if (!(yield* among.holds(lease))) return fail('LEASE_LOST')
        const run = yield* runNow()
        if (run?.list !== list || run.isStopped) return fail('BOOKINGS_CHANGED')
        yield* saveRun({ ...run, requery })
        for (const { place, outcome, findings } of settled) {
          yield* sql.settleBooking.run({ place, outcome, findings: findings && JSON.stringify(findings) })
        }
        return ok(undefined)
      })
    },
    async steerBookings(list, { isStopped, isAnew }) {
      return ledger.judge(function* (): Work<Result<BookingRun>> {
        const run = yield* runNow()
        if (run?.list !== list) return fail('BOOKINGS_CHANGED')
        const steered = { ...run, isStopped, ...(isAnew && { requery: null }) }
        yield* saveRun(steered)
        return ok(steered)
      })
    },
    async removeBookings(list) {
      return ledger.judge(function* () {
        if ((yield* runNow())?.list !== list) return fail('BOOKINGS_CHANGED')
        yield* sql.removeBookings.run()
        yield* sql.removeBookingRun.run()
        return ok(undefined)
      })
    },
  }
}

function* runNow(): Work<BookingRun | null> {
  return bookingRunRow.optional().parse(yield* sql.bookingRun.get()) ?? null
}

const saveRun = ({ list, day, isStopped, requery }: BookingRun) =>
  sql.saveBookingRun.run({ list, day, isStopped: isStopped ? 1 : 0, requery: requery && JSON.stringify(requery) })
