// What the pages for the next developer name is there: the words of the glossary in the code, the files of the recipes in the
// repository. A page that has drifted fails here before it misleads anybody.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourcesIn, textOf } from './sources.ts'

const root = join(import.meta.dirname, '../..')
const page = (name: string) => readFileSync(join(root, name), 'utf8')

const code = sourcesIn('src-main', 'src-renderer', 'native').map(textOf).join('\n')
const words = new Set(code.match(/[A-Za-z][A-Za-z0-9]*/g))

test('every word of the glossary that is said to be in the code is there', () => {
  const rows = page('docs/glossary.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|---'))
  const named = rows.flatMap((row) => {
    const last = row.split('|').at(-2) ?? ''
    return [...last.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '')
  })
  expect(named.length).toBeGreaterThan(60)
  expect(named.filter((word) => !words.has(word))).toEqual([])
})

test.each([
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/architecture.md',
  'docs/hospital.md',
  'docs/it-guide.md',
  'docs/security.md',
])('every file that %s names is there', (name) => {
  const text = page(name)
  // In backticks, also short for what lies in src-main (`hub/pmh/map`), and behind links. NNNN stands for a number; what lies in a data folder is not here.
  const inText = [...text.matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path]) => path ?? '')
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) =>
    join(name.includes('/') ? 'docs' : '', path ?? ''),
  )
  const isOfData = (path: string) => /^(secrets|import|practice)\//.test(path)
  const paths = [...inText, ...linked].filter((path) => !path.includes('NNNN') && !isOfData(path))
  const isThere = (path: string) =>
    [path, `src-main/${path}`, `src-main/${path}.ts`].some((place) => existsSync(join(root, place)))
  expect(paths.length).toBeGreaterThan(5)
  expect(paths.filter((path) => !isThere(path))).toEqual([])
})

test('every row of the security paper that says 対応 or はい names its proof or where it stands', () => {
  const tables = page('docs/security.md').split('## 脅威と答え')[1]?.split('## MDS/SDS')[0] ?? ''
  const rows = tables.split('\n').filter((line) => line.startsWith('| ') && /\| (対応|はい) \|/.test(line))
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter((row) => !/`|決めごと|使わない|既定|口|サービスを入れない/.test(row))).toEqual([])
})
