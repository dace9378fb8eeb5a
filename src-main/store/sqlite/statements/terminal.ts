// The statements about the files of the terminal.
import type Database from 'better-sqlite3'
import { believedDay } from './conditions.ts'

export const terminalStatements = (database: Database.Database) => ({
  terminalFiles: database.prepare('SELECT name, sha256, is_read FROM terminal_files WHERE name = ?'),
  addTerminalFile: database.prepare(`
    INSERT OR IGNORE INTO terminal_files (name, sha256, is_read, day) VALUES (?, ?, ?, ${believedDay('?')})`),
  nextTerminalRequest: database.prepare(`
    INSERT INTO terminal_requests (day, last) VALUES (@day, @known + 1)
    ON CONFLICT (day) DO UPDATE SET last = max(last, @known) + 1 RETURNING last AS value`),
})
