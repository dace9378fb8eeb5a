// The statements about what has been.

import { statement } from '../work.ts'
import { isShown, underWay } from './conditions.ts'

/** Beside the row: what a list tells of a visit without reading any answer. */
const marks = `CASE WHEN note IS NULL THEN 0 ELSE 1 END AS has_note,
  CASE WHEN EXISTS (SELECT 1 FROM deliveries WHERE visit_id = visits.id AND failure IS NOT NULL AND state <> 'delivered')
    THEN 1 ELSE 0 END AS is_held_up,
  CASE WHEN EXISTS (SELECT 1 FROM tallies WHERE tallies.visit_id = visits.id AND kind = 'byHand' AND key = 'open')
    THEN (SELECT body FROM confirmations WHERE visit_id = visits.id ORDER BY id DESC LIMIT 1) END AS by_hand`

export const pastStatements = {
  pastVisits: statement(`
    SELECT *, ${marks} FROM visits WHERE day = ? AND (${isShown} OR EXISTS
      (SELECT 1 FROM deliveries WHERE visit_id = visits.id AND ${underWay})) ORDER BY number DESC`),
  visitsOfPatient: statement(`
    SELECT *, ${marks} FROM visits WHERE id IN (SELECT visit_id FROM answers WHERE patient_key = ?) AND ${isShown}`),
  shownFrom: statement('SELECT shown_from FROM clock WHERE id = 1'),
}
