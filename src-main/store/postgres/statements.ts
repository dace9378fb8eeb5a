// The statements as this server understands them: numbered, and with the types of their parameters, which the server itself is asked
// for. Those of the rules are asked for once at opening: one that does not fit the schema shows there, and not at the counter.
import { randomBytes } from 'node:crypto'
import type { ClientBase } from 'pg'
import { z } from 'zod'
import { type Numbered, numbered } from './numbered.ts'

export interface ServerStatement extends Numbered {
  /** By which a connection remembers it. */
  readonly name: string
  /** Of each parameter, whether what is put in is sealed. */
  readonly sealed: readonly boolean[]
}

export interface ServerStatements {
  /** In a transaction, with the site's schema in the search path. Throws what the server says. */
  learn(client: ClientBase, texts: readonly string[]): Promise<void>
  /** null: it has not been learned. */
  known(text: string): ServerStatement | null
}

const preparedRows = z.array(z.object({ name: z.string(), types: z.string() }))

export function createStatements(): ServerStatements {
  const known = new Map<string, ServerStatement>()
  const learn: ServerStatements['learn'] = async (client, texts) => {
    // What is prepared by SQL stays beyond the transaction, and behind a pooler with a connection that is others' afterwards: it
    // gets names that nobody else has, and is taken away again.
    const mark = `madoguchi_${randomBytes(6).toString('hex')}_`
    const asked = texts.map(numbered)
    await client.query(asked.map(({ text }, index) => `PREPARE ${mark}${index} AS ${text};`).join('\n'))
    const { rows } = await client.query(
      `SELECT name, array_to_string(parameter_types::text[], ',') AS types FROM pg_prepared_statements
      WHERE starts_with(name, $1)`,
      [mark],
    )
    await client.query(asked.map((_, index) => `DEALLOCATE ${mark}${index};`).join('\n'))
    const typesOf = new Map(preparedRows.parse(rows).map(({ name, types }) => [name, types.split(',')]))
    for (const [index, text] of texts.entries()) {
      // Somebody else may have asked for it meanwhile; a name is given once.
      if (known.has(text)) continue
      const types = typesOf.get(`${mark}${index}`)
      const statement = asked[index]
      if (!types || !statement) throw new Error('the server has not prepared what it was asked to')
      const sealed = statement.parameters.map((_, place) => types[place] === 'bytea')
      known.set(text, { ...statement, name: `madoguchi_${known.size}`, sealed })
    }
  }
  return { learn, known: (text) => known.get(text) ?? null }
}
