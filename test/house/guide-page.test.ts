// docs/reception-guide.md says what the help on the screen says. After a change of its words, `vitest run
// test/house/guide-page.test.ts --update` writes the page anew.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failureCodes } from '../../src-main/ground/failures.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { keys, messagesOf } from '../../src-main/words/guide/guide.ts'
import { sectionOfFailure } from '../../src-main/words/guide/of-failures.ts'
import { sectionIds, sectionOf } from '../../src-main/words/guide/sections.ts'
import { guidePage } from '../guide-page.ts'
import { root } from '../support.ts'

test('the page of the guide is what the help on the screen says', async () => {
  await expect(guidePage()).toMatchFileSnapshot(join(root, 'docs/reception-guide.md'))
})

test('every failure is in a section, with its sentences', () => {
  expect(sectionIds.flatMap((id) => messagesOf(id)).length).toBe(failureCodes.length)
  expect(failureCodes.filter((code) => !sectionIds.includes(sectionOfFailure[code]))).toEqual([])
  for (const code of ['PIN_BLOCKED', 'HUB_UNREACHABLE', 'DESTINATION_MISSING'] as const) {
    expect(messagesOf(sectionOfFailure[code])).toContainEqual(sentence({ code }))
  }
})

test('no sentence of the guide has a hole where a detail belongs', () => {
  const text = guidePage()
  expect(text).not.toMatch(/undefined|null|（）|「」|あと0回| {2}のもの|NaN/)
})

test('every key of the screen is listed once, with what it does', () => {
  const listed = keys().map(({ key }) => key)
  expect(listed.toSorted()).toEqual([...new Set<string>(Object.values(screen.keys))].toSorted())
})

test('every section says when it is so and what to do, in sentences', () => {
  for (const id of sectionIds) {
    const { when, steps, notes = [] } = sectionOf(id)
    expect(steps.length, id).toBeGreaterThan(0)
    for (const said of [when, ...steps, ...notes]) expect(said, id).toMatch(/。$/)
  }
})

test('every picture that a section names is there', () => {
  const missing = sectionIds.flatMap((id) => {
    const { picture } = sectionOf(id)
    return picture && !existsSync(join(root, 'docs/screens', `${picture}.webp`)) ? [picture] : []
  })
  expect(missing).toEqual([])
})
