// The statements about the clinic’s own numbers of its patients.

import { statement } from '../work.ts'
import { endedBefore } from './conditions.ts'

/**
 * Of the patient with a number (`@number`), whatever zeros it begins with. PostgreSQL keeps the number sealed, and beside it
 * a keyed hash (`@numberKey`).
 */
const byNumber = (before: string, after = '') =>
  statement(`${before} ltrim(number, '0') = ltrim(@number, '0') ${after}`, `${before} number_key = @numberKey ${after}`)

const newNumber = `ON CONFLICT (patient_key) DO UPDATE SET patient_ref = excluded.patient_ref,
  person_key = excluded.person_key, number = excluded.number, stale_since = NULL`

export const numbersStatements = {
  patientNumber: statement(`
    SELECT number, coalesce((SELECT CASE WHEN brings_number = 1 AND expires_on >= ${endedBefore} THEN 1 ELSE 0 END
      FROM card_links WHERE card_key = @card AND patient_key = @patient),
      CASE WHEN @card IS NULL AND stale_since IS NULL THEN 1 ELSE 0 END) AS is_confirmed,
      confirmed_name, confirmed_of
    FROM patient_numbers WHERE patient_key = @patient`),
  otherHolders: byNumber('SELECT count(*) AS value FROM patient_numbers WHERE', 'AND patient_key <> @patient'),
  numberHolder: byNumber('SELECT patient_key FROM patient_numbers WHERE'),
  // From whoever else has it.
  takeNumber: byNumber('DELETE FROM patient_numbers WHERE', 'AND patient_key <> @patient RETURNING patient_key'),
  linkNumber: statement(
    `INSERT INTO patient_numbers (patient_key, patient_ref, person_key, number)
    VALUES (@patient, @ref, @person, @number) ${newNumber}`,
    `INSERT INTO patient_numbers (patient_key, patient_ref, person_key, number, number_key)
    VALUES (@patient, @ref, @person, @number, @numberKey) ${newNumber}, number_key = excluded.number_key`,
  ),
  confirmSpelling: statement(`
    UPDATE patient_numbers SET confirmed_name = @name, confirmed_of = @of WHERE patient_key = @patient`),
  unlinkNumber: statement('DELETE FROM patient_numbers WHERE patient_key = ?'),
  // The cards that have shown themselves to be this patient's.
  cardsBringNumber: statement(`
    UPDATE card_links SET brings_number = 1, expires_on = certificate_ends_on WHERE patient_key = ?`),
  cardsBringNone: statement('UPDATE card_links SET brings_number = 0 WHERE patient_key = ?'),
  numberVisit: statement('UPDATE visits SET patient_number = @number, updated_at = @at WHERE id = @id'),
  spellVisit: statement('UPDATE visits SET confirmed_name = @name, updated_at = @at WHERE id = @id'),
  // Another card than those that bring the patient's number.
  noteOtherCard: statement(`
    UPDATE patient_numbers SET stale_since = @day WHERE patient_key = @patient AND stale_since IS NULL
      AND EXISTS (SELECT 1 FROM card_links WHERE card_key = @card AND brings_number = 0)`),
  staleNumbers: statement(`
    SELECT patient_key, number, stale_since FROM patient_numbers WHERE stale_since IS NOT NULL
    ORDER BY stale_since LIMIT ?`),
  removeStaleNumber: byNumber('DELETE FROM patient_numbers WHERE', 'AND stale_since IS NOT NULL RETURNING patient_key'),
  linkedPatient: byNumber('SELECT patient_ref, person_key FROM patient_numbers WHERE'),
}
