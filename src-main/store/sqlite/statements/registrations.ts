// The statements of what is registered at the hub.
import type Database from 'better-sqlite3'
import { stateIs } from './conditions.ts'

export const registrationsStatements = (database: Database.Database) => ({
  saveRegistration: database.prepare(`
    INSERT INTO records (id, visit_id, state, body, failure, handle, created_at, updated_at)
    VALUES (@id, @visitId, @state, @body, @failure, @handle, @createdAt, @updatedAt)
    ON CONFLICT (id) DO UPDATE SET
      state = excluded.state, failure = excluded.failure, handle = excluded.handle, updated_at = excluded.updated_at`),
  stateOfRegistration: database.prepare('SELECT state FROM records WHERE id = ?'),
  registration: database.prepare('SELECT * FROM records WHERE id = ?'),
  registrationsOfVisit: database.prepare('SELECT * FROM records WHERE visit_id = ? ORDER BY created_at'),
  queuedRegistrations: database.prepare(`SELECT * FROM records WHERE ${stateIs('queued')} ORDER BY created_at`),
})
