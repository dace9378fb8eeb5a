// Settings as they are typed on a command line or into an environment, one `name=value` each, for a roll-out.
import { z } from 'zod'
import { tooDeepAt } from './json-text.ts'
import { fileSchema } from './schema.ts'
import { inner, schemaAt, shapeOf } from './schema-walk.ts'

type Content = Readonly<Record<string, unknown>>

/** `separator`: what stands between the names of `pinEntry.side`. Windows takes capitals alike, so names are found by any. */
export function typedContent(separator: string, words: readonly string[]): Content {
  return words.reduce<Content>((content, word) => {
    const [name = '', ...rest] = word.split('=')
    const path = pathOf(name.split(separator))
    return put(content, path, contentOf(rest.join('='), path))
  }, {})
}

function pathOf(names: readonly string[]): readonly string[] {
  let schema: z.core.$ZodType | null = fileSchema
  return names.map((typed) => {
    const known: Readonly<Record<string, z.core.$ZodType>> = schema ? shapeOf(schema) : {}
    const name = Object.keys(known).find((each) => each.toLowerCase() === typed.toLowerCase()) ?? typed
    schema = known[name] ?? null
    return name
  })
}

/** The text itself where the setting takes it, else what it says as JSON; what fits nowhere is named by the check. */
function contentOf(text: string, path: readonly string[]): unknown {
  const schema = schemaAt(fileSchema, {}, path)
  const takesText = schema !== null && z.safeParse(inner(schema), text).success
  // What is nested so deeply is no setting: it fits nowhere as a text either.
  if ((takesText && text !== 'null') || tooDeepAt(text) !== null) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function put(content: Content, [name, ...within]: readonly string[], value: unknown): Content {
  if (name === undefined) return content
  const held = z.record(z.string(), z.unknown()).safeParse(content[name]).data ?? {}
  return { ...content, [name]: within.length === 0 ? value : put(held, within, value) }
}
