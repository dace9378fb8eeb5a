// The inputs that are kept: for each target a folder in test/corpus, a file for each input, byte by byte as it is. In it is whatever
// a fault was found with, and what reached far when the long run was made; `npm test` runs all of them.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../support.ts'

const corpus = join(root, 'test/corpus')

const filesOf = (target: string): string[] => {
  const folder = join(corpus, target)
  return existsSync(folder)
    ? readdirSync(folder)
        .toSorted()
        .map((name) => join(folder, name))
    : []
}

/** In the order of their names: the same every time. */
export const inputsOf = (target: string): Uint8Array[] =>
  filesOf(target).map((file) => new Uint8Array(readFileSync(file)))

/** Writes an input by its content; the path below the root. */
export function keepInput(folder: string, input: Uint8Array, prefix = ''): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${prefix}${createHash('sha256').update(input).digest('hex').slice(0, 12)}.input`)
  writeFileSync(file, input)
  return relative(root, file)
}

export const corpusFolder = (target: string): string => join(corpus, target)
