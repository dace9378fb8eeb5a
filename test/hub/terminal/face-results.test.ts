// Results that are another desk's to take, until it becomes this one's turn: none of them is missed, and none made older than it is.
import { expect, test } from 'vitest'
import { type Arrival, createFaceResults } from '../../../src-main/hub/terminal/face-results.ts'
import { shippedMapping } from '../../../src-main/hub/terminal/mapping.ts'
import { eventually } from '../../support.ts'

function openResults() {
  let answer: (isOurs: boolean) => void = () => undefined
  const asked: string[] = []
  const arrivals: Arrival[] = []
  const results = createFaceResults({
    isOurs: (name) => {
      asked.push(name)
      return new Promise((resolve) => {
        answer = resolve
      })
    },
    rules: () => ({ mapping: shippedMapping, training: true }),
    onArrival: (arrival) => void arrivals.push(arrival),
    onFault: (error) => {
      throw error
    },
  })
  const asks = (count: number) => eventually(`question ${count}`, () => asked.length === count)
  return {
    results,
    asks,
    comes: (name: string) => results.seen({ kind: 'refused', name, sha256: 'aa', flaw: 'size' }),
    async answers(count: number, isOurs: boolean) {
      await asks(count)
      answer(isOurs)
      // What follows from it.
      await new Promise(setImmediate)
    },
    names: () => arrivals.map(({ name, isLeftOver }) => [name, isLeftOver]),
  }
}

test('what came while another desk had the turn is taken once this one has it', async () => {
  const { results, comes, answers, names } = openResults()
  comes('one.xml')
  await answers(1, false)
  expect(names()).toEqual([])
  expect(results.again()).toBe(false)
  await answers(2, true)
  expect(names()).toEqual([['one.xml', false]])
})

test('so is what was just being asked about', async () => {
  const { results, comes, asks, answers, names } = openResults()
  comes('one.xml')
  await asks(1)
  results.again()
  await answers(1, false)
  await answers(2, true)
  expect(names()).toEqual([['one.xml', false]])
})

test('a folder that is read once more makes nothing left over that somebody saw come', async () => {
  const { results, comes, answers, names } = openResults()
  results.leftOver(['lay there.xml'])
  comes('came.xml')
  await answers(1, false)
  results.leftOver(['lay there.xml', 'came.xml'])
  comes('came.xml')
  await answers(2, true)
  comes('lay there.xml')
  await answers(3, true)
  expect(names()).toEqual([
    ['came.xml', false],
    ['lay there.xml', true],
  ])
})
