// What the guide for clinic IT tells somebody to type, to look for or to press is there: a guide that has drifted sends people
// astray who have nobody else to ask.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type FailureCode, failureCodes, failureOrigin } from '../../src-main/ground/failures.ts'
import { fileSchema } from '../../src-main/settings/schema.ts'
import { readCommandLine } from '../../src-main/shell/command-line.ts'
import { optionsOf } from '../../src-main/shell/commands/command.ts'
import { commands } from '../../src-main/shell/commands/commands.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { checkText } from '../../src-main/words/self-test.ts'
import { blocksOf, itGuide, sectionOf } from '../it-guide.ts'
import { root } from '../support.ts'
import { sourcesIn, textOf } from './sources.ts'

const page = (name: string) => readFileSync(join(root, name), 'utf8')
/** What stands in backticks, in a line or in a block. */
const typed = [...itGuide().matchAll(/```\w*\n(.*?)```|`([^`\n]+)`/gs)].flatMap(([, block, inLine]) =>
  (block ?? inLine ?? '').split('\n'),
)
const beginning = (start: string) =>
  typed.flatMap((text) => (text.startsWith(start) ? [text.slice(start.length).trim()] : []))

test('every command of the guide is one, with options that it has', () => {
  const called = beginning('madoguchi ').filter((words) => words !== '…')
  expect(called.length).toBeGreaterThan(10)
  const unknown = called.filter((words) => {
    const command = commands.find(({ name }) => words === name || words.startsWith(`${name} `))
    const options = command && optionsOf(command, { hasOtherFolders: true })
    return !options || [...words.matchAll(/--([\w-]+)/g)].some(([, option]) => !Object.hasOwn(options, option ?? ''))
  })
  expect(unknown).toEqual([])
})

test('every npm script of the guide is one, and npm start takes the options', () => {
  const { scripts } = JSON.parse(page('package.json'))
  const started = beginning('npm start --').map((words) => words.split(' '))
  expect(started.length).toBeGreaterThan(0)
  for (const words of started) expect(readCommandLine(words)).toMatchObject({ ok: true })
  const run = typed.flatMap((text) =>
    [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name ?? ''),
  )
  expect(run.length).toBeGreaterThan(0)
  expect(run.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
})

test('every option of an installer stands in install.md', () => {
  const options = typed.flatMap((text) => [...text.matchAll(/ (\/[A-Z]+)\b/g)].map(([, option]) => option ?? ''))
  expect(options.length).toBeGreaterThan(2)
  expect(options.filter((option) => !page('docs/install.md').includes(option))).toEqual([])
})

test('every line of the self-test has its row', () => {
  const rows = sectionOf('自己診断')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => (line.split('|')[1] ?? '').trim().split('、'))
  expect(Object.values(checkText).filter((name) => !rows.includes(name))).toEqual([])
})

test('what the guide quotes is said by the product', () => {
  const words = sourcesIn('src-main/words').map(textOf).join('\n')
  // Windows' own.
  const ofOthers = ['インストールされているアプリ']
  const quoted = [...itGuide().matchAll(/「([^「」]+)」/g)].map(([, text]) => text ?? '')
  expect(quoted.length).toBeGreaterThan(40)
  expect(quoted.filter((text) => !words.includes(text) && !ofOthers.includes(text))).toEqual([])
})

/** Said by nobody whom the guide is for, or to whom it says the rest itself. */
const notLookedUp: Partial<Record<FailureCode, string>> = {
  STORE_COPY_MISSING: 'what a command answers',
  STORE_NOT_LIVE: 'what a command answers',
  STORE_NOT_EMPTY: 'what a command answers',
  STORE_IN_USE: 'what a command answers',
  STORE_MOVE_DIFFERS: 'what a command answers',
  STORE_ON_SERVER: 'what a command answers',
  STORE_COMMIT_UNKNOWN: 'the reception looks at its list',
  LEASE_LOST: 'there is nothing to do',
  DESK_AWAY: 'the reception waits',
}

test('every sentence of the stored data, or of its server, is among those to look up', () => {
  const said = [...sectionOf('画面の文から調べる').matchAll(/「([^「」]+)」/g)].map(([, text]) => text ?? '')
  const ofStore = failureCodes.filter((code) => failureOrigin(code) === 'store')
  const missing = ofStore.filter((code) => !said.some((text) => sentence({ code }).message.startsWith(text)))
  expect(missing.toSorted()).toEqual(Object.keys(notLookedUp).toSorted())
})

test('every block of settings is one that the product takes', () => {
  const blocks = itGuide().match(/```json\n/g)?.length
  const given = ['settings.json で設定する', '患者さんの画面と再来受付機'].flatMap((heading) =>
    blocksOf(heading, 'json'),
  )
  expect(given).toHaveLength(blocks ?? 0)
  for (const block of given) expect(fileSchema.safeParse(JSON.parse(block)).error?.issues ?? []).toEqual([])
})

test('every heading that the guide leads to is there, and the list at its head is whole', () => {
  const own = anchorsOf(itGuide())
  const led = [...itGuide().matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)].map(([, file = '', anchor = '']) => ({
    file,
    anchor,
  }))
  const isThere = ({ file, anchor }: { file: string; anchor: string }) =>
    (file === '' ? own : anchorsOf(page(join('docs', file)))).includes(anchor)
  expect(led.filter((each) => !isThere(each))).toEqual([])
  expect(own.filter((anchor) => !led.some((each) => each.file === '' && each.anchor === anchor))).toEqual([])
})

/** As a page shows headings of the second and third kind. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^##+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
