// The statements about what a desk that was away had changed, and others too.
import { statement } from '../work.ts'

export const conflictsStatements = {
  openConflicts: statement('SELECT * FROM conflicts WHERE resolved_at IS NULL ORDER BY found_at, id'),
  addConflict: statement(`
    INSERT INTO conflicts (id, desk, at, found_at, staff_id, visit_id, content)
    VALUES (@id, @desk, @at, @foundAt, @staffId, @visitId, @content)`),
  resolveConflict: statement(`
    UPDATE conflicts SET resolved_at = @at, resolved_by = @staffId WHERE id = @id AND resolved_at IS NULL`),
}
