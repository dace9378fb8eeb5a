// The number on an error screen: the same for the same visit, six digits, and read however it was typed.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { referenceSchema } from '../../src-main/ground/failures.ts'
import { newReference, referenceOf, typedReference } from '../../src-main/ground/reference.ts'

test('an id has one number, and a day’s ids hardly ever share one', () => {
  const ids = Array.from({ length: 300 }, (_, index) => `01890a5d-ac96-774b-bcce-${String(index).padStart(12, '0')}`)
  const numbers = ids.map(referenceOf)
  expect(numbers).toEqual(ids.map(referenceOf))
  for (const number of numbers) expect(referenceSchema.safeParse(number).success).toBe(true)
  expect(new Set(numbers).size).toBeGreaterThan(295)
  expect(referenceSchema.safeParse(newReference()).success).toBe(true)
  expect(referenceOf(randomUUID())).not.toBe(referenceOf(''))
})

test.each(['482-163', '482163', ' 482 163', '４８２－１６３', '４８２ー１６３', '482−163'])('%s is read', (typed) => {
  expect(typedReference(typed)).toBe('482-163')
})

test.each(['', '48216', '4821634', 'HUB_ERROR', '482-16a'])('%s is none', (typed) => {
  expect(typedReference(typed)).toBeNull()
})
