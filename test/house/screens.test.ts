// docs/screens has a picture of every page and of every state of the counter, and its page names each of them. Taken by hand
// (`npm run screenshots`): whether they are still true is for whoever changes the screen to see.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pageSchema } from '../../src-main/contract/pages.ts'
import { visitStateSchema } from '../../src-main/ground/states.ts'
import { deskPictures } from '../screens/pictures.ts'
import { root } from '../support.ts'

const folder = join(root, 'docs/screens')
const files = readdirSync(folder).filter((name) => name.endsWith('.webp'))
const isTaken = (name: string) => files.includes(`${name}.webp`)
const taken = deskPictures.filter(({ name }) => isTaken(name)).map(({ view }) => view)

test.each(pageSchema.options.map(({ shape }) => shape.name.value))('there is a picture of the page %s', (page) => {
  expect(taken.some((view) => view.page.name === page)).toBe(true)
})

test.each(visitStateSchema.options)('there is a picture of a visit that is %s', (state) => {
  expect(taken.some(({ current, shown }) => (shown ?? current)?.state === state)).toBe(true)
})

test('the page of the pictures names each of them once, and none that is not there', () => {
  const page = readFileSync(join(folder, 'README.md'), 'utf8')
  const named = [...page.matchAll(/\]\(([\w-]+\.webp)\)/g)].map(([, name]) => name ?? '')
  expect(named.toSorted()).toEqual(files.toSorted())
})

test('they are small enough to lie beside the code', () => {
  const bytes = files.reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0)
  expect(bytes).toBeLessThan(4 * 1024 * 1024)
})
