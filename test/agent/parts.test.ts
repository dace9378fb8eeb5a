// The end of an agent's parts, and what one of them may do to the others.
import { expect, test } from 'vitest'
import { closeAll } from '../../src-main/agent/parts.ts'

/** `broken`: which of them throw at their end. */
function openParts(...broken: readonly number[]) {
  const ended: number[] = []
  const parts = [1, 2, 3].map((nth) => ({
    async close() {
      ended.push(nth)
      if (broken.includes(nth)) throw new Error(`a bug in ${nth}`)
    },
  }))
  return { parts, ended }
}

test('the last one opened ends first', async () => {
  const { parts, ended } = openParts()
  await closeAll([...parts, {}])
  expect(ended).toEqual([3, 2, 1])
})

test('one that throws keeps no other one from its end, and is told', async () => {
  const { parts, ended } = openParts(3)
  await expect(closeAll(parts)).rejects.toThrow('a bug in 3')
  expect(ended).toEqual([3, 2, 1])
})

test('of several that throw none is lost', async () => {
  const { parts, ended } = openParts(1, 3)
  await expect(closeAll(parts)).rejects.toMatchObject({
    errors: [{ message: 'a bug in 3' }, { message: 'a bug in 1' }],
  })
  expect(ended).toEqual([3, 2, 1])
})
