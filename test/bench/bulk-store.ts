// A store that is filled for measuring: all in one transaction that nobody needs should it break off, into the tables and
// indexes as they are shipped.
import { rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { Result } from '../../src-main/ground/result.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { migrate } from '../../src-main/store/sqlite/migrations.ts'
import { anchorOf, type StoreOptions } from '../../src-main/store/sqlite/opening.ts'
import { createRunner, type Runner } from '../../src-main/store/sqlite/runner.ts'

export const done = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

/** Made where it is missing. It must not be open. */
export function fillStore(place: StoreOptions, fill: (runner: Runner, database: Database.Database) => void): void {
  const database = openDatabase(place.file, place.key)
  try {
    // Each page is encrypted and written once.
    database.pragma('journal_mode = OFF')
    database.pragma('synchronous = OFF')
    database.pragma('cache_size = -1000000')
    database.pragma('foreign_keys = OFF')
    done(migrate(database, place.migrationsDir))
    database.exec('BEGIN')
    fill(createRunner(database), database)
    database.exec('COMMIT')
  } finally {
    database.close()
  }
  // It is opened as a database from before there were anchors: that of its last opening knows nothing of these rows.
  rmSync(anchorOf(place.file), { force: true })
}
