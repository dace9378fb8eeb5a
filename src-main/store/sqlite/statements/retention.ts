// The statements of what expires.
import type Database from 'better-sqlite3'
import { monthEnd, nothingUnderWay } from './conditions.ts'

export const retentionStatements = (database: Database.Database) => ({
  clock: database.prepare('SELECT seen_at FROM clock WHERE id = 1'),
  noteTime: database.prepare('UPDATE clock SET seen_at = ? WHERE id = 1'),
  keepLonger: database.prepare('UPDATE visits SET kept_from = @today WHERE kept_from >= @since'),
  keepSheetsLonger: database.prepare(
    `UPDATE cap_sheets SET kept_from = ${monthEnd('@today')} WHERE kept_from >= @since`,
  ),
  addMark: database.prepare(`
    INSERT INTO expiry_marks (marked_at, before, today) SELECT @at, @before, @today
    WHERE NOT EXISTS (SELECT 1 FROM expiry_marks WHERE before = @before)`),
  // A mark of a later time, or one that takes more than there is to take.
  takeMarksBack: database.prepare('DELETE FROM expiry_marks WHERE marked_at > @at OR before > @before'),
  dueMark: database.prepare('SELECT * FROM expiry_marks WHERE marked_at <= ? ORDER BY marked_at DESC LIMIT 1'),
  dropMarks: database.prepare('DELETE FROM expiry_marks WHERE marked_at <= ?'),
  hideMarked: database.prepare(`
    UPDATE clock SET (shown_from, ended_before) = (SELECT coalesce(max(before), ''), coalesce(max(today), '') FROM expiry_marks)
    WHERE id = 1`),
  // Of both cards that ended and another one that came: what a later day said is said of this one.
  takeStaleBack: database.prepare(`
    UPDATE patient_numbers SET stale_since = iif(
      EXISTS (SELECT 1 FROM card_links AS card WHERE card.patient_key = patient_numbers.patient_key
        AND card.brings_number = 1 AND card.expires_on >= @today)
      AND NOT EXISTS (SELECT 1 FROM card_links AS card WHERE card.patient_key = patient_numbers.patient_key
        AND card.brings_number = 0), NULL, @today)
    WHERE stale_since > @today`),
  noteEndedCards: database.prepare(`
    UPDATE patient_numbers SET stale_since = @today WHERE stale_since IS NULL AND patient_key IN
      (SELECT patient_key FROM card_links WHERE expires_on < @today AND brings_number = 1)
      AND NOT EXISTS (SELECT 1 FROM card_links AS other WHERE other.patient_key = patient_numbers.patient_key
        AND other.brings_number = 1 AND other.expires_on >= @today)`),
  purge: database.prepare(`DELETE FROM visits WHERE kept_from < ? AND ${nothingUnderWay}`),
  purgeCapSheets: database.prepare('DELETE FROM cap_sheets WHERE kept_from < ?'),
  purgeTerminalFiles: database.prepare('DELETE FROM terminal_files WHERE day < ?'),
  purgeTerminalRequests: database.prepare('DELETE FROM terminal_requests WHERE day < ?'),
  purgeCards: database.prepare('DELETE FROM card_links WHERE expires_on < ?'),
  purgeNumbers: database.prepare(`
    DELETE FROM patient_numbers WHERE stale_since IS NOT NULL AND stale_since < date(?, '-1 year')`),
  purgeBookings: database.prepare('DELETE FROM bookings WHERE EXISTS (SELECT 1 FROM booking_run WHERE day < ?)'),
  purgeBookingRun: database.prepare('DELETE FROM booking_run WHERE day < ?'),
})
