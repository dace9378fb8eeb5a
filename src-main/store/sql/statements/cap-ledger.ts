// The statements of the sheets of monthly caps.

import { statement } from '../work.ts'
import { believedDay, isShown } from './conditions.ts'

const ofSheet = 'patient_key = @patient AND certificate_key = @certificate AND month = @month'

export const capLedgerStatements = {
  capRows: statement(`
    SELECT body FROM cap_rows WHERE sheet_id = (SELECT id FROM cap_sheets WHERE ${ofSheet} AND ${isShown})
    ORDER BY place`),
  believedDay: statement(`SELECT ${believedDay('@day')} AS day`),
  /** Makes it where it is not there; whatever lies on it is kept from now on. */
  openCapSheet: statement(`
    INSERT INTO cap_sheets (patient_key, certificate_key, month, kept_from)
    VALUES (@patient, @certificate, @month, @keptFrom)
    ON CONFLICT (patient_key, certificate_key, month) DO UPDATE SET kept_from = excluded.kept_from RETURNING id`),
  addCapRow: statement('INSERT INTO cap_rows (sheet_id, place, body) VALUES (@sheet, @place, @body)'),
}
