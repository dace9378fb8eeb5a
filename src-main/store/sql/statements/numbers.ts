// The statements about the clinic’s own numbers of its patients.

import { statement } from '../work.ts'
import { endedBefore } from './conditions.ts'

export const numbersStatements = {
  patientNumber: statement(`
    SELECT number, coalesce((SELECT brings_number AND expires_on >= ${endedBefore} FROM card_links
      WHERE card_key = @card AND patient_key = @patient), @card IS NULL AND stale_since IS NULL) AS is_confirmed,
      confirmed_name, confirmed_of
    FROM patient_numbers WHERE patient_key = @patient`),
  otherHolders: statement(`
    SELECT count(*) AS value FROM patient_numbers WHERE ltrim(number, '0') = ltrim(@number, '0')
      AND patient_key <> @patient`),
  numberHolder: statement(`
    SELECT patient_key FROM patient_numbers WHERE ltrim(number, '0') = ltrim(?, '0')`),
  // From whoever else has it.
  takeNumber: statement(`
    DELETE FROM patient_numbers WHERE ltrim(number, '0') = ltrim(@number, '0') AND patient_key <> @patient
    RETURNING patient_key`),
  linkNumber: statement(`
    INSERT INTO patient_numbers (patient_key, patient_ref, person_key, number)
    VALUES (@patient, @ref, @person, @number)
    ON CONFLICT (patient_key) DO UPDATE SET patient_ref = excluded.patient_ref, person_key = excluded.person_key,
      number = excluded.number, stale_since = NULL`),
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
  removeStaleNumber: statement(`
    DELETE FROM patient_numbers WHERE ltrim(number, '0') = ltrim(?, '0') AND stale_since IS NOT NULL
    RETURNING patient_key`),
  linkedPatient: statement(`
    SELECT patient_ref, person_key FROM patient_numbers WHERE ltrim(number, '0') = ltrim(?, '0')`),
}
