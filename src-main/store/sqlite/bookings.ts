// The list of bookings and how far the source has been asked about it.
import { z } from 'zod'
import type { BookingList, BookingRun } from '../bookings.ts'
import { read } from './database.ts'
import { bookingRow, bookingRunRow } from './rows.ts'
import type { Topic } from './topic.ts'

export function bookingList({ sql, ledger }: Topic): BookingList {
  const saveRun = ({ day, isStopped, requery }: BookingRun) =>
    sql.saveBookingRun.run({ day, isStopped: isStopped ? 1 : 0, requery: requery && JSON.stringify(requery) })
  return {
    async bookings() {
      return read(() => {
        const run = bookingRunRow.optional().parse(sql.bookingRun.get())
        return run ? { run, bookings: z.array(bookingRow).parse(sql.bookings.all()) } : null
      })
    },
    async saveBookings(run, bookings) {
      return ledger.write(() => {
        sql.removeBookings.run()
        saveRun(run)
        for (const { findings, ...booking } of bookings) {
          sql.addBooking.run({ ...booking, findings: findings && JSON.stringify(findings) })
        }
      })
    },
    async moveBookings(run, settled) {
      return ledger.write(() => {
        saveRun(run)
        for (const { place, outcome, findings } of settled) {
          sql.settleBooking.run({ place, outcome, findings: findings && JSON.stringify(findings) })
        }
      })
    },
    async removeBookings() {
      return ledger.write(() => {
        sql.removeBookings.run()
        sql.removeBookingRun.run()
      })
    },
  }
}
