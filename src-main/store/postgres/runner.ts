// Works on the server: each one transaction, its statements asked one after the other as the work yields them. Works that write
// stand in line for the site's lock first, as they do for SQLite's one writer: a rule that looks and then writes is right without
// being tried again, whatever other desks do meanwhile. Works that only read take no lock and see one state.
//
// Where the line breaks in the very commit nobody knows whether it counts: the desk asks, on another connection, for the mark that
// each of its commits leaves, once the lock says that the broken transaction has ended.
import { createHash, randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { fail, ok, Refusal, type Result } from '../../ground/result.ts'
import type { Values, Work } from '../sql/work.ts'
import type { Limits } from './connection.ts'
import { isCutOff, serverFailure } from './failures.ts'
import type { Seal } from './sealing.ts'
import type { ServerStatement, ServerStatements } from './statements.ts'
import { type Value, written } from './values.ts'

export interface Runner {
  /** Throws a Refusal where the server cannot be read. */
  runReading<T>(work: Work<T>): Promise<T>
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

/** One site's lock in the whole database, as the server counts locks. */
const lockOf = (schema: string): string =>
  createHash('sha256').update(`madoguchi ${schema}`).digest().readBigInt64BE().toString()

export interface Beginnings {
  readonly reading: string
  readonly writing: string
  readonly beside: string
}

/**
 * The first words of a transaction, in one message. Everything that would otherwise be said to a session is said here anew.
 * `isLazy`: the server says that something is committed before it is on the disk.
 */
export function beginningsIn(schema: string, { statementMs, silentMs }: Limits, isLazy: boolean): Beginnings {
  const local = [
    `SET LOCAL search_path TO "${schema}", pg_temp`,
    `SET LOCAL statement_timeout TO ${statementMs}`,
    `SET LOCAL lock_timeout TO ${statementMs}`,
    `SET LOCAL idle_in_transaction_session_timeout TO ${silentMs}`,
  ]
  const durable = isLazy ? ['SET LOCAL synchronous_commit TO on'] : []
  const lock = `SELECT pg_advisory_xact_lock(${lockOf(schema)})`
  const write = ['BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE', ...local, ...durable]
  return {
    reading: ['BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', ...local].join('; '),
    writing: [...write, lock].join('; '),
    beside: write.join('; '),
  }
}

/**
 * A connection in a transaction that has begun. One that was idle may have been cut off without a word: what was not begun is begun
 * on another one, as often as there can be such ones.
 */
async function begin(pool: Pool, text: string): Promise<PoolClient> {
  for (let idle = pool.options.max; ; idle--) {
    const client = await pool.connect()
    try {
      await client.query(text)
      return client
    } catch (error) {
      client.release(true)
      if (idle <= 0 || !isCutOff(error)) throw error
    }
  }
}

/** Nothing of it counts. A connection that cannot say so is given up, and with it the transaction. */
async function rollBack(client: PoolClient, error: unknown): Promise<void> {
  // A statement from before a table was changed would fail again on this connection.
  const isSpent = isCutOff(error) || serverFailure(error)?.code === 'STORE_UNREACHABLE'
  const isBack =
    !isSpent &&
    (await client.query('ROLLBACK').then(
      () => true,
      () => false,
    ))
  client.release(!isBack)
}

/** One transaction from its beginning to its commit. Throws what the server says, and then nothing of it counts. */
export async function inOne<T>(pool: Pool, beginning: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await begin(pool, beginning)
  try {
    const value = await work(client)
    await client.query('COMMIT')
    client.release()
    return value
  } catch (error) {
    await rollBack(client, error)
    throw error
  }
}

export function createRunner(options: {
  readonly pool: Pool
  readonly beginnings: Beginnings
  readonly statements: ServerStatements
  readonly seal: Seal
  /** Statements are kept by the server under their names; not behind a pooler, which gives each transaction another connection. */
  readonly isPooled: boolean
}): Runner {
  const { pool, beginnings, statements, seal, isPooled } = options
  let writer = randomUUID()
  let commits = 0
  /** What is changed is noted as of this writer (migrations/postgres, note_change). */
  const writing = () => `${beginnings.writing}; SET LOCAL madoguchi.writer TO '${writer}'`
  /** What this desk writes stands in line here already: no connection waits for another one of the same desk. */
  let last: Promise<unknown> = Promise.resolve()

  async function done<T>(client: PoolClient, work: Work<T>): Promise<T> {
    let step = work.next()
    while (!step.done) {
      const { postgres: text, values } = step.value
      const asked = await statements.of(client, text)
      const { rows, rowCount } = await client.query({
        ...(!isPooled && { name: asked.name }),
        text: asked.text,
        values: valuesOf(asked, values).map((value, index) => written(seal, value, asked.sealed[index] === true)),
      })
      step = work.next({ rows, changes: rowCount ?? 0 })
    }
    return step.value
  }

  /** Whether this commit counts; the lock is only got once its transaction has ended. Throws where nobody can be asked. */
  async function hasCommitted(commit: number): Promise<boolean> {
    const { rows } = await inOne(pool, beginnings.writing, (client) =>
      client.query('SELECT 1 FROM writers WHERE id = $1 AND last_commit = $2', [writer, commit]),
    )
    return rows.length > 0
  }

  async function write<T>(work: Work<T>): Promise<Result<T>> {
    const client = await begin(pool, writing())
    let value: T
    try {
      value = await done(client, work)
    } catch (error) {
      await rollBack(client, error)
      throw error
    }
    const commit = ++commits
    try {
      await client.query(
        `INSERT INTO writers (id, last_commit) VALUES ('${writer}', ${commit})
        ON CONFLICT (id) DO UPDATE SET last_commit = excluded.last_commit, at = now(); COMMIT`,
      )
      client.release()
      return ok(value)
    } catch (error) {
      await rollBack(client, error)
      if (!isCutOff(error)) throw error
      const isThere = await hasCommitted(commit).catch(() => null)
      if (isThere === null) {
        // Should it count after all, this desk hears of it as of another's.
        writer = randomUUID()
        return fail('STORE_COMMIT_UNKNOWN')
      }
      return isThere ? ok(value) : fail('STORE_UNREACHABLE')
    }
  }

  return {
    isOwn: (other) => other === writer,
    async runBeside(work) {
      try {
        return ok(await inOne(pool, beginnings.beside, (client) => done(client, work)))
      } catch (error) {
        const failure = serverFailure(error)
        if (!failure) throw error
        return { ok: false, error: failure }
      }
    },
    async runReading(work) {
      try {
        return await inOne(pool, beginnings.reading, (client) => done(client, work))
      } catch (error) {
        const failure = serverFailure(error)
        throw failure ? new Refusal(failure) : error
      }
    },
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

const isValue = (value: unknown): value is Value =>
  value === null || typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array

/** In the order of the numbers. What a work gives beyond what a statement asks for is no matter; what is missing is. */
function valuesOf({ parameters }: ServerStatement, values: Values): readonly Value[] {
  const [record] = values
  const byName = new Map(
    typeof record === 'object' && record !== null && !(record instanceof Uint8Array) ? Object.entries(record) : [],
  )
  return parameters.map((name, index) => {
    const value: unknown = name === null ? values[index] : byName.get(name)
    if (!isValue(value)) throw new Error(`nothing is given for the parameter ${name ?? index + 1}`)
    return value
  })
}
