// Works on the server: each one transaction, its statements asked as the work yields them. Works that write stand in line for the
// site's lock first, as they do for SQLite's one writer: a rule that looks and then writes is right without being tried again,
// whatever other desks do meanwhile. Works that only read take no lock and see one state.
//
// The lock is not kept while the disk is waited for, or each desk would wait for the disk as often as there are others before it: a
// transaction ends without waiting, and another one behind it, in the same message, waits for both. So one turn of the disk does for
// all who stand there, and nobody is told „ok“ before. Nothing is lost out of its order: what was committed later is later in the
// server's log (decision 0076).
//
// Where the line breaks in the very commit nobody knows whether it counts: the desk asks, on another connection, for the mark that
// each of its commits leaves, once the lock says that the broken transaction has ended.
import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { fail, ok, Refusal, type Result } from '../../ground/result.ts'
import type { Work } from '../sql/work.ts'
import { isCutOff, serverFailure } from './failures.ts'
import type { TalkWays } from './talk.ts'
import { type Beginnings, createTransactions, inOne, rollBack } from './transactions.ts'

export interface Runner {
  /** Throws a Refusal where the server cannot be read. */
  runReading<T>(work: Work<T>): Promise<T>
  /** The same, and what was read is on the server's disk. Throws a Refusal also where nobody knows whether it is. */
  runReadingKept<T>(work: Work<T>): Promise<T>
  /** On the disk when it returns ok; nothing has changed otherwise, but for STORE_COMMIT_UNKNOWN. Errors: STORE_ codes. */
  runWriting<T>(work: Work<T>): Promise<Result<T>>
  /** Whether what this writer has changed is known here. */
  isOwn(writer: string): boolean
  /**
   * The same for rows that only this desk writes, and that may as well be written twice: it stands in no line, and says
   * STORE_UNREACHABLE where the line broke in the commit.
   */
  runBeside<T>(work: Work<T>): Promise<Result<T>>
}

export function createRunner({
  pool,
  beginnings,
  ...ways
}: TalkWays & { readonly pool: Pool; readonly beginnings: Beginnings }): Runner {
  const transactions = createTransactions(pool, beginnings.toDisk, ways)
  let writer = randomUUID()
  let commits = 0
  /** What is changed is noted as of this writer (migrations/postgres, note_change). */
  const writing = () => `${beginnings.writing}; SET LOCAL madoguchi.writer TO '${writer}'`
  /** What this desk writes stands in line here already: no connection waits for another one of the same desk. */
  let last: Promise<unknown> = Promise.resolve()

  /**
   * Whether this commit counts; the lock is only got once its transaction has ended. Throws where nobody can be asked. It writes to
   * the row, so that the answer is on the disk, too.
   */
  async function hasCommitted(commit: number): Promise<boolean> {
    const { rows } = await inOne(pool, beginnings.writing, (client) =>
      client.query('UPDATE writers SET at = now() WHERE id = $1 AND last_commit = $2 RETURNING 1', [writer, commit]),
    )
    return rows.length > 0
  }

  async function write<T>(work: Work<T>): Promise<Result<T>> {
    const { client, talk, value } = await transactions.run(writing(), work)
    const commit = ++commits
    try {
      await client.query(
        `INSERT INTO writers (id, last_commit) VALUES ('${writer}', ${commit})
        ON CONFLICT (id) DO UPDATE SET last_commit = excluded.last_commit, at = now();
        SET LOCAL synchronous_commit TO off; COMMIT; ${beginnings.toDisk}`,
      )
      client.release()
      return ok(value)
    } catch (error) {
      await rollBack(client, error)
      const before = talk.failure()
      // It failed before, so there was nothing to be committed.
      if (before && !isCutOff(before.error)) throw before.error
      const isThere = await hasCommitted(commit).catch(() => null)
      if (isThere === null) {
        // Should it count after all, this desk hears of it as of another's.
        writer = randomUUID()
        return fail('STORE_COMMIT_UNKNOWN')
      }
      if (!isThere) throw error
      return ok(value)
    }
  }

  /** Throws a Refusal for what the server or the line to it says. */
  async function reading<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      const failure = serverFailure(error)
      throw failure ? new Refusal(failure) : error
    }
  }

  return {
    isOwn: (other) => other === writer,
    async runBeside(work) {
      try {
        const beside = await transactions.run(beginnings.beside, work)
        await transactions.commit(beside)
        return ok(beside.value)
      } catch (error) {
        const failure = serverFailure(error)
        if (!failure) throw error
        return { ok: false, error: failure }
      }
    },
    runReading: (work) =>
      reading(async () => {
        const read = await transactions.run(beginnings.reading, work)
        transactions.letGo(read)
        return read.value
      }),
    runReadingKept: (work) =>
      reading(async () => {
        const read = await transactions.run(beginnings.reading, work)
        await transactions.keep(read)
        return read.value
      }),
    async runWriting(work) {
      const before = last
      const written = before.then(() => write(work))
      last = written.catch(() => undefined)
      try {
        return await written
      } catch (error) {
        const failure = serverFailure(error)
        if (!failure) throw error
        return { ok: false, error: failure }
      }
    },
  }
}
