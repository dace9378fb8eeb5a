// docs/faults.md says what the tests declare (test/faults.ts). After a change, `vitest run test/house/faults-page.test.ts
// --update` writes the page anew.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failureCodes } from '../../src-main/ground/failures.ts'
import { type DeclaredFault, faultsDeclaredIn } from '../declared-faults.ts'
import { areas } from '../faults.ts'
import { allFaults, faultsPage, isCode, sentencesOf } from '../faults-page.ts'
import { root } from '../support.ts'

const { faults, mistakes } = allFaults()

const labelOf = ({ file, what }: DeclaredFault) => `${file}: ${what}`

test('the page of the faults is what the tests declare', async () => {
  await expect(faultsPage()).resolves.toMatchFileSnapshot(join(root, 'docs/faults.md'))
})

test('every fault has its test, which is left out nowhere but for want of what it needs', () => {
  expect(mistakes).toEqual([])
})

test('there are faults of every kind, and none stands twice', () => {
  expect(faults.length).toBeGreaterThanOrEqual(80)
  expect(Object.keys(areas).filter((area) => !faults.some((each) => each.area === area))).toEqual([])
  const whats = faults.map(({ what }) => what.toLowerCase())
  expect(whats.filter((what, index) => whats.indexOf(what) !== index)).toEqual([])
})

test('every failure that the product can tell of stands in the table, so that each has its test', () => {
  expect(failureCodes.filter((code) => !faults.some(({ seen }) => seen === code))).toEqual([])
})

test('what reception is said to read is a sentence of the product, without a hole', async () => {
  for (const each of faults.filter(({ seen }) => seen !== 'nothing')) {
    const said = await sentencesOf(each)
    expect(said.length, labelOf(each)).toBeGreaterThan(0)
    expect(said.join(''), labelOf(each)).not.toMatch(/undefined|null|NaN|（）|「」|あと0回| {2}のもの/)
  }
})

test('the test behind a fault names what is said to be seen: its code, its word, or a piece of its sentence', async () => {
  const unnamed: string[] = []
  for (const each of faults.filter(({ seen }) => seen !== 'nothing')) {
    const key = each.seen.split(' ')[1] ?? ''
    // A key of the words also by its last part, where that is a state's name.
    const names = isCode(each.seen) ? [each.seen] : [key, `'${key.split('.').at(-1)}'`]
    const said = (await sentencesOf(each)).join('')
    const pieces = each.testText.match(/[\p{scx=Hira}\p{scx=Kana}\p{scx=Han}。、（）]{6,}/gu) ?? []
    if (!names.some((name) => each.testText.includes(name)) && !pieces.some((piece) => said.includes(piece)))
      unnamed.push(labelOf(each))
  }
  expect(unnamed).toEqual([])
})

test('what becomes of the data and how it recovers are sentences', () => {
  const unfinished = faults.filter(({ data, recovery }) => !/^[A-Z].*\.$/.test(data) || !/^[A-Z].*\.$/.test(recovery))
  expect(unfinished.map(labelOf)).toEqual([])
})

test('a declaration that proves nothing is found out', () => {
  const said = (body: string) => faultsDeclaredIn('a.test.ts', body).mistakes
  const declared =
    "fault('card', 'Gone', {\n  seen: 'CARD_REMOVED',\n  data: 'Kept.',\n  recovery: 'Lay it again.',\n})\n"
  expect(said(`${declared}test('a', () => {})`)).toEqual([])
  expect(said(`${declared}test.skipIf(onWindows)('a', () => {})`)).toEqual([])
  expect(said(`describe('x', () => {\n${declared}test.each([1])('a %i', () => {})\n})`)).toEqual([])
  for (const body of [
    declared,
    `${declared}const a = 1\ntest('a', () => {})`,
    `${declared}test.skip('a', () => {})`,
    `${declared}test.skipIf(isTuesday)('a', () => {})`,
    `${declared}test('a', (context) => {\n  context.skip('today')\n})`,
    `describe.skip('x', () => {\n${declared}test('a', () => {})\n})`,
    `${declared.replace("'Kept.'", 'kept')}test('a', () => {})`,
    `beforeEach(() => {\n${declared}})`,
  ]) {
    expect(said(body), body).toHaveLength(1)
  }
})
