// Tables of a document under docs/, so that a test can hold them against the code they describe.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './support.ts'

/** The rows of the first table after `heading`, without its head: cells as text, trimmed, without backticks. */
export function tableUnder(document: string, heading: string): readonly (readonly string[])[] {
  const text = readFileSync(join(root, 'docs', document), 'utf8')
  const [, section] = text.split(`\n${heading}\n`)
  if (section === undefined) throw new Error(`docs/${document} has no heading "${heading}"`)
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section) ?? []
  const [, , ...rows] = table.trimEnd().split('\n')
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim()),
  )
}
