// The list of bookings and how far the source has been asked about it.
import { z } from 'zod'
import { fail, ok } from '../../ground/result.ts'
import type { BookingList, BookingRun } from '../bookings.ts'
import { bookingRow, bookingRunRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'

export function bookingList({ ledger, among }: Topic): BookingList {
  const saveRun = ({ day, isStopped, requery }: BookingRun) =>
    sql.saveBookingRun.run({ day, isStopped: isStopped ? 1 : 0, requery: requery && JSON.stringify(requery) })
  return {
    async bookings() {
      return ledger.read(function* () {
        const run = bookingRunRow.optional().parse(yield* sql.bookingRun.get())
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
    async moveBookings(run, settled, lease = null) {
      return ledger.judge(function* () {
        if (!(yield* among.holds(lease))) return fail('LEASE_LOST')
        yield* saveRun(run)
        for (const { place, outcome, findings } of settled) {
          yield* sql.settleBooking.run({ place, outcome, findings: findings && JSON.stringify(findings) })
        }
        return ok(undefined)
      })
    },
    async removeBookings() {
      return ledger.write(function* () {
        yield* sql.removeBookings.run()
        yield* sql.removeBookingRun.run()
      })
    },
  }
}
