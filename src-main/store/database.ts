// The connection: a database file opened encrypted and alone. SQLCipher format (AES-256-CBC with HMAC-SHA-512 on every
// page, the salt being the only bytes that are not ciphertext), so that the sqlcipher tool can open it with the same
// key. The exclusive lock is what keeps a second agent out: the system lets go of it however we die.
import Database from 'better-sqlite3'
import type { Failure } from '../contract/result.ts'

/**
 * Opens `file`, making it if missing. `key`: 32 bytes, used as the raw page key without derivation.
 * Throws what SQLite throws (see storeFailure); the file is then as it was.
 */
export function openDatabase(file: string, key: Uint8Array): Database.Database {
  // No waiting for a lock: whoever holds it keeps it until its end.
  const database = new Database(file, { timeout: 0 })
  try {
    database.pragma("cipher = 'sqlcipher'")
    database.pragma('legacy = 4')
    database.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
    // Before the first access, so that WAL needs no shared-memory file beside the database.
    database.pragma('locking_mode = EXCLUSIVE')
    // The first statements that touch the file: a wrong key or a second agent shows here.
    database.pragma('journal_mode = WAL')
    database.exec('BEGIN IMMEDIATE; COMMIT')
    // The default in WAL mode is NORMAL, with which a commit can vanish at power loss.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    // What is deleted after its time is overwritten, and sorting never spills to a plain temporary file.
    database.pragma('secure_delete = ON')
    database.pragma('temp_store = MEMORY')
    database.pragma('trusted_schema = OFF')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * SQLite's result code as one of ours; the message is dropped, because it may quote a statement. A first page that does
 * not decrypt is a wrong key or a damaged file, which nobody can tell apart. Rethrows what is no failure of the store.
 */
export function storeFailure(error: unknown): Failure {
  // better-sqlite3 itself: the folder does not exist.
  if (error instanceof TypeError && error.message.includes('directory does not exist')) {
    return { code: 'STORE_UNWRITABLE' }
  }
  if (!(error instanceof Database.SqliteError)) throw error
  // Extended codes continue the primary one: SQLITE_IOERR_FSYNC is an SQLITE_IOERR.
  switch (error.code.split('_', 2).join('_')) {
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return { code: 'AGENT_ALREADY_RUNNING' }
    case 'SQLITE_NOTADB':
      return { code: 'STORE_KEY_WRONG' }
    case 'SQLITE_CORRUPT':
      return { code: 'STORE_DAMAGED' }
    case 'SQLITE_FULL':
      return { code: 'STORE_FULL' }
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
    case 'SQLITE_IOERR':
      return { code: 'STORE_UNWRITABLE' }
    default:
      throw error
  }
}
