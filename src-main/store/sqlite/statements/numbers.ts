// The statements about the clinic’s own numbers of its patients.
import type Database from 'better-sqlite3'
import { endedBefore } from './conditions.ts'

export const numbersStatements = (database: Database.Database) => ({
  patientNumber: database.prepare(`
    SELECT number, coalesce((SELECT brings_number AND expires_on >= ${endedBefore} FROM card_links
      WHERE card_key = @card AND patient_key = @patient), @card IS NULL AND stale_since IS NULL) AS is_confirmed,
      confirmed_name, confirmed_of
    FROM patient_numbers WHERE patient_key = @patient`),
  otherHolders: database.prepare(`
    SELECT count(*) AS value FROM patient_numbers WHERE ltrim(number, '0') = ltrim(@number, '0')
      AND patient_key <> @patient`),
  numberHolder: database.prepare(`
    SELECT patient_key FROM patient_numbers WHERE ltrim(number, '0') = ltrim(?, '0')`),
  // From whoever else has it.
  takeNumber: database.prepare(`
    DELETE FROM patient_numbers WHERE ltrim(number, '0') = ltrim(@number, '0') AND patient_key <> @patient
    RETURNING patient_key`),
  linkNumber: database.prepare(`
    INSERT INTO patient_numbers (patient_key, patient_ref, person_key, number)
    VALUES (@patient, @ref, @person, @number)
    ON CONFLICT (patient_key) DO UPDATE SET patient_ref = excluded.patient_ref, person_key = excluded.person_key,
      number = excluded.number, stale_since = NULL`),
  confirmSpelling: database.prepare(`
    UPDATE patient_numbers SET confirmed_name = @name, confirmed_of = @of WHERE patient_key = @patient`),
  unlinkNumber: database.prepare('DELETE FROM patient_numbers WHERE patient_key = ?'),
  // The cards that have shown themselves to be this patient's.
  cardsBringNumber: database.prepare(`
    UPDATE card_links SET brings_number = 1, expires_on = certificate_ends_on WHERE patient_key = ?`),
  cardsBringNone: database.prepare('UPDATE card_links SET brings_number = 0 WHERE patient_key = ?'),
  numberVisit: database.prepare('UPDATE visits SET patient_number = @number, updated_at = @at WHERE id = @id'),
  spellVisit: database.prepare('UPDATE visits SET confirmed_name = @name, updated_at = @at WHERE id = @id'),
  // Another card than those that bring the patient's number.
  noteOtherCard: database.prepare(`
    UPDATE patient_numbers SET stale_since = @day WHERE patient_key = @patient AND stale_since IS NULL
      AND EXISTS (SELECT 1 FROM card_links WHERE card_key = @card AND brings_number = 0)`),
  staleNumbers: database.prepare(`
    SELECT patient_key, number, stale_since FROM patient_numbers WHERE stale_since IS NOT NULL
    ORDER BY stale_since LIMIT ?`),
  removeStaleNumber: database.prepare(`
    DELETE FROM patient_numbers WHERE ltrim(number, '0') = ltrim(?, '0') AND stale_since IS NOT NULL
    RETURNING patient_key`),
  linkedPatient: database.prepare(`
    SELECT patient_ref, person_key FROM patient_numbers WHERE ltrim(number, '0') = ltrim(?, '0')`),
})
