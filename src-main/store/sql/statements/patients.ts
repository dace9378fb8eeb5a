// The statements about whom the clinic knows.
import { confirmedStates } from '../../../ground/states.ts'
import { statement } from '../work.ts'
import { endedBefore, isOfShownVisit, isShown, list } from './conditions.ts'

/** The card that is linked anew, to the same patient. */
const stillBrings = 'card_links.brings_number = 1 AND card_links.patient_key = excluded.patient_key'

export const patientsStatements = {
  // Whoever was never confirmed is not known: a provisional match must not make the next one.
  visitsOfPerson: statement(`
    SELECT * FROM visits WHERE person_key = ? AND state IN (${list(confirmedStates)}) AND ${isShown} ORDER BY started_at`),
  visitsOfReference: statement(`
    SELECT * FROM visits WHERE reference_key = ? AND state IN (${list(confirmedStates)}) AND ${isShown} ORDER BY started_at`),
  answersOfPatient: statement(`
    SELECT body FROM answers WHERE patient_key = ? AND ${isOfShownVisit} ORDER BY id DESC LIMIT 10`),
  confirmationOfPatient: statement(
    `SELECT body FROM confirmations WHERE patient_key = ? AND ${isOfShownVisit} ORDER BY id DESC LIMIT 1`,
  ),
  linkCard: statement(`
    INSERT INTO card_links (card_key, patient_key, expires_on, certificate_ends_on)
    VALUES (@card, @patient, @expiresOn, @endsOn)
    ON CONFLICT (card_key) DO UPDATE SET patient_key = excluded.patient_key,
      brings_number = CASE WHEN ${stillBrings} THEN 1 ELSE 0 END,
      expires_on = CASE WHEN ${stillBrings} THEN excluded.certificate_ends_on ELSE excluded.expires_on END,
      certificate_ends_on = excluded.certificate_ends_on`),
  answerOfCard: statement(`
    SELECT body FROM answers
    WHERE patient_key = (SELECT patient_key FROM card_links WHERE card_key = ? AND expires_on >= ${endedBefore})
      AND ${isOfShownVisit} ORDER BY id DESC LIMIT 1`),
}
