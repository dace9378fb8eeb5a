// What would tell that the patient of samples.ts was once in a database: looked for in every byte of its pages, decrypted.
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { temporaryFolder } from '../support.ts'
import { patient, type StorePlace } from './samples.ts'

export const traces = [patient.name, patient.nameKana, patient.ref, '88138243', '1234566', 'the file of this patient']

/** The traces that are in the pages of a copy, decrypted where they lie. */
export function found({ file, key }: Pick<StorePlace, 'file' | 'key'>): readonly string[] {
  const copy = join(temporaryFolder(), 'madoguchi.db')
  for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, copy + part)
  const database = openDatabase(copy, key)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.pragma('journal_mode = DELETE')
  database.pragma("rekey = ''")
  database.close()
  const bytes = readFileSync(copy)
  expect(bytes.subarray(0, 15).toString()).toBe('SQLite format 3')
  return traces.filter((trace) => bytes.includes(trace))
}
