// The statements of the outbox.
import type Database from 'better-sqlite3'
import { settledStates, writtenStates } from '../../../ground/states.ts'
import { list, stateIs, underWay } from './conditions.ts'

/** Everything but the payload, which only the hand-over reads. */
const delivery = 'id, visit_id, destination, format, state, failure, file_name, place, sha256, attempts, updated_at'

export const deliveriesStatements = (database: Database.Database) => ({
  addDelivery: database.prepare(`
    INSERT INTO deliveries (id, visit_id, destination, format, state, failure, file_name, payload, sha256, updated_at)
    VALUES (@id, @visitId, @destination, @format, @state, @failure, @fileName, @payload, @sha256, @updatedAt)`),
  moveDelivery: database.prepare(`
    UPDATE deliveries SET state = @state, failure = @failure, attempts = coalesce(@attempts, attempts),
      payload = coalesce(@payload, payload), sha256 = coalesce(@sha256, sha256), place = coalesce(@place, place),
      updated_at = @at
    WHERE id = @id AND state = @from`),
  delivery: database.prepare(`SELECT ${delivery} FROM deliveries WHERE id = ?`),
  deliveriesOfVisit: database.prepare(`SELECT ${delivery} FROM deliveries WHERE visit_id = ? ORDER BY seq`),
  pending: database.prepare(`
    SELECT ${delivery} FROM deliveries
    WHERE destination = ? AND ${underWay} ORDER BY seq LIMIT ?`),
  awaited: database.prepare(`
    SELECT ${delivery} FROM deliveries WHERE destination = ? AND ${stateIs('delivered')} ORDER BY seq LIMIT ?`),
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
