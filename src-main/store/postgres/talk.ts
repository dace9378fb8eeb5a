// What is said to the server within one transaction: each statement goes out behind the one before, without waiting for what came of
// that, and only what a work asks for is waited for. The server does them one after the other. What fails makes all that follows in
// its transaction fail too, so the first failure is the one that is told.
//
// What is only told has its bound: what is under way lies in the memory of both, and the last of thousands would wait for its answer
// longer than a desk waits for any.
import type { PoolClient } from 'pg'
import type { Answered, Asked, Values } from '../sql/work.ts'
import type { Seal } from './sealing.ts'
import type { ServerStatement, ServerStatements } from './statements.ts'
import { type Value, written } from './values.ts'

export interface TalkWays {
  readonly statements: ServerStatements
  readonly seal: Seal
  /** Statements are kept by the server under their names; not behind a pooler, which gives each transaction another connection. */
  readonly isPooled: boolean
}

export interface Talk {
  /** Throws what failed first, also of what was only told before. */
  ask(asked: readonly Asked[]): Promise<readonly Answered[]>
  /** What failed first until now, where anything has. */
  failure(): { readonly error: unknown } | null
}

/** How many statements of a work go out before one of them is waited for. */
const mostTold = 100

const nothing: Answered = { rows: [], changes: 0 }

export function talkWith(client: PoolClient, { statements, seal, isPooled }: TalkWays): Talk {
  let failed: { readonly error: unknown } | null = null
  /** Told since one was last waited for. */
  let told = 0

  const send = ({ postgres, values }: Asked): Promise<Answered> => {
    const statement = statements.known(postgres)
    if (!statement) throw new Error('a statement was asked for and is not known')
    const { name, text, sealed } = statement
    const sent = client.query({
      ...(!isPooled && { name }),
      text,
      values: valuesOf(statement, values).map((value, index) => written(seal, value, sealed[index] === true)),
    })
    sent.catch((error: unknown) => {
      failed ??= { error }
    })
    return sent.then(({ rows, rowCount }) => ({ rows, changes: rowCount ?? 0 }))
  }

  return {
    async ask(asked) {
      const unknown = asked.map(({ postgres }) => postgres).filter((text) => !statements.known(text))
      try {
        // Behind what was told before: where that has failed, this fails too, and is not what is told.
        if (unknown.length > 0) await statements.learn(client, unknown)
        const sent = asked.map((each) => {
          const answer = send(each)
          // It is kept above, and told by whoever is waited for next.
          answer.catch(() => undefined)
          return { answer, isWaitedFor: !each.isTold }
        })
        const last = sent.at(-1)
        told = sent.some(({ isWaitedFor }) => isWaitedFor) ? 0 : told + sent.length
        // The server answers in order: with the last one all have been answered.
        if (told >= mostTold) {
          told = 0
          await last?.answer
        }
        return await Promise.all(sent.map(({ answer, isWaitedFor }) => (isWaitedFor ? answer : nothing)))
      } catch (error) {
        throw failed ? failed.error : error
      }
    },
    failure: () => failed,
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
