// Every statement the store runs, prepared once at opening. They stand together so that a test can ask SQLite for the
// plan of each one: none may read a whole table.
import type Database from 'better-sqlite3'
import { confirmedStates, openVisitStates, settledStates, writtenStates } from '../../ground/states.ts'

/** Everything but the payload, which only the hand-over reads. */
const delivery = 'id, visit_id, destination, format, state, failure, file_name, sha256, attempts, updated_at'

/** Spelt as in the condition of the index visits_open. */
const list = (states: readonly string[]) => states.map((state) => `'${state}'`).join(', ')
const open = list(openVisitStates)

/** A file or a registration that is still on its way keeps its visit: a folder away over the holidays must not cost the file. */
const nothingUnderWay = `NOT EXISTS
      (SELECT 1 FROM deliveries WHERE visit_id = visits.id AND state IN ('queued', 'publishing'))
      AND NOT EXISTS (SELECT 1 FROM records WHERE visit_id = visits.id AND state = 'queued')`

/** Of visits: what has expired is not shown and not used, also before it is deleted. */
const isShown = 'kept_from >= (SELECT shown_from FROM clock WHERE id = 1)'
/** The same for what hangs on a visit. */
const isOfShownVisit = `EXISTS (SELECT 1 FROM visits WHERE visits.id = visit_id AND ${isShown})`
const endedBefore = '(SELECT ended_before FROM clock WHERE id = 1)'
/** The day that is believed, whatever the computer's clock says; `day` where no time has been believed yet. */
const believedDay = (day: string) =>
  `(SELECT iif(seen_at = '', ${day}, substr(seen_at, 1, 10)) FROM clock WHERE id = 1)`

/** Throws what SQLite throws: the schema does not fit or is damaged. */
export const prepareStatements = (database: Database.Database) => ({
  newestNumber: database.prepare('SELECT coalesce(max(number), 0) AS value FROM visits WHERE day = ?'),
  saveVisit: database.prepare(`
    INSERT INTO visits (id, day, number, reader, state, failure, started_at, updated_at, patient, patient_number, report,
      person_key, reference_key, kept_from)
    VALUES (@id, @day, @number, @reader, @state, @failure, @startedAt, @updatedAt, @patient, @patientNumber, @report,
      @personKey, @referenceKey, ${believedDay('@day')})
    ON CONFLICT (id) DO UPDATE SET reader = excluded.reader, state = excluded.state, failure = excluded.failure,
      updated_at = excluded.updated_at, patient = excluded.patient, patient_number = excluded.patient_number,
      report = excluded.report, person_key = excluded.person_key, reference_key = excluded.reference_key`),
  moveVisit: database.prepare('UPDATE visits SET state = @to, updated_at = @at WHERE id = @id AND state = @from'),
  visit: database.prepare('SELECT * FROM visits WHERE id = ?'),
  visitsOfDay: database.prepare(`
    SELECT * FROM visits WHERE day = ? AND (${isShown} OR NOT (${nothingUnderWay})) ORDER BY number DESC`),
  openVisits: database.prepare(`SELECT * FROM visits WHERE state IN (${open}) AND ${isShown} ORDER BY started_at`),
  choosingVisits: database.prepare(`
    SELECT * FROM visits WHERE state = 'choosing' AND ${isShown} ORDER BY started_at`),
  conflictVisits: database.prepare(
    "SELECT * FROM visits WHERE id IN (SELECT visit_id FROM deliveries WHERE state = 'conflict')",
  ),
  // Whoever was never confirmed is not known: a provisional match must not make the next one.
  visitsOfPerson: database.prepare(`
    SELECT * FROM visits WHERE person_key = ? AND state IN (${list(confirmedStates)}) AND ${isShown} ORDER BY started_at`),
  visitsOfReference: database.prepare(`
    SELECT * FROM visits WHERE reference_key = ? AND state IN (${list(confirmedStates)}) AND ${isShown} ORDER BY started_at`),
  offlineVisits: database.prepare(`
    SELECT * FROM visits WHERE day >= ? AND state = 'offline' ORDER BY day, number`),
  purge: database.prepare(`DELETE FROM visits WHERE kept_from < ? AND ${nothingUnderWay}`),

  clock: database.prepare('SELECT seen_at FROM clock WHERE id = 1'),
  noteTime: database.prepare('UPDATE clock SET seen_at = ? WHERE id = 1'),
  keepLonger: database.prepare('UPDATE visits SET kept_from = @today WHERE kept_from >= @since'),
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

  saveRegistration: database.prepare(`
    INSERT INTO records (id, visit_id, state, body, failure, handle, created_at, updated_at)
    VALUES (@id, @visitId, @state, @body, @failure, @handle, @createdAt, @updatedAt)
    ON CONFLICT (id) DO UPDATE SET
      state = excluded.state, failure = excluded.failure, handle = excluded.handle, updated_at = excluded.updated_at`),
  registration: database.prepare('SELECT * FROM records WHERE id = ?'),
  registrationsOfVisit: database.prepare('SELECT * FROM records WHERE visit_id = ? ORDER BY created_at'),
  queuedRegistrations: database.prepare("SELECT * FROM records WHERE state = 'queued' ORDER BY created_at"),

  terminalFiles: database.prepare('SELECT name, sha256, is_read FROM terminal_files WHERE name = ?'),
  addTerminalFile: database.prepare(`
    INSERT OR IGNORE INTO terminal_files (name, sha256, is_read, day) VALUES (?, ?, ?, ${believedDay('?')})`),
  purgeTerminalFiles: database.prepare('DELETE FROM terminal_files WHERE day < ?'),
  nextTerminalRequest: database.prepare(`
    INSERT INTO terminal_requests (day, last) VALUES (@day, @known + 1)
    ON CONFLICT (day) DO UPDATE SET last = max(last, @known) + 1 RETURNING last AS value`),
  purgeTerminalRequests: database.prepare('DELETE FROM terminal_requests WHERE day < ?'),

  addAnswer: database.prepare('INSERT INTO answers (visit_id, patient_key, fetched_at, body) VALUES (?, ?, ?, ?)'),
  answerOfVisit: database.prepare('SELECT body FROM answers WHERE visit_id = ? ORDER BY id DESC LIMIT 1'),
  answersOfPatient: database.prepare(`
    SELECT body FROM answers WHERE patient_key = ? AND ${isOfShownVisit} ORDER BY id DESC LIMIT 10`),

  // In its place: a new row would stand for a later visit of the patient.
  changeConfirmation: database.prepare(`
    UPDATE confirmations SET body = @body
    WHERE id = (SELECT id FROM confirmations WHERE visit_id = @visitId ORDER BY id DESC LIMIT 1)`),
  addConfirmation: database.prepare('INSERT INTO confirmations (visit_id, patient_key, body) VALUES (?, ?, ?)'),
  confirmationOfVisit: database.prepare('SELECT body FROM confirmations WHERE visit_id = ? ORDER BY id DESC LIMIT 1'),
  confirmationOfPatient: database.prepare(
    `SELECT body FROM confirmations WHERE patient_key = ? AND ${isOfShownVisit} ORDER BY id DESC LIMIT 1`,
  ),
  // One row for each combination a clinic has met: a handful.
  claimOrders: database.prepare('SELECT sequence FROM claim_orders'),
  claimOrder: database.prepare('SELECT sequence FROM claim_orders WHERE combination = ?'),
  saveClaimOrder: database.prepare(`
    INSERT INTO claim_orders (combination, sequence, chosen_at) VALUES (?, ?, ?)
    ON CONFLICT (combination) DO UPDATE SET sequence = excluded.sequence, chosen_at = excluded.chosen_at`),

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
  purgeCards: database.prepare('DELETE FROM card_links WHERE expires_on < ?'),

  patientNumber: database.prepare(`
    SELECT number, coalesce((SELECT brings_number AND expires_on >= ${endedBefore} FROM card_links
      WHERE card_key = @card AND patient_key = @patient), @card IS NULL AND stale_since IS NULL) AS is_confirmed
    FROM patient_numbers WHERE patient_key = @patient`),
  numberHolder: database.prepare(`
    SELECT count(*) AS value FROM patient_numbers WHERE ltrim(number, '0') = ltrim(@number, '0')
      AND patient_key <> @patient`),
  takeNumber: database.prepare(`
    DELETE FROM patient_numbers WHERE ltrim(number, '0') = ltrim(?, '0') RETURNING patient_key`),
  linkNumber: database.prepare(`
    INSERT INTO patient_numbers (patient_key, patient_ref, person_key, number)
    VALUES (@patient, @ref, @person, @number)
    ON CONFLICT (patient_key) DO UPDATE SET patient_ref = excluded.patient_ref, person_key = excluded.person_key,
      number = excluded.number, stale_since = NULL`),
  unlinkNumber: database.prepare('DELETE FROM patient_numbers WHERE patient_key = ?'),
  // The cards that have shown themselves to be this patient's.
  cardsBringNumber: database.prepare(`
    UPDATE card_links SET brings_number = 1, expires_on = certificate_ends_on WHERE patient_key = ?`),
  cardsBringNone: database.prepare('UPDATE card_links SET brings_number = 0 WHERE patient_key = ?'),
  numberVisit: database.prepare('UPDATE visits SET patient_number = @number, updated_at = @at WHERE id = @id'),
  // Another card than those that bring the patient's number.
  noteOtherCard: database.prepare(`
    UPDATE patient_numbers SET stale_since = @day WHERE patient_key = @patient AND stale_since IS NULL
      AND EXISTS (SELECT 1 FROM card_links WHERE card_key = @card AND brings_number = 0)`),
  noteEndedCards: database.prepare(`
    UPDATE patient_numbers SET stale_since = @today WHERE stale_since IS NULL AND patient_key IN
      (SELECT patient_key FROM card_links WHERE expires_on < @today AND brings_number = 1)
      AND NOT EXISTS (SELECT 1 FROM card_links AS other WHERE other.patient_key = patient_numbers.patient_key
        AND other.brings_number = 1 AND other.expires_on >= @today)`),
  staleNumbers: database.prepare(`
    SELECT patient_key, number, stale_since FROM patient_numbers WHERE stale_since IS NOT NULL
    ORDER BY stale_since LIMIT ?`),
  removeStaleNumber: database.prepare(`
    DELETE FROM patient_numbers WHERE ltrim(number, '0') = ltrim(?, '0') AND stale_since IS NOT NULL
    RETURNING patient_key`),
  linkedPatient: database.prepare(`
    SELECT patient_ref, person_key FROM patient_numbers WHERE ltrim(number, '0') = ltrim(?, '0')`),
  purgeNumbers: database.prepare(`
    DELETE FROM patient_numbers WHERE stale_since IS NOT NULL AND stale_since < date(?, '-1 year')`),

  // Of both cards that ended and another one that came: what a later day said is said of this one.
  takeStaleBack: database.prepare(`
    UPDATE patient_numbers SET stale_since = iif(
      EXISTS (SELECT 1 FROM card_links AS card WHERE card.patient_key = patient_numbers.patient_key
        AND card.brings_number = 1 AND card.expires_on >= @today)
      AND NOT EXISTS (SELECT 1 FROM card_links AS card WHERE card.patient_key = patient_numbers.patient_key
        AND card.brings_number = 0), NULL, @today)
    WHERE stale_since > @today`),

  bookingRun: database.prepare(`
    SELECT day, is_stopped, requery FROM booking_run WHERE day >= ${endedBefore}`),
  saveBookingRun: database.prepare(`
    INSERT INTO booking_run (id, day, is_stopped, requery) VALUES (1, @day, @isStopped, @requery)
    ON CONFLICT (id) DO UPDATE SET day = excluded.day, is_stopped = excluded.is_stopped, requery = excluded.requery`),
  // The one list there is, whole.
  bookings: database.prepare('SELECT * FROM bookings ORDER BY place'),
  addBooking: database.prepare(`
    INSERT INTO bookings (place, patient_number, name_kana, birth_date, patient_ref, outcome, findings)
    VALUES (@place, @patientNumber, @nameKana, @birthDate, @patientRef, @outcome, @findings)`),
  settleBooking: database.prepare('UPDATE bookings SET outcome = @outcome, findings = @findings WHERE place = @place'),
  purgeBookings: database.prepare('DELETE FROM bookings WHERE EXISTS (SELECT 1 FROM booking_run WHERE day < ?)'),
  purgeBookingRun: database.prepare('DELETE FROM booking_run WHERE day < ?'),
  removeBookings: database.prepare('DELETE FROM bookings'),
  removeBookingRun: database.prepare('DELETE FROM booking_run'),

  addAudit: database.prepare(`
    INSERT INTO audit (id, at, visit_id, delivery_id, event, code, detail, hash)
    VALUES (@id, @at, @visitId, @deliveryId, @event, @code, @detail, @hash)`),
  lastAudit: database.prepare('SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1'),
  // The row a piece of the chain begins behind.
  auditUpTo: database.prepare('SELECT id, hash FROM audit WHERE id <= ? ORDER BY id DESC LIMIT 1'),
  auditAfter: database.prepare(`
    SELECT id, at, visit_id, delivery_id, event, code, detail, hash FROM audit WHERE id > ? ORDER BY id LIMIT ?`),
  countCommit: database.prepare('UPDATE progress SET commits = commits + 1 WHERE id = 1 RETURNING commits AS value'),
  progress: database.prepare('SELECT commits, chain_from FROM progress WHERE id = 1'),
  goOnFrom: database.prepare(
    'UPDATE progress SET commits = max(commits, @commits), chain_from = @chainFrom WHERE id = 1',
  ),

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
  leftFiles: database.prepare('SELECT file_name, sha256, delivered_at FROM left_files WHERE destination = ? LIMIT ?'),
  forgetLeftFile: database.prepare('DELETE FROM left_files WHERE destination = ? AND file_name = ? AND sha256 = ?'),
  unwritten: database.prepare(
    `SELECT count(*) AS value FROM deliveries WHERE visit_id = ? AND state NOT IN (${list(writtenStates)})`,
  ),
  unsettled: database.prepare(
    `SELECT count(*) AS value FROM deliveries WHERE visit_id = ? AND state NOT IN (${list(settledStates)})`,
  ),
  payload: database.prepare('SELECT payload FROM deliveries WHERE id = ?'),
})

export type Statements = ReturnType<typeof prepareStatements>
