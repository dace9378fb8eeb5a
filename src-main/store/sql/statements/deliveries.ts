// The statements of the outbox.
import { takeBackMs } from '../../../contract/calls.ts'
import { statement } from '../work.ts'
import { stateIs, underWay } from './conditions.ts'

/** Everything but the payload, which only the hand-over reads. */
const delivery = 'id, visit_id, destination, format, state, failure, file_name, place, sha256, attempts, updated_at'

export const deliveriesStatements = {
  addDelivery: statement(`
    INSERT INTO deliveries (id, visit_id, destination, format, state, failure, file_name, payload, sha256, updated_at)
    VALUES (@id, @visitId, @destination, @format, @state, @failure, @fileName, @payload, @sha256, @updatedAt)`),
  moveDelivery: statement(`
    UPDATE deliveries SET state = @state, failure = @failure, attempts = coalesce(@attempts, attempts),
      payload = coalesce(@payload, payload), sha256 = coalesce(@sha256, sha256), place = coalesce(@place, place),
      updated_at = @at
    WHERE id = @id AND state = @from`),
  delivery: statement(`SELECT ${delivery} FROM deliveries WHERE id = ?`),
  deliveriesOfVisit: statement(`SELECT ${delivery} FROM deliveries WHERE visit_id = ? ORDER BY seq`),
  pending: statement(
    `SELECT ${delivery} FROM deliveries WHERE destination = @destination AND ${underWay} ORDER BY seq LIMIT @limit`,
    `SELECT ${delivery} FROM deliveries
    WHERE destination = @destination AND ${underWay} AND (added_at < clock_timestamp() - interval '${takeBackMs + 1_000} milliseconds'
      OR EXISTS (SELECT 1 FROM visits WHERE visits.id = visit_id AND (desk = @desk OR desk IS NULL)))
    ORDER BY seq LIMIT @limit`,
  ),
  awaited: statement(`
    SELECT ${delivery} FROM deliveries WHERE destination = ? AND ${stateIs('delivered')} ORDER BY seq LIMIT ?`),
  leftFiles: statement('SELECT file_name, sha256, delivered_at FROM left_files WHERE destination = ? LIMIT ?'),
  forgetLeftFile: statement('DELETE FROM left_files WHERE destination = ? AND file_name = ? AND sha256 = ?'),
  /** With all other files of its visit, and the visit. */
  filesBeside: statement(`
    SELECT file.id, file.visit_id, file.state, visits.state AS visit_state, visits.patient
    FROM deliveries AS given JOIN visits ON visits.id = given.visit_id JOIN deliveries AS file ON file.visit_id = visits.id
    WHERE given.id = ?`),
  payload: statement('SELECT payload FROM deliveries WHERE id = ?'),
}
