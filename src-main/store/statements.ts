// Every statement the store runs, prepared once at opening. They stand together so that a test can ask SQLite for the
// plan of each one: none may read a whole table.
import type Database from 'better-sqlite3'
import { confirmedStates, openVisitStates, settledStates, writtenStates } from '../contract/visit.ts'

/** Everything but the payload, which only the hand-over reads. */
const delivery = 'id, visit_id, destination, format, state, failure, file_name, sha256, attempts, updated_at'

/** Spelt as in the condition of the index visits_open. */
const list = (states: readonly string[]) => states.map((state) => `'${state}'`).join(', ')
const open = list(openVisitStates)

/** Throws what SQLite throws: the schema does not fit or is damaged. */
export const prepareStatements = (database: Database.Database) => ({
  nextNumber: database.prepare('SELECT coalesce(max(number), 0) + 1 AS value FROM visits WHERE day = ?'),
  saveVisit: database.prepare(`
    INSERT INTO visits (id, day, number, reader, state, failure, started_at, updated_at, patient, report, person_key,
      reference_key)
    VALUES (@id, @day, @number, @reader, @state, @failure, @startedAt, @updatedAt, @patient, @report, @personKey,
      @referenceKey)
    ON CONFLICT (id) DO UPDATE SET reader = excluded.reader, state = excluded.state, failure = excluded.failure,
      updated_at = excluded.updated_at, patient = excluded.patient, report = excluded.report,
      person_key = excluded.person_key, reference_key = excluded.reference_key`),
  moveVisit: database.prepare('UPDATE visits SET state = @to, updated_at = @at WHERE id = @id AND state = @from'),
  visit: database.prepare('SELECT * FROM visits WHERE id = ?'),
  visitsOfDay: database.prepare('SELECT * FROM visits WHERE day = ? ORDER BY number DESC'),
  openVisits: database.prepare(`SELECT * FROM visits WHERE state IN (${open}) ORDER BY started_at`),
  choosingVisits: database.prepare("SELECT * FROM visits WHERE state = 'choosing' ORDER BY started_at"),
  // Whoever was never confirmed is not known: a provisional match must not make the next one.
  visitsOfPerson: database.prepare(`
    SELECT * FROM visits WHERE person_key = ? AND state IN (${list(confirmedStates)}) ORDER BY started_at`),
  visitsOfReference: database.prepare(`
    SELECT * FROM visits WHERE reference_key = ? AND state IN (${list(confirmedStates)}) ORDER BY started_at`),
  offlineVisits: database.prepare(`
    SELECT * FROM visits WHERE day >= ? AND state = 'offline' ORDER BY day, number`),
  // A file or a record that is still on its way keeps its visit: a folder away over the holidays must not cost the file.
  purge: database.prepare(`
    DELETE FROM visits WHERE day < ? AND NOT EXISTS
      (SELECT 1 FROM deliveries WHERE visit_id = visits.id AND state IN ('queued', 'publishing'))
      AND NOT EXISTS (SELECT 1 FROM records WHERE visit_id = visits.id AND state = 'queued')`),

  saveRecord: database.prepare(`
    INSERT INTO records (id, visit_id, state, body, failure, handle, created_at, updated_at)
    VALUES (@id, @visitId, @state, @body, @failure, @handle, @createdAt, @updatedAt)
    ON CONFLICT (id) DO UPDATE SET
      state = excluded.state, failure = excluded.failure, handle = excluded.handle, updated_at = excluded.updated_at`),
  record: database.prepare('SELECT * FROM records WHERE id = ?'),
  recordsOfVisit: database.prepare('SELECT * FROM records WHERE visit_id = ? ORDER BY created_at'),
  queuedRecords: database.prepare("SELECT * FROM records WHERE state = 'queued' ORDER BY created_at"),

  terminalFiles: database.prepare('SELECT name, sha256, is_read FROM terminal_files WHERE name = ?'),
  addTerminalFile: database.prepare(
    'INSERT OR IGNORE INTO terminal_files (name, sha256, is_read, day) VALUES (?, ?, ?, ?)',
  ),
  purgeTerminalFiles: database.prepare('DELETE FROM terminal_files WHERE day < ?'),
  nextTerminalRequest: database.prepare(`
    INSERT INTO terminal_requests (day, last) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET last = last + 1
    RETURNING last AS value`),
  purgeTerminalRequests: database.prepare('DELETE FROM terminal_requests WHERE day < ?'),

  addAnswer: database.prepare('INSERT INTO answers (visit_id, patient_key, fetched_at, body) VALUES (?, ?, ?, ?)'),
  answerOfVisit: database.prepare('SELECT body FROM answers WHERE visit_id = ? ORDER BY id DESC LIMIT 1'),
  answersOfPatient: database.prepare('SELECT body FROM answers WHERE patient_key = ? ORDER BY id DESC LIMIT 10'),

  addConfirmation: database.prepare('INSERT INTO confirmations (visit_id, patient_key, body) VALUES (?, ?, ?)'),
  confirmationOfVisit: database.prepare('SELECT body FROM confirmations WHERE visit_id = ? ORDER BY id DESC LIMIT 1'),
  confirmationOfPatient: database.prepare(
    'SELECT body FROM confirmations WHERE patient_key = ? ORDER BY id DESC LIMIT 1',
  ),
  // One row for each combination a clinic has met: a handful.
  claimOrders: database.prepare('SELECT sequence FROM claim_orders'),
  saveClaimOrder: database.prepare(`
    INSERT INTO claim_orders (combination, sequence, chosen_at) VALUES (?, ?, ?)
    ON CONFLICT (combination) DO UPDATE SET sequence = excluded.sequence, chosen_at = excluded.chosen_at`),

  linkCard: database.prepare(`
    INSERT INTO card_links (card_key, patient_key, expires_on) VALUES (?, ?, ?)
    ON CONFLICT (card_key) DO UPDATE SET patient_key = excluded.patient_key, expires_on = excluded.expires_on`),
  answerOfCard: database.prepare(`
    SELECT body FROM answers WHERE patient_key = (SELECT patient_key FROM card_links WHERE card_key = ?)
    ORDER BY id DESC LIMIT 1`),
  purgeCards: database.prepare('DELETE FROM card_links WHERE expires_on < ?'),

  addAudit: database.prepare(
    'INSERT INTO audit (at, visit_id, delivery_id, event, code, hash) VALUES (?, ?, ?, ?, ?, ?)',
  ),
  lastAudit: database.prepare('SELECT hash FROM audit ORDER BY id DESC LIMIT 1'),

  addDelivery: database.prepare(`
    INSERT INTO deliveries (id, visit_id, destination, format, state, failure, file_name, payload, sha256, updated_at)
    VALUES (@id, @visitId, @destination, @format, @state, @failure, @fileName, @payload, @sha256, @updatedAt)`),
  moveDelivery: database.prepare(`
    UPDATE deliveries SET state = @state, failure = @failure, attempts = coalesce(@attempts, attempts),
      payload = coalesce(@payload, payload), sha256 = coalesce(@sha256, sha256), updated_at = @at
    WHERE id = @id AND state = @from`),
  delivery: database.prepare(`SELECT ${delivery} FROM deliveries WHERE id = ?`),
  deliveriesOfVisit: database.prepare(`SELECT ${delivery} FROM deliveries WHERE visit_id = ? ORDER BY seq`),
  pending: database.prepare(`
    SELECT ${delivery} FROM deliveries
    WHERE destination = ? AND state IN ('queued', 'publishing') ORDER BY seq LIMIT ?`),
  awaited: database.prepare(`
    SELECT ${delivery} FROM deliveries WHERE destination = ? AND state = 'delivered' ORDER BY seq LIMIT ?`),
  unwritten: database.prepare(
    `SELECT count(*) AS value FROM deliveries WHERE visit_id = ? AND state NOT IN (${list(writtenStates)})`,
  ),
  unsettled: database.prepare(
    `SELECT count(*) AS value FROM deliveries WHERE visit_id = ? AND state NOT IN (${list(settledStates)})`,
  ),
  payload: database.prepare('SELECT payload FROM deliveries WHERE id = ?'),
})
