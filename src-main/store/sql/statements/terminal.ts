// The statements about the files of the terminal.

import { statement } from '../work.ts'
import { believedDay } from './conditions.ts'

export const terminalStatements = {
  terminalFiles: statement('SELECT name, sha256, is_read FROM terminal_files WHERE name = ?'),
  addTerminalFile: statement(`
    INSERT INTO terminal_files (name, sha256, is_read, day) VALUES (?, ?, ?, ${believedDay('?')})
    ON CONFLICT DO NOTHING`),
  nextTerminalRequest: statement(`
    INSERT INTO terminal_requests (day, last) VALUES (@day, @known + 1)
    ON CONFLICT (day) DO UPDATE SET last = 1 +
      CASE WHEN terminal_requests.last < @known THEN @known ELSE terminal_requests.last END
    RETURNING last AS value`),
}
