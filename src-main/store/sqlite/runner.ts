// Works of the store on an open SQLite database: each statement is prepared once and answered at once, so a work is done within
// one turn and nobody comes between.
import { setImmediate as othersTurn } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import type { Answered, Asked, Work } from '../sql/work.ts'

export interface Runner {
  /** Prepares a statement before it is asked for. Throws what SQLite throws: the schema does not fit or is damaged. */
  prepare(text: string): void
  /** Throws what SQLite throws. */
  run<T>(work: Work<T>): T
  /** Of a long one: others get their turn between its statements. */
  runSlowly<T>(work: Work<T>): Promise<T>
}

export function createRunner(database: Database.Database): Runner {
  const prepared = new Map<string, Database.Statement>()
  const prepare = (text: string): Database.Statement => {
    const known = prepared.get(text)
    if (known) return known
    const made = database.prepare(text)
    prepared.set(text, made)
    return made
  }
  const answer = ({ text, values, isOne }: Asked): Answered => {
    const asked = prepare(text)
    if (!asked.reader) return { rows: [], changes: asked.run(...values).changes }
    if (!isOne) return { rows: asked.all(...values), changes: 0 }
    const row = asked.get(...values)
    return { rows: row === undefined ? [] : [row], changes: 0 }
  }
  return {
    prepare: (text) => void prepare(text),
    run(work) {
      let step = work.next()
      while (!step.done) step = work.next(step.value.map(answer))
      return step.value
    },
    async runSlowly(work) {
      let step = work.next()
      while (!step.done) {
        await othersTurn()
        step = work.next(step.value.map(answer))
      }
      return step.value
    },
  }
}
