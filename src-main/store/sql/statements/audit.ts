// The statements of the audit trail and the count of transactions.
import { statement } from '../work.ts'

const columns = 'id, at, visit_id, delivery_id, event, code, detail, staff_id, desk, patient, about, hash, signature'

export const auditStatements = {
  addAudit: statement(`
    INSERT INTO audit (id, at, visit_id, delivery_id, event, code, detail, staff_id, desk, patient, about, hash, signature)
    VALUES (@id, @at, @visitId, @deliveryId, @event, @code, @detail, @staffId, @desk, @patient, @about, @hash, @signature)`),
  // By which desks have made their keys known.
  deskKeys: statement("SELECT id, about FROM audit WHERE event = 'deskKeyRegistered' ORDER BY id"),
  // Whom a visit is about, as it is stored now.
  patientOfVisit: statement('SELECT patient FROM visits WHERE id = ?'),
  patientsOfPerson: statement('SELECT patient FROM visits WHERE person_key = ?'),
  lastAudit: statement('SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1'),
  // The row a piece of the chain begins behind.
  auditUpTo: statement('SELECT id, hash FROM audit WHERE id <= ? ORDER BY id DESC LIMIT 1'),
  auditAfter: statement(`
    SELECT ${columns} FROM audit WHERE id > ? ORDER BY id LIMIT ?`),
  auditOfDay: statement(`
    SELECT ${columns} FROM audit WHERE at >= @from AND at < @until ORDER BY at DESC, id DESC`),
  auditOfPatient: statement(`SELECT ${columns} FROM audit WHERE patient = ? ORDER BY id DESC`),
  auditOfSettings: statement(`
    SELECT ${columns} FROM audit WHERE detail IS NOT NULL
    ORDER BY id DESC LIMIT ?`),
  // The day of the last loss that a person has accepted.
  lastLossDay: statement(`
    SELECT substr(max(at), 1, 10) AS day FROM audit WHERE event IN ('storeLossAccepted', 'storeRestored')`),
  indexKey: statement('SELECT key FROM index_key WHERE id = 1'),
  countCommit: statement('UPDATE progress SET commits = commits + 1 WHERE id = 1 RETURNING commits AS value'),
  progress: statement('SELECT commits, chain_from FROM progress WHERE id = 1'),
  goOnFrom: statement('UPDATE progress SET commits = @commits, chain_from = @chainFrom WHERE id = 1'),
}
