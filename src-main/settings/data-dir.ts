// Where this agent keeps its database, key, logs and training files when nobody says otherwise: the operating
// system's own place for a user's application data.
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Absolute path; `MADOGUCHI_DATA` overrides it. The folder may not exist yet. */
export function defaultDataDir(): string {
  const { MADOGUCHI_DATA, LOCALAPPDATA, XDG_DATA_HOME } = process.env
  if (MADOGUCHI_DATA) return MADOGUCHI_DATA
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Madoguchi')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Madoguchi')
  return join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'madoguchi')
}
