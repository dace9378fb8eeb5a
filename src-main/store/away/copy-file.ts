// The copy as it lies in the data folder: a database with the tables of the desk's own, sealed with the desk's key, and one row that
// says what it is a copy of and how far. A change of it is one transaction with that row: killed at any moment it is the former one.
import { existsSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { makeFolder } from '../../ground/make-folder.ts'
import { ok, type Result } from '../../ground/result.ts'
import type { Table } from '../sql/moving.ts'
import { openDatabase } from '../sqlite/database.ts'
import { migrate } from '../sqlite/migrations.ts'
import { failureHere, tablesToMove } from '../sqlite/moving.ts'
import { createRunner } from '../sqlite/runner.ts'
import { idParameters, idValues, type Piece } from './copied.ts'

/** Of a data folder. `making` is not a copy yet; `merging` was written away and is being brought (merge.ts). */
export const awayFiles = (dataDir: string) => {
  const folder = join(dataDir, 'away')
  const file = (name: string) => join(folder, `${name}.db`)
  return {
    folder,
    making: file('making'),
    copy: file('copy'),
    base: file('base'),
    away: file('away'),
    merging: file('merging'),
  }
}

/** A database with all that lies beside it. */
export function removeFile(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`, file.replace(/\.db$/, '.anchor')])
    rmSync(name, { force: true })
}

const aboutRow = z.object({
  day: z.string(),
  seq: z.number(),
  stamp: z.number(),
  as_of: z.string(),
  series: z.number(),
  migration: z.number(),
  /** Of an away store: when it was begun, and under which id it is brought. */
  since: z.string().nullable(),
  merge_id: z.string().nullable(),
})
export type About = z.infer<typeof aboutRow>

const aboutTables = `
  CREATE TABLE about_copy (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    day TEXT NOT NULL, seq INTEGER NOT NULL, stamp INTEGER NOT NULL, as_of TEXT NOT NULL, series INTEGER NOT NULL,
    migration INTEGER NOT NULL, since TEXT, merge_id TEXT
  ) STRICT;
  CREATE TABLE copied_visits (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`

export interface CopyFile {
  readonly database: Database.Database
  readonly tables: ReadonlyMap<string, Table>
  /** null: it is not whole yet. */
  about(): About | null
  /** All of it, with how far it is then, or nothing. */
  put(pieces: readonly Piece[], about: Omit<About, 'since' | 'merge_id' | 'migration'> | null): void
  /** Which rows hang on ones that are not there, by their tables. */
  loose(): readonly string[]
  /** At rest: nothing of it lies in another file. */
  close(): void
}

/** Makes it where it is not there. Errors: STORE_ codes, AGENT_ALREADY_RUNNING. */
export function openCopyFile(file: string, key: Uint8Array, migrationsDir: string): Result<CopyFile> {
  let database: Database.Database | undefined
  try {
    makeFolder(dirname(file))
    database = openDatabase(file, key)
    const migrated = migrate(database, migrationsDir)
    if (migrated.ok) return ok(copyFile(database))
    database.close()
    return migrated
  } catch (error) {
    database?.close()
    return { ok: false, error: failureHere(error) }
  }
}

/** The same where it is there and whole; null: not. */
export function openWholeCopy(file: string, key: Uint8Array, migrationsDir: string): Result<CopyFile | null> {
  if (!existsSync(file) || statSync(file).size === 0) return ok(null)
  const opened = openCopyFile(file, key, migrationsDir)
  if (!opened.ok || opened.value.about() !== null) return opened
  opened.value.close()
  return ok(null)
}

export const migrationOf = (database: Database.Database): number =>
  z.object({ value: z.number() }).parse(database.prepare('SELECT max(number) AS value FROM migrations').get()).value

function copyFile(database: Database.Database): CopyFile {
  const hasAbout = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'about_copy'").get() !== undefined
  if (!hasAbout) database.exec(aboutTables)
  const runner = createRunner(database)
  const tables = new Map(runner.run(tablesToMove()).map((table) => [table.name, table]))
  return {
    database,
    tables,
    about: () => aboutRow.optional().parse(database.prepare('SELECT * FROM about_copy').get()) ?? null,
    put(pieces, about) {
      database.transaction(() => {
        for (const piece of [...pieces].reverse()) takeAway(database, piece)
        for (const piece of pieces) add(database, piece)
        // What a row leaves behind that goes (0012_left-files.sql) is the site's matter.
        database.exec('DELETE FROM left_files')
        if (!about) return
        database
          .prepare(`INSERT OR REPLACE INTO about_copy (id, day, seq, stamp, as_of, series, migration)
            VALUES (1, @day, @seq, @stamp, @as_of, @series, @migration)`)
          .run({ ...about, migration: migrationOf(database) })
      })()
    },
    loose: () =>
      z
        .array(z.object({ table: z.string() }))
        .parse(database.pragma('foreign_key_check'))
        .map(({ table }) => table),
    close() {
      database.pragma('wal_checkpoint(TRUNCATE)')
      database.close()
    },
  }
}

function takeAway(database: Database.Database, { table, instead }: Piece): void {
  if (instead === undefined || table.goesAlong) return
  const which = instead === null || !table.of ? 'true' : table.of(idParameters)
  const statement = database.prepare(`DELETE FROM "${table.name}" WHERE ${which}`)
  if (instead === null) statement.run()
  else statement.run(idValues(instead))
}

function add(database: Database.Database, { table, rows }: Piece): void {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
  const all = table.without ? [...columns, table.without] : columns
  // A row that another one stands in the way of (a number that has gone to somebody else) takes its place: the other is told of, too.
  const insert = database.prepare(
    `INSERT OR REPLACE INTO "${table.name}" (${all.map((name) => `"${name}"`).join(', ')})
    VALUES (${columns.map(() => '?').join(', ')}${table.without ? ", x''" : ''})`,
  )
  for (const row of rows) insert.run(...columns.map((column) => row[column]))
}
