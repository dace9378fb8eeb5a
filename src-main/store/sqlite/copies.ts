// Copies of the database in a folder: one for each day on which there was something new, the newest seven. A copy is a
// database of its own, encrypted with the same key, whole in one file. The order is in the name, because a clock may have
// been wrong on the day it was made.
import { randomBytes } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setImmediate as othersTurn } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { takeName } from '../../ground/durable-write.ts'
import { makeFolder } from '../../ground/make-folder.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { auditHeadRow } from '../sql/rows.ts'
import { fileFailure, isWhole, openCopy, storeFailure } from './database.ts'

export interface Copy {
  /** Absolute path. */
  readonly file: string
  readonly sequence: number
  /** The clinic day on which it was made, YYYY-MM-DD. */
  readonly day: string
}

const keptCopies = 7

/** The newest first; none where there is no such folder. */
export function listCopies(folder: string): readonly Copy[] {
  try {
    return copiesAmong(folder, readdirSync(folder))
  } catch {
    return []
  }
}

const copiesAmong = (folder: string, names: readonly string[]): readonly Copy[] =>
  names
    .flatMap((name): Copy[] => {
      const [, sequence, day] = /^madoguchi-(\d{4,})-(\d{4}-\d{2}-\d{2})\.db$/.exec(name) ?? []
      return sequence && day ? [{ file: join(folder, name), sequence: Number(sequence), day }] : []
    })
    .sort((a, b) => b.sequence - a.sequence)

const nameOf = (sequence: number, day: string) => `madoguchi-${String(sequence).padStart(4, '0')}-${day}.db`

/** Where the next copy goes. */
export function nextCopy(folder: string, day: string): string {
  const [newest] = listCopies(folder)
  return join(folder, nameOf((newest?.sequence ?? 0) + 1, day))
}

/** The name under which a copy comes after all of these, which is its own where it does already. */
export function laterName(file: string, names: readonly string[]): string {
  const [copy] = copiesAmong(dirname(file), [basename(file)])
  const [newest] = copiesAmong(dirname(file), names)
  if (!copy || !newest || newest.sequence < copy.sequence) return file
  return join(dirname(file), nameOf(newest.sequence + 1, copy.day))
}

/** Removes what the newest copy has replaced: earlier ones of its day, those beyond the kept ones, torn ones. */
export async function removeOldCopies(folder: string): Promise<void> {
  const names = await readdir(folder)
  const [newest, ...others] = copiesAmong(folder, names)
  const earlier = others.filter(({ day }) => day !== newest?.day)
  const kept = new Set(earlier.slice(0, keptCopies - 1))
  for (const copy of others) if (!kept.has(copy)) await rm(copy.file, { force: true })
  for (const name of names) if (/^madoguchi-.*\.tmp$/.test(name)) await rm(join(folder, name), { force: true })
}

/** Errors: STORE_DAMAGED (also where the copy is not what was copied), STORE_FULL, STORE_UNWRITABLE. */
export async function copyDatabase(database: Database.Database, key: Uint8Array, file: string): Promise<Result<void>> {
  const temporary = `${file}.${randomBytes(8).toString('hex')}.tmp`
  try {
    makeFolder(dirname(file))
    // Encrypts with the key of its source, and writes no page of what has been deleted.
    database.prepare('VACUUM INTO ?').run(temporary)
    const head = headOf(database)
    // The two halves take about as long: others get their turn in between.
    await othersTurn()
    if (head !== headOfCopy(temporary, key)) return fail('STORE_DAMAGED')
    takeName(temporary, file)
    return ok(undefined)
  } catch (error) {
    return { ok: false, error: fileFailure(error) ?? storeFailure(error) }
  } finally {
    rmSync(temporary, { force: true })
  }
}

const headOf = (database: Database.Database): string =>
  auditHeadRow.optional().parse(database.prepare('SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1').get())?.hash ??
  ''

/** Throws what SQLite throws. */
function headOfCopy(file: string, key: Uint8Array): string | null {
  const copy = openCopy(file, key)
  try {
    return isWhole(copy) ? headOf(copy) : null
  } finally {
    copy.close()
  }
}
