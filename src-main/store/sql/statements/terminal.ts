// The statements about the files of the terminal.

import { statement } from '../work.ts'
import { believedDay } from './conditions.ts'

export const terminalStatements = {
  terminalFiles: statement('SELECT name, sha256, is_read FROM terminal_files WHERE name = ?'),
  addTerminalFile: statement(`
    INSERT OR IGNORE INTO terminal_files (name, sha256, is_read, day) VALUES (?, ?, ?, ${believedDay('?')})`),
  nextTerminalRequest: statement(`
    INSERT INTO terminal_requests (day, last) VALUES (@day, @known + 1)
    ON CONFLICT (day) DO UPDATE SET last = max(last, @known) + 1 RETURNING last AS value`),
}
