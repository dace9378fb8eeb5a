// The statements of the list of bookings.
import type Database from 'better-sqlite3'
import { endedBefore } from './conditions.ts'

export const bookingsStatements = (database: Database.Database) => ({
  bookingRun: database.prepare(`
    SELECT day, is_stopped, requery FROM booking_run WHERE day >= ${endedBefore}`),
  saveBookingRun: database.prepare(`
    INSERT INTO booking_run (id, day, is_stopped, requery) VALUES (1, @day, @isStopped, @requery)
    ON CONFLICT (id) DO UPDATE SET day = excluded.day, is_stopped = excluded.is_stopped, requery = excluded.requery`),
  // The one list there is, whole.
  bookings: database.prepare('SELECT * FROM bookings ORDER BY place'),
  addBooking: database.prepare(`
    INSERT INTO bookings (place, patient_number, name_kana, birth_date, patient_ref, outcome, findings)
    VALUES (@place, @patientNumber, @nameKana, @birthDate, @patientRef, @outcome, @findings)`),
  settleBooking: database.prepare('UPDATE bookings SET outcome = @outcome, findings = @findings WHERE place = @place'),
  removeBookings: database.prepare('DELETE FROM bookings'),
  removeBookingRun: database.prepare('DELETE FROM booking_run'),
})
