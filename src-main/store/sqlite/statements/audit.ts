// The statements of the audit trail and the count of transactions.
import type Database from 'better-sqlite3'

const columns = 'id, at, visit_id, delivery_id, event, code, detail, staff_id, desk, patient, about, hash'

export const auditStatements = (database: Database.Database) => ({
  addAudit: database.prepare(`
    INSERT INTO audit (id, at, visit_id, delivery_id, event, code, detail, staff_id, desk, patient, about, hash)
    VALUES (@id, @at, @visitId, @deliveryId, @event, @code, @detail, @staffId, @desk, @patient, @about, @hash)`),
  // Whom a visit is about, as it is stored now.
  refOfVisit: database.prepare("SELECT json_extract(patient, '$.ref') AS ref FROM visits WHERE id = ?"),
  refsOfPerson: database.prepare("SELECT json_extract(patient, '$.ref') AS ref FROM visits WHERE person_key = ?"),
  lastAudit: database.prepare('SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1'),
  // The row a piece of the chain begins behind.
  auditUpTo: database.prepare('SELECT id, hash FROM audit WHERE id <= ? ORDER BY id DESC LIMIT 1'),
  auditAfter: database.prepare(`
    SELECT ${columns} FROM audit WHERE id > ? ORDER BY id LIMIT ?`),
  auditOfDay: database.prepare(`
    SELECT ${columns} FROM audit WHERE at >= @from AND at < @until ORDER BY at DESC, id DESC`),
  auditOfPatient: database.prepare(`SELECT ${columns} FROM audit WHERE patient = ? ORDER BY id DESC`),
  auditOfSettings: database.prepare(`
    SELECT ${columns} FROM audit WHERE detail IS NOT NULL
    ORDER BY id DESC LIMIT ?`),
  // The day of the last loss that a person has accepted.
  lastLossDay: database.prepare(`
    SELECT substr(max(at), 1, 10) AS day FROM audit WHERE event IN ('storeLossAccepted', 'storeRestored')`),
  indexKey: database.prepare('SELECT key FROM index_key WHERE id = 1'),
  countCommit: database.prepare('UPDATE progress SET commits = commits + 1 WHERE id = 1 RETURNING commits AS value'),
  progress: database.prepare('SELECT commits, chain_from FROM progress WHERE id = 1'),
  goOnFrom: database.prepare(
    'UPDATE progress SET commits = max(commits, @commits), chain_from = @chainFrom WHERE id = 1',
  ),
})
