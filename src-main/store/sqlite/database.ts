// The connection: a database file opened encrypted and alone. SQLCipher format (AES-256-CBC with HMAC-SHA-512 on every
// page, the salt being the only bytes that are not ciphertext), so that the sqlcipher tool can open it with the same
// key. The exclusive lock is what keeps a second agent out: the system lets go of it however we die.
import Database from 'better-sqlite3'
import { z } from 'zod'
import { type Failure, Refusal } from '../../ground/result.ts'

/**
 * Opens `file`, making it if missing. `key`: 32 bytes, used as the raw page key without derivation.
 * Throws what SQLite throws (see storeFailure); the file is then as it was.
 */
export function openDatabase(file: string, key: Uint8Array): Database.Database {
  // No waiting for a lock: whoever holds it keeps it until its end.
  const database = new Database(file, { timeout: 0 })
  try {
    unlock(database, key)
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

function unlock(database: Database.Database, key: Uint8Array): void {
  database.pragma("cipher = 'sqlcipher'")
  database.pragma('legacy = 4')
  database.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
}

/** Opens a copy that nobody writes, without leaving anything beside it. Throws what SQLite throws. */
export function openCopy(file: string, key: Uint8Array): Database.Database {
  const database = new Database(file, { timeout: 0, readonly: true, fileMustExist: true })
  try {
    unlock(database, key)
    database.pragma('schema_version')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Whether another program holds the file; the key is not needed to see that. */
export function isHeld(file: string): boolean {
  let database: Database.Database | undefined
  try {
    database = new Database(file, { timeout: 0, readonly: true, fileMustExist: true })
    database.pragma('schema_version')
    return false
  } catch (error) {
    return error instanceof Database.SqliteError && /^SQLITE_(?:BUSY|LOCKED)/.test(error.code)
  } finally {
    database?.close()
  }
}

const integritySchema = z.array(z.object({ integrity_check: z.string() }))

/** Whether every page can be read and every index fits its table. Reads the whole file: 28 MB take 70 ms. */
export function isWhole(database: Database.Database): boolean {
  const found = integritySchema.parse(database.pragma('integrity_check'))
  return found.length === 1 && found[0]?.integrity_check === 'ok'
}

/**
 * What SQLite says to the opening of a file. A first page that does not decrypt is a wrong key or a damaged file: only
 * where something else shows that the key is right (`isKeyRight`) can they be told apart.
 */
export function openingFailure(error: unknown, isKeyRight: boolean): Failure {
  const isUnreadable = error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB'
  return isUnreadable && !isKeyRight ? { code: 'STORE_KEY_WRONG' } : storeFailure(error)
}

/**
 * The result code of a database that is open as one of ours; the message is dropped, because it may quote a statement.
 * Rethrows what is no failure of the store.
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

/**
 * What the file system says to a file of the data folder as one of our codes; null: it is no error of the file system, or
 * of something else than files (a port that cannot be had).
 */
export function fileFailure(error: unknown): Failure | null {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return null
  if (['listen', 'bind', 'connect', 'getaddrinfo', 'spawn'].some((call) => String(error.syscall).startsWith(call))) {
    return null
  }
  const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT'
  return { code: isFull ? 'STORE_FULL' : 'STORE_UNWRITABLE' }
}

/** Reads, and tells what the database refuses as what it is, not as a bug. */
export function read<T>(look: () => T): T {
  try {
    return look()
  } catch (error) {
    throw new Refusal(storeFailure(error))
  }
}
