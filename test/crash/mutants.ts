// Every place of the program that puts something onto the disk or makes a transaction of it, found in its text, and the program without
// it. Whoever adds such a place adds a mutant.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn } from '../kept-build.ts'

export interface Mutant {
  /** From the root of the tree. */
  readonly file: string
  readonly line: number
  /** What is taken away. */
  readonly what: string
  /** The line that it stands in. */
  readonly around: string
  /** The whole file without it. */
  readonly text: string
}

/** What stands at a place, and what in its stead. */
interface Place {
  readonly from: number
  readonly to: number
  readonly instead: string
}

/** Behind the bracket that closes the one at `open`. */
function behind(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')' && --depth === 0) return at + 1
  }
  throw new Error('a bracket is not closed')
}

/** Calls by a name; not where it is declared or imported. */
function callsOf(text: string, name: RegExp): readonly Place[] {
  return [...text.matchAll(name)].flatMap((found) => {
    const from = found.index
    const to = behind(text, from + found[0].length - 1)
    const isDeclared =
      /^\s*(?::\s*[\w<>]+\s*)?\{|^\s*:/.test(text.slice(to)) || /(?:function|async)\s+$/.test(text.slice(0, from))
    return isDeclared ? [] : [{ from, to, instead: 'undefined' }]
  })
}

const replaced = (text: string, pattern: RegExp, instead: (found: string) => string): readonly Place[] =>
  [...text.matchAll(pattern)].map((found) => ({
    ...{ from: found.index, to: found.index + found[0].length, instead: instead(found[0]) },
  }))

/** The work without a transaction around it. */
const alone = '((work: () => unknown) => Object.assign(() => work(), { immediate: () => work() }))('

const kinds: readonly ((text: string) => readonly Place[])[] = [
  (text) => callsOf(text, /\b(?:\w+\.)*(?:fsyncSync|fdatasyncSync|syncFolder\w*|syncBeside)\(/g),
  (text) => callsOf(text, /\b\w+\.(?:sync|datasync)\(/g),
  (text) => replaced(text, /\b\w+\.transaction\(/g, () => alone),
  (text) => callsOf(text, /\b\w+\.pragma\((?='journal_mode)/g),
  (text) => replaced(text, /synchronous = (?:FULL|EXTRA|NORMAL)/g, () => 'synchronous = OFF'),
  (text) => replaced(text, /synchronous_commit TO on/g, () => 'synchronous_commit TO off'),
  (text) => replaced(text, /(?<=['"`;] ?)COMMIT(?=[;'"`])/g, () => 'ROLLBACK'),
  (text) => replaced(text, /(?<=['"`])BEGIN\b[A-Z ]*(?=['"`;])/g, () => 'SELECT 1'),
]

/** All of them, in the order of files and lines. */
export function mutantsOf(root: string): readonly Mutant[] {
  return filesIn(join(root, 'src-main'))
    .filter((file) => file.endsWith('.ts'))
    .flatMap((path) => {
      const text = readFileSync(path, 'utf8')
      // Of the same length: what a comment says is not what is done.
      const code = text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, (comment) => ' '.repeat(comment.length))
      const places = kinds.flatMap((kind) => kind(code)).toSorted((a, b) => a.from - b.from)
      return places.map(({ from, to, instead }) => ({
        file: path.slice(root.length + 1),
        line: text.slice(0, from).split('\n').length,
        what: text.slice(from, to),
        around: text.slice(text.lastIndexOf('\n', from) + 1, `${text}\n`.indexOf('\n', from)).trim(),
        text: text.slice(0, from) + instead + text.slice(to),
      }))
    })
}
