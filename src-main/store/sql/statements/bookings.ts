// The statements of the list of bookings.

import { statement } from '../work.ts'
import { endedBefore } from './conditions.ts'

export const bookingsStatements = {
  bookingRun: statement(`
    SELECT list, day, is_stopped, requery FROM booking_run WHERE day >= ${endedBefore}`),
  saveBookingRun: statement(`
    INSERT INTO booking_run (id, list, day, is_stopped, requery) VALUES (1, @list, @day, @isStopped, @requery)
    ON CONFLICT (id) DO UPDATE SET list = excluded.list, day = excluded.day, is_stopped = excluded.is_stopped,
      requery = excluded.requery`),
  // The one list there is, whole.
  bookings: statement('SELECT * FROM bookings ORDER BY place'),
  addBooking: statement(`
    INSERT INTO bookings (place, patient_number, name_kana, birth_date, patient_ref, outcome, findings)
    VALUES (@place, @patientNumber, @nameKana, @birthDate, @patientRef, @outcome, @findings)`),
  settleBooking: statement('UPDATE bookings SET outcome = @outcome, findings = @findings WHERE place = @place'),
  removeBookings: statement('DELETE FROM bookings'),
  removeBookingRun: statement('DELETE FROM booking_run'),
}
