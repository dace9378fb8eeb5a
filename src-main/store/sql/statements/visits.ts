// The statements of visits, with the answer each was given and what was confirmed.
import { openVisitStates, ownedVisitStates } from '../../../ground/states.ts'
import { statement } from '../work.ts'
import { believedDay, isShown, list, nothingUnderWay, stateIs } from './conditions.ts'

/** Spelt as in the condition of the index visits_open. */
const open = list(openVisitStates)

/** `desk`: where there are several. */
const saveVisit = (desk: { readonly column: string; readonly value: string; readonly change: string }) => `
    INSERT INTO visits (id, day, number, reader, state, failure, started_at, updated_at, patient, patient_number,
      confirmed_name, report, person_key, reference_key, kept_from${desk.column})
    VALUES (@id, @day, @number, @reader, @state, @failure, @startedAt, @updatedAt, @patient, @patientNumber,
      @confirmedName, @report, @personKey, @referenceKey, ${believedDay('@day')}${desk.value})
    ON CONFLICT (id) DO UPDATE SET reader = excluded.reader, state = excluded.state, failure = excluded.failure,
      updated_at = excluded.updated_at, patient = excluded.patient, patient_number = excluded.patient_number,
      confirmed_name = excluded.confirmed_name, report = excluded.report, person_key = excluded.person_key,
      reference_key = excluded.reference_key${desk.change}`

const openVisits = (more: string) =>
  `SELECT * FROM visits WHERE state IN (${open}) AND ${isShown}${more} ORDER BY started_at`

const standingOfVisit = (desk: string) =>
  `SELECT state, ${desk}, patient_number, confirmed_name FROM visits WHERE id = ?`

export const visitsStatements = {
  // Of one series (contract/visit-number.ts).
  newestNumber: statement(`
    SELECT coalesce(max(number), 0) AS value FROM visits WHERE day = @day AND number >= @from AND number < @until`),
  // Begun once more it is the desk's that does so; a late answer leaves it where it is.
  saveVisit: statement(
    saveVisit({ column: '', value: '', change: '' }),
    saveVisit({
      column: ', desk',
      value: ', @desk',
      // Who asks for it does so while it is open.
      change: `, desk = CASE WHEN excluded.state = 'reading' THEN excluded.desk ELSE visits.desk END,
        asked_by = CASE WHEN excluded.state IN (${list(ownedVisitStates)}) THEN visits.asked_by END`,
    }),
  ),
  moveVisit: statement('UPDATE visits SET state = @to, updated_at = @at WHERE id = @id AND state = @from'),
  // Beside `saveVisit`, which is about what the counter knows: no save of a visit takes it away.
  noteVisit: statement('UPDATE visits SET note = @note WHERE id = @id'),
  noteOfVisit: statement('SELECT note FROM visits WHERE id = ?'),
  standingOfVisit: statement(standingOfVisit('NULL AS desk'), standingOfVisit('desk')),
  visit: statement('SELECT * FROM visits WHERE id = ?'),
  visitsOfDay: statement(`
    SELECT * FROM visits WHERE day = ? AND (${isShown} OR NOT (${nothingUnderWay})) ORDER BY number DESC`),
  openVisits: statement(openVisits(''), openVisits(' AND (desk = @desk OR desk IS NULL)')),
  openVisitsOfSite: statement(openVisits('')),
  choosingVisits: statement(`
    SELECT * FROM visits WHERE ${stateIs('choosing')} AND ${isShown} ORDER BY started_at`),
  conflictVisits: statement(
    `SELECT * FROM visits WHERE id IN (SELECT visit_id FROM deliveries WHERE ${stateIs('conflict')})`,
  ),
  offlineVisits: statement(`
    SELECT * FROM visits WHERE day >= ? AND ${stateIs('offline')} ORDER BY day, number`),
  addAnswer: statement('INSERT INTO answers (visit_id, patient_key, fetched_at, body) VALUES (?, ?, ?, ?)'),
  answerOfVisit: statement('SELECT body FROM answers WHERE visit_id = ? ORDER BY id DESC LIMIT 1'),
  addConfirmation: statement('INSERT INTO confirmations (visit_id, patient_key, body) VALUES (?, ?, ?)'),
  // In its place: a new row would stand for a later visit of the patient.
  changeConfirmation: statement(`
    UPDATE confirmations SET body = @body
    WHERE id = (SELECT id FROM confirmations WHERE visit_id = @visitId ORDER BY id DESC LIMIT 1)`),
  // Only of a visit whose decision is taken back before any of its files has left the house.
  dropConfirmations: statement('DELETE FROM confirmations WHERE visit_id = ?'),
  dropDeliveries: statement('DELETE FROM deliveries WHERE visit_id = ?'),
  dropLaterAnswers: statement(`
    DELETE FROM answers
    WHERE visit_id = @visitId AND id > (SELECT min(id) FROM answers WHERE visit_id = @visitId)`),
  confirmationOfVisit: statement('SELECT body FROM confirmations WHERE visit_id = ? ORDER BY id DESC LIMIT 1'),
}
