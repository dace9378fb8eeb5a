// The statements of what expires.

import { statement } from '../work.ts'
import { nothingUnderWay } from './conditions.ts'

export const retentionStatements = {
  clock: statement('SELECT seen_at FROM clock WHERE id = 1'),
  noteTime: statement('UPDATE clock SET seen_at = ? WHERE id = 1'),
  keepLonger: statement('UPDATE visits SET kept_from = @today WHERE kept_from >= @since'),
  keepSheetsLonger: statement('UPDATE cap_sheets SET kept_from = @today WHERE kept_from >= @since'),
  addMark: statement(`
    INSERT INTO expiry_marks (marked_at, before, today) SELECT @at, @before, @today
    WHERE NOT EXISTS (SELECT 1 FROM expiry_marks WHERE before = @before)`),
  // A mark of a later time, or one that takes more than there is to take.
  takeMarksBack: statement('DELETE FROM expiry_marks WHERE marked_at > @at OR before > @before'),
  dueMark: statement('SELECT * FROM expiry_marks WHERE marked_at <= ? ORDER BY marked_at DESC LIMIT 1'),
  dropMarks: statement('DELETE FROM expiry_marks WHERE marked_at <= ?'),
  hideMarked: statement(`
    UPDATE clock SET (shown_from, ended_before) = (SELECT coalesce(max(before), ''), coalesce(max(today), '') FROM expiry_marks)
    WHERE id = 1`),
  // Of both cards that ended and another one that came: what a later day said is said of this one.
  takeStaleBack: statement(`
    UPDATE patient_numbers SET stale_since = CASE WHEN
      EXISTS (SELECT 1 FROM card_links AS card WHERE card.patient_key = patient_numbers.patient_key
        AND card.brings_number = 1 AND card.expires_on >= @today)
      AND NOT EXISTS (SELECT 1 FROM card_links AS card WHERE card.patient_key = patient_numbers.patient_key
        AND card.brings_number = 0) THEN NULL ELSE @today END
    WHERE stale_since > @today`),
  noteEndedCards: statement(`
    UPDATE patient_numbers SET stale_since = @today WHERE stale_since IS NULL AND patient_key IN
      (SELECT patient_key FROM card_links WHERE expires_on < @today AND brings_number = 1)
      AND NOT EXISTS (SELECT 1 FROM card_links AS other WHERE other.patient_key = patient_numbers.patient_key
        AND other.brings_number = 1 AND other.expires_on >= @today)`),
  purge: statement(`DELETE FROM visits WHERE kept_from < ? AND ${nothingUnderWay}`),
  purgeCapSheets: statement('DELETE FROM cap_sheets WHERE kept_from < ?'),
  purgeTerminalFiles: statement('DELETE FROM terminal_files WHERE day < ?'),
  purgeTerminalRequests: statement('DELETE FROM terminal_requests WHERE day < ?'),
  purgeCards: statement('DELETE FROM card_links WHERE expires_on < ?'),
  purgeNumbers: statement(`
    DELETE FROM patient_numbers WHERE stale_since IS NOT NULL AND stale_since < ?`),
  purgeBookings: statement('DELETE FROM bookings WHERE EXISTS (SELECT 1 FROM booking_run WHERE day < ?)'),
  purgeBookingRun: statement('DELETE FROM booking_run WHERE day < ?'),
}
