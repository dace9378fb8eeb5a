// What keeps a second engine possible under the store: whoever uses it knows topics, not the whole, and no engine's words.
import { expect, test } from 'vitest'
import { sourcesIn, textOf } from './sources.ts'

const sources = sourcesIn('src-main', 'src-renderer', 'native').map((file) => ({ file, text: textOf(file) }))
const store = 'src-main/store/'
const engine = `${store}sqlite/`
const outside = sources.filter(({ file }) => !file.startsWith(store))
const filesWith = (files: typeof sources, pattern: RegExp) =>
  files.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

const engineWords = /sqlite|postgres|\bSQL\b|pragma|\bWAL\b/i

test('who uses the store takes the topics they need; only the store puts them together', () => {
  expect(filesWith(outside, /store\/store\.ts'/)).toEqual([])
})

test('no engine’s words stand outside the store, and none in its ports', () => {
  // A site says which one it has, and where its server is.
  const said = ['beside', 'schema', 'settings', 'store-access'].map((name) => `src-main/settings/${name}.ts`)
  expect(filesWith(outside, engineWords)).toEqual(said)
  const topics = textOf(`${store}store.ts`).matchAll(/'\.\/([a-z-]+\.ts)'/g)
  const ports = new Set([...topics].map(([, name]) => `${store}${name}`))
  expect(ports.size).toBeGreaterThan(9)
  expect(
    filesWith(
      sources.filter(({ file }) => ports.has(file)),
      engineWords,
    ),
  ).toEqual([])
  // The words are the engine's: it has them.
  expect(filesWith(sources, engineWords).some((file) => file.startsWith(engine))).toBe(true)
})

test('only the opening of the data folder and its mending know which engine it is', () => {
  const others = sources.filter(({ file }) => !file.startsWith(engine))
  expect(filesWith(others, /\/sqlite\/[a-z-]+\.ts'/)).toEqual(
    [
      'backup',
      'data-folder',
      'key-rotation',
      'maintenance',
      'moving',
      'recovery-key',
      'safekeeping',
      'wiping',
      'away/alone',
      'away/beginning',
      'away/copy-file',
      'away/differences',
      'away/keeping',
      'away/merging',
    ].map((name) => `${store}${name}.ts`),
  )
})
