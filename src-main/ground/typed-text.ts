// Text that a person has typed with whatever editor there was. Editors of Windows put a mark at the start or save UTF-16, and
// some save in the code page: that is no UTF-8, and it is told by its line instead of being read as other characters.

/** What stands in it, or the first line that cannot be read. */
export type Typed<T> = { readonly content: T } | { readonly line: number }

export function readTyped(bytes: Uint8Array): Typed<string> {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  const content = decoded(bytes, encoding)
  if (content !== null) return { content }
  return { line: encoding === 'utf-8' ? firstUnreadable(bytes) : 1 }
}

/** The same for JSON; a file that ends too early has its last line. */
export function readTypedJson(bytes: Uint8Array): Typed<unknown> {
  const text = readTyped(bytes)
  return 'line' in text ? text : parseTyped(text.content)
}

export function parseTyped(text: string): Typed<unknown> {
  try {
    return { content: JSON.parse(text) }
  } catch (error) {
    const [, line] = /\(line (\d+) column/.exec(error instanceof SyntaxError ? error.message : '') ?? []
    return { line: line ? Number(line) : text.trimEnd().split('\n').length }
  }
}

/** Without the mark at its start. */
function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function firstUnreadable(bytes: Uint8Array): number {
  for (let line = 1, start = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start)
    if (end < 0 || decoded(bytes.subarray(start, end), 'utf-8') === null) return line
    start = end + 1
  }
}
