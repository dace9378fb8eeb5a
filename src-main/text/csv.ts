// Comma-separated values as RFC 4180 has them: quotes around what holds commas, quotes or line ends, doubled inside.
// Line ends may be those of any system. Anything else is refused whole: a file that is half understood is a wrong file.

/** The rows with their fields; null where the text is no CSV. An empty text has no rows, an empty line one empty field. */
export function parseCsv(text: string): string[][] | null {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y
  const rows: string[][] = []
  let row: string[] = []
  while (field.lastIndex < text.length || row.length > 0) {
    const match = field.exec(text)
    if (!match) return null
    const [, quoted, plain = '', end] = match
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') {
      // A comma at the very end stands before one more, empty field.
      if (field.lastIndex === text.length) row.push('')
      else continue
    }
    rows.push(row)
    row = []
  }
  return rows
}
