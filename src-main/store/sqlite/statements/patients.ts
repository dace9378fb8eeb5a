// The statements about whom the clinic knows.
import type Database from 'better-sqlite3'
import { confirmedStates } from '../../../ground/states.ts'
import { endedBefore, isOfShownVisit, isShown, list } from './conditions.ts'

export const patientsStatements = (database: Database.Database) => ({
  // Whoever was never confirmed is not known: a provisional match must not make the next one.
  visitsOfPerson: database.prepare(`
    SELECT * FROM visits WHERE person_key = ? AND state IN (${list(confirmedStates)}) AND ${isShown} ORDER BY started_at`),
  visitsOfReference: database.prepare(`
    SELECT * FROM visits WHERE reference_key = ? AND state IN (${list(confirmedStates)}) AND ${isShown} ORDER BY started_at`),
  answersOfPatient: database.prepare(`
    SELECT body FROM answers WHERE patient_key = ? AND ${isOfShownVisit} ORDER BY id DESC LIMIT 10`),
  confirmationOfPatient: database.prepare(
    `SELECT body FROM confirmations WHERE patient_key = ? AND ${isOfShownVisit} ORDER BY id DESC LIMIT 1`,
  ),
  linkCard: database.prepare(`
    INSERT INTO card_links (card_key, patient_key, expires_on, certificate_ends_on)
    VALUES (@card, @patient, @expiresOn, @endsOn)
    ON CONFLICT (card_key) DO UPDATE SET patient_key = excluded.patient_key,
      brings_number = brings_number AND patient_key = excluded.patient_key,
      expires_on = iif(brings_number AND patient_key = excluded.patient_key,
        excluded.certificate_ends_on, excluded.expires_on),
      certificate_ends_on = excluded.certificate_ends_on`),
  answerOfCard: database.prepare(`
    SELECT body FROM answers
    WHERE patient_key = (SELECT patient_key FROM card_links WHERE card_key = ? AND expires_on >= ${endedBefore})
      AND ${isOfShownVisit} ORDER BY id DESC LIMIT 1`),
})
