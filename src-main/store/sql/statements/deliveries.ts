// The statements of the outbox.
import { takeBackMs } from '../../../contract/calls.ts'
import { settledStates, writtenStates } from '../../../ground/states.ts'
import { statement } from '../work.ts'
import { list, stateIs, underWay } from './conditions.ts'

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
  unwritten: statement(
    `SELECT count(*) AS value FROM deliveries WHERE visit_id = ? AND state NOT IN (${list(writtenStates)})`,
  ),
  unsettled: statement(
    `SELECT count(*) AS value FROM deliveries WHERE visit_id = ? AND state NOT IN (${list(settledStates)})`,
  ),
  payload: statement('SELECT payload FROM deliveries WHERE id = ?'),
}
