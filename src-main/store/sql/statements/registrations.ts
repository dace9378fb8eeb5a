// The statements of what is registered at the hub.

import { statement } from '../work.ts'
import { stateIs } from './conditions.ts'

export const registrationsStatements = {
  saveRegistration: statement(`
    INSERT INTO records (id, visit_id, state, body, failure, handle, created_at, updated_at)
    VALUES (@id, @visitId, @state, @body, @failure, @handle, @createdAt, @updatedAt)
    ON CONFLICT (id) DO UPDATE SET
      state = excluded.state, failure = excluded.failure, handle = excluded.handle, updated_at = excluded.updated_at`),
  stateOfRegistration: statement('SELECT state FROM records WHERE id = ?'),
  registration: statement('SELECT * FROM records WHERE id = ?'),
  registrationsOfVisit: statement('SELECT * FROM records WHERE visit_id = ? ORDER BY created_at'),
  queuedRegistrations: statement(`SELECT * FROM records WHERE ${stateIs('queued')} ORDER BY created_at`),
}
