// The statements of the clinic's own people.
import type Database from 'better-sqlite3'

export const staffStatements = (database: Database.Database) => ({
  staff: database.prepare('SELECT * FROM staff ORDER BY code'),
  staffMember: database.prepare('SELECT * FROM staff WHERE id = ?'),
  staffOfCode: database.prepare('SELECT id FROM staff WHERE code = ?'),
  staffOfAccount: database.prepare('SELECT id FROM staff WHERE account = ?'),
  addStaff: database.prepare(`
    INSERT INTO staff (id, code, name, role, account, secret, added_at)
    VALUES (@id, @code, @name, @role, @account, @secret, @at)`),
  changeStaff: database.prepare(`
    UPDATE staff SET name = @name, role = @role, account = @account, is_locked = @isLocked WHERE id = @id`),
  resetStaff: database.prepare('UPDATE staff SET secret = @secret, last_step = NULL WHERE id = @id'),
  signStaffIn: database.prepare(`
    UPDATE staff SET signed_in_at = @at, last_step = coalesce(@step, last_step)
    WHERE id = @id AND is_locked = 0 AND (@step IS NULL OR last_step IS NULL OR last_step < @step)`),
  signInTries: database.prepare('SELECT failures, tried_at FROM sign_in_tries WHERE code = ?'),
  addSignInTry: database.prepare(`
    INSERT INTO sign_in_tries (code, failures, tried_at) VALUES (@code, 1, @at)
    ON CONFLICT (code) DO UPDATE SET failures = failures + 1, tried_at = excluded.tried_at`),
  forgetSignInTries: database.prepare('DELETE FROM sign_in_tries WHERE code = ?'),
  addGlass: database.prepare(`
    INSERT INTO broken_glass (day, at, until, staff_id, reason) VALUES (@day, @at, @until, @staffId, @reason)`),
  glassOfDay: database.prepare(`
    SELECT glass.at, glass.until, staff.name, glass.reason FROM broken_glass AS glass
    JOIN staff ON staff.id = glass.staff_id WHERE glass.day = ? ORDER BY glass.at`),
  purgeGlass: database.prepare('DELETE FROM broken_glass WHERE day < ?'),
})
