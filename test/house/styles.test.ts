// A style that a part of the screen asks for is there, and one that nobody asks for is gone: CSS modules say nothing of either,
// and a part that has lost its styles still passes every test of what it says.
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support.ts'
import { sourcesIn, textOf } from './sources.ts'

interface Use {
  readonly file: string
  readonly sheet: string
  /** What follows the name of the import: a class, or null where it is worked out. */
  readonly classes: readonly (string | null)[]
}

const uses: readonly Use[] = sourcesIn('src-renderer').flatMap((file) => {
  const text = textOf(file)
  const body = text.replaceAll(/^import .*$/gm, '')
  return [...text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)].map(([, name = '', path = '']) => {
    const asked = body.matchAll(new RegExp(`(?<![\\w.])${name}(?:\\.(\\w+)|\\[)`, 'g'))
    return { file, sheet: posix.join(dirname(file), path), classes: [...asked].map(([, one]) => one ?? null) }
  })
})

const classesOf = (sheet: string): ReadonlySet<string> => {
  const text = readFileSync(join(root, sheet), 'utf8').replace(/\/\*[\s\S]*?\*\/|"[^"]*"/g, '')
  return new Set([...text.matchAll(/\.([a-zA-Z]\w*)/g)].map(([, one = '']) => one))
}

test('a part of the screen asks only for classes that its style sheet has', () => {
  expect(uses.length).toBeGreaterThan(50)
  const missing = uses.flatMap(({ file, sheet, classes }) =>
    classes.filter((one) => one !== null && !classesOf(sheet).has(one)).map((one) => `${file}: .${one} of ${sheet}`),
  )
  expect(missing).toEqual([])
})

test('a style sheet has only classes that somebody asks for', () => {
  const unused = [...Map.groupBy(uses, ({ sheet }) => sheet)].flatMap(([sheet, all]) => {
    const asked = all.flatMap(({ classes }) => classes)
    // Where the class is worked out, its names are words of the contract.
    if (asked.includes(null)) return []
    return [...classesOf(sheet)].filter((one) => !asked.includes(one)).map((one) => `.${one} of ${sheet}`)
  })
  expect(unused).toEqual([])
})
