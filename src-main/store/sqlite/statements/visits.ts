// The statements of visits, with the answer each was given and what was confirmed.
import type Database from 'better-sqlite3'
import { openVisitStates } from '../../../ground/states.ts'
import { believedDay, isShown, list, nothingUnderWay, stateIs } from './conditions.ts'

/** Spelt as in the condition of the index visits_open. */
const open = list(openVisitStates)

export const visitsStatements = (database: Database.Database) => ({
  newestNumber: database.prepare('SELECT coalesce(max(number), 0) AS value FROM visits WHERE day = ?'),
  saveVisit: database.prepare(`
    INSERT INTO visits (id, day, number, reader, state, failure, started_at, updated_at, patient, patient_number,
      confirmed_name, report, person_key, reference_key, kept_from)
    VALUES (@id, @day, @number, @reader, @state, @failure, @startedAt, @updatedAt, @patient, @patientNumber,
      @confirmedName, @report, @personKey, @referenceKey, ${believedDay('@day')})
    ON CONFLICT (id) DO UPDATE SET reader = excluded.reader, state = excluded.state, failure = excluded.failure,
      updated_at = excluded.updated_at, patient = excluded.patient, patient_number = excluded.patient_number,
      confirmed_name = excluded.confirmed_name, report = excluded.report, person_key = excluded.person_key,
      reference_key = excluded.reference_key`),
  moveVisit: database.prepare('UPDATE visits SET state = @to, updated_at = @at WHERE id = @id AND state = @from'),
  // Beside `saveVisit`, which is about what the counter knows: no save of a visit takes it away.
  noteVisit: database.prepare('UPDATE visits SET note = @note WHERE id = @id'),
  noteOfVisit: database.prepare('SELECT note FROM visits WHERE id = ?'),
  stateOfVisit: database.prepare('SELECT state FROM visits WHERE id = ?'),
  visit: database.prepare('SELECT * FROM visits WHERE id = ?'),
  visitsOfDay: database.prepare(`
    SELECT * FROM visits WHERE day = ? AND (${isShown} OR NOT (${nothingUnderWay})) ORDER BY number DESC`),
  openVisits: database.prepare(`SELECT * FROM visits WHERE state IN (${open}) AND ${isShown} ORDER BY started_at`),
  choosingVisits: database.prepare(`
    SELECT * FROM visits WHERE ${stateIs('choosing')} AND ${isShown} ORDER BY started_at`),
  conflictVisits: database.prepare(
    `SELECT * FROM visits WHERE id IN (SELECT visit_id FROM deliveries WHERE ${stateIs('conflict')})`,
  ),
  offlineVisits: database.prepare(`
    SELECT * FROM visits WHERE day >= ? AND ${stateIs('offline')} ORDER BY day, number`),
  addAnswer: database.prepare('INSERT INTO answers (visit_id, patient_key, fetched_at, body) VALUES (?, ?, ?, ?)'),
  answerOfVisit: database.prepare('SELECT body FROM answers WHERE visit_id = ? ORDER BY id DESC LIMIT 1'),
  addConfirmation: database.prepare('INSERT INTO confirmations (visit_id, patient_key, body) VALUES (?, ?, ?)'),
  // In its place: a new row would stand for a later visit of the patient.
  changeConfirmation: database.prepare(`
    UPDATE confirmations SET body = @body
    WHERE id = (SELECT id FROM confirmations WHERE visit_id = @visitId ORDER BY id DESC LIMIT 1)`),
  // Only of a visit whose decision is taken back before any of its files has left the house.
  dropConfirmations: database.prepare('DELETE FROM confirmations WHERE visit_id = ?'),
  dropDeliveries: database.prepare('DELETE FROM deliveries WHERE visit_id = ?'),
  dropLaterAnswers: database.prepare(`
    DELETE FROM answers
    WHERE visit_id = @visitId AND id > (SELECT min(id) FROM answers WHERE visit_id = @visitId)`),
  confirmationOfVisit: database.prepare('SELECT body FROM confirmations WHERE visit_id = ? ORDER BY id DESC LIMIT 1'),
})
