// Values on their way to the server and back. Which of them are sealed is said by the schema alone: every column and parameter of
// the type bytea is, and no other one. There is no list of names that somebody could forget to add to.
import type { CustomTypesConfig } from 'pg'
import type { Seal } from './sealing.ts'

/** What the rules ask with, and read. */
export type Value = string | number | null | Uint8Array

/** pg_type.dat */
const oids = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, numeric: 1700 } as const
const numbers: readonly number[] = [oids.int8, oids.int2, oids.int4, oids.numeric]

function numberOf(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new Error('a number of the database is no whole number that can be counted with')
  return value
}

/** Of the text form: `\x` and hexadecimal digits. */
const bytesOf = (text: string): Uint8Array => Buffer.from(text.slice(2), 'hex')

/** How each type of column is read: as SQLite gives it, so that the rules see no difference. */
export function readingOf(seal: Seal): CustomTypesConfig {
  const parserOf = (oid: number): ((text: string) => Value) => {
    if (oid === oids.bytea) return (text) => seal.open(bytesOf(text))
    if (oid === oids.bool) return (text) => (text === 't' ? 1 : 0)
    return numbers.includes(oid) ? numberOf : (text) => text
  }
  return { getTypeParser: parserOf }
}

/** `isSealed`: the parameter’s type is bytea. Throws where the schema and the rules do not fit: nothing goes out unsealed. */
export function written(seal: Seal, value: Value, isSealed: boolean): Value {
  if (value === null) return null
  if (!isSealed) {
    if (value instanceof Uint8Array) throw new Error('bytes are asked with where the schema has no sealed column')
    return value
  }
  if (typeof value === 'number') throw new Error('a number is no value of a sealed column')
  return seal.seal(value)
}
