// The statements are one text for both engines, with `?` or `@name` for what is put in; PostgreSQL wants `$1`, `$2`. What stands
// in quotes or in a comment is no parameter. SQLite's hints for its planner are no part of what is asked, and are left out.

/** `name`: null: by its place. One number for each name, one for each `?`. */
export interface Numbered {
  readonly text: string
  readonly parameters: readonly (string | null)[]
}

/** Quoted texts and names, comments, parameters, and everything between. */
const piece = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|@[A-Za-z]\w*|\?|[^'"@?/-]+|[\s\S]/g
const hint = /\s+INDEXED BY \w+/g

export function numbered(statement: string): Numbered {
  const parameters: (string | null)[] = []
  const text = statement.replace(piece, (found) => {
    if (found === '?') {
      parameters.push(null)
      return `$${parameters.length}`
    }
    if (/^@[A-Za-z]/.test(found)) {
      const name = found.slice(1)
      const known = parameters.indexOf(name)
      if (known >= 0) return `$${known + 1}`
      parameters.push(name)
      return `$${parameters.length}`
    }
    return /^['"]|^--|^\/\*/.test(found) ? found : found.replace(hint, '')
  })
  return { text, parameters }
}
