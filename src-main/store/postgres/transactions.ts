// Transactions on the server, from their beginning to their end. A desk waits for the server as seldom as it can, because whoever has
// the site's lock lets all others wait: what a work asks first goes out behind the beginning, and what it only tells is followed by
// the end without a word of the server between.
import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { Answered, Asked, Work } from '../sql/work.ts'
import type { Limits } from './connection.ts'
import { isCutOff, serverFailure } from './failures.ts'
import { type Talk, type TalkWays, talkWith } from './talk.ts'

/** One site's lock in the whole database, as the server counts locks. */
const lockOf = (schema: string): string =>
  createHash('sha256').update(`madoguchi ${schema}`).digest().readBigInt64BE().toString()

export interface Beginnings {
  readonly reading: string
  readonly writing: string
  readonly beside: string
  /** A transaction of its own: when it has ended, all that was committed before it is on the disk, and at a synchronous standby. */
  readonly toDisk: string
}

/**
 * Where the server would say that something is committed before it is on the disk. Asked in each transaction: how it is set may change
 * while a desk runs, and the next connection may lead to another server.
 */
const durable =
  "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'"

/** The first words of a transaction, in one message. Everything that would otherwise be said to a session is said here anew. */
export function beginningsIn(schema: string, { statementMs, silentMs }: Limits): Beginnings {
  const local = [
    `SET LOCAL search_path TO "${schema}", pg_temp`,
    `SET LOCAL statement_timeout TO ${statementMs}`,
    `SET LOCAL lock_timeout TO ${statementMs}`,
    `SET LOCAL idle_in_transaction_session_timeout TO ${silentMs}`,
  ]
  const lock = `SELECT pg_advisory_xact_lock(${lockOf(schema)})`
  const write = ['BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE', ...local, durable]
  return {
    reading: ['BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', ...local].join('; '),
    writing: [...write, lock].join('; '),
    beside: write.join('; '),
    // It has to write something, or the server has nothing to wait for.
    toDisk: [write[0], durable, "SELECT pg_logical_emit_message(true, 'madoguchi', '')", 'COMMIT'].join('; '),
  }
}

/**
 * A connection in a transaction that has begun; `early` is what is said behind the beginning without waiting for it. One that was
 * idle may have been cut off without a word: what was not begun is begun on another one, as often as there can be such ones.
 */
async function begin<T>(
  pool: Pool,
  text: string,
  early: (client: PoolClient) => T,
): Promise<{ readonly client: PoolClient; readonly said: T }> {
  for (let idle = pool.options.max; ; idle--) {
    const client = await pool.connect()
    try {
      const begun = client.query(text)
      const said = early(client)
      await begun
      return { client, said }
    } catch (error) {
      client.release(true)
      if (idle <= 0 || !isCutOff(error)) throw error
    }
  }
}

/** Nothing of it counts. A connection that cannot say so is given up, and with it the transaction. */
export async function rollBack(client: PoolClient, error: unknown): Promise<void> {
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
  const { client } = await begin(pool, beginning, () => null)
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

/** Should the beginning fail, it would be done without one: so it must be nothing that changes anything. */
const isLook = (asked: readonly Asked[]) => asked.every(({ postgres }) => /^\s*SELECT\b/i.test(postgres))

/** A work that has been done, with what was told perhaps still under way, in a transaction that has not ended. */
interface Done<T> {
  readonly client: PoolClient
  readonly talk: Talk
  readonly value: T
}

interface Transactions {
  /** Throws what the server says first, or what the work throws, and then nothing of it counts. */
  run<T>(beginning: string, work: Work<T>): Promise<Done<T>>
  /** Throws what the server says first, and then nothing of it counts. */
  commit(done: Done<unknown>): Promise<void>
  /**
   * What was read is on the disk of the very server that it was read from: asked on another connection, another one may answer that has
   * taken its place. Throws what the server says.
   */
  keep(done: Done<unknown>): Promise<void>
  /** What was read is known, whatever becomes of the rest. */
  letGo(done: Done<unknown>): void
}

export function createTransactions(pool: Pool, toDisk: string, ways: TalkWays): Transactions {
  /** The connection that was read with last is free again in a moment, and better than another one. */
  let ending: Promise<void> = Promise.resolve()

  async function run<T>(beginning: string, work: Work<T>): Promise<Done<T>> {
    let step = work.next()
    const first = step.done ? [] : step.value
    const goesAlong = isLook(first) && first.every(({ postgres }) => ways.statements.known(postgres))
    await ending
    const { client, said } = await begin(pool, beginning, (to) => {
      const talk = talkWith(to, ways)
      const answers = goesAlong ? talk.ask(first) : null
      // Looked at once the beginning is known to have been one.
      answers?.catch(() => undefined)
      return { talk, answers }
    })
    const { talk } = said
    try {
      let answers: Promise<readonly Answered[]> | null = said.answers
      while (!step.done) {
        step = work.next(await (answers ?? talk.ask(step.value)))
        answers = null
      }
      return { client, talk, value: step.value }
    } catch (error) {
      await rollBack(client, error)
      throw error
    }
  }

  /** The server ends a transaction in which something has failed without saying so. */
  async function commit({ client, talk }: Done<unknown>, end = 'COMMIT'): Promise<void> {
    try {
      await client.query(end)
      const failed = talk.failure()
      if (failed) throw failed.error
      client.release()
    } catch (error) {
      await rollBack(client, error)
      throw error
    }
  }

  return {
    run,
    commit: (done) => commit(done),
    keep: (read) => commit(read, `COMMIT; ${toDisk}`),
    letGo(read) {
      ending = commit(read).catch(() => undefined)
    },
  }
}
