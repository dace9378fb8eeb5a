// The statements of the clinic's own people.
import { statement } from '../work.ts'

export const staffStatements = {
  staff: statement('SELECT * FROM staff ORDER BY code'),
  staffMember: statement('SELECT * FROM staff WHERE id = ?'),
  staffOfCode: statement('SELECT id FROM staff WHERE code = ?'),
  staffOfAccount: statement('SELECT id FROM staff WHERE account = ?'),
  addStaff: statement(`
    INSERT INTO staff (id, code, name, role, account, secret, added_at)
    VALUES (@id, @code, @name, @role, @account, @secret, @at)`),
  changeStaff: statement(`
    UPDATE staff SET name = @name, role = @role, account = @account, is_locked = @isLocked WHERE id = @id`),
  resetStaff: statement('UPDATE staff SET secret = @secret, last_step = NULL WHERE id = @id'),
  signStaffIn: statement(`
    UPDATE staff SET signed_in_at = @at, last_step = coalesce(@step, last_step)
    WHERE id = @id AND is_locked = 0 AND (last_step IS NULL OR last_step < coalesce(@step, last_step + 1))`),
  signInTries: statement('SELECT failures, tried_at FROM sign_in_tries WHERE code = ?'),
  addSignInTry: statement(`
    INSERT INTO sign_in_tries (code, failures, tried_at) VALUES (@code, 1, @at)
    ON CONFLICT (code) DO UPDATE SET failures = sign_in_tries.failures + 1, tried_at = excluded.tried_at`),
  forgetSignInTries: statement('DELETE FROM sign_in_tries WHERE code = ?'),
  addGlass: statement(`
    INSERT INTO broken_glass (day, at, until, staff_id, reason) VALUES (@day, @at, @until, @staffId, @reason)`),
  glassOfDay: statement(`
    SELECT glass.at, glass.until, staff.name, glass.reason FROM broken_glass AS glass
    JOIN staff ON staff.id = glass.staff_id WHERE glass.day = ? ORDER BY glass.at`),
  purgeGlass: statement('DELETE FROM broken_glass WHERE day < ?'),
}
