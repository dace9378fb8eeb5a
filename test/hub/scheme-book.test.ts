import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schemeOf, shippedMaster } from '../../src-main/eligibility/schemes.ts'
import { createSchemeBook } from '../../src-main/hub/scheme-book.ts'
import { openTrainingHub, today } from './training-hub.ts'

let training: Awaited<ReturnType<typeof openTrainingHub>>
beforeAll(async () => {
  training = await openTrainingHub()
})
afterAll(() => training.close())

describe('the schemes of today', () => {
  test('are those the program comes with until the hub has told its own, and stay when it is gone', async () => {
    const source = training.connect()
    const book = createSchemeBook(source, shippedMaster)
    expect(book.master()).toBe(shippedMaster)
    expect(await book.refresh()).toBe(true)
    const known = new Set(shippedMaster.local.map(({ payerNumber }) => payerNumber))
    const added = book.master().local.filter(({ payerNumber }) => !known.has(payerNumber))
    expect(added.length).toBeGreaterThan(0)
    for (const { payerNumber, name } of added) {
      expect(schemeOf(payerNumber, '', today, shippedMaster).name).toBe('')
      expect(schemeOf(payerNumber, '', today, book.master())).toEqual({
        code: payerNumber.slice(0, 2),
        kind: 'local',
        name,
      })
    }
    // The order on the claim and what the law says of a scheme are not the hub's to take away.
    expect(book.master().precedence).toEqual(shippedMaster.precedence)
    expect(schemeOf('54136015', '', '2020-04-01', book.master()).kind).toBe('national')

    const held = book.master()
    expect(await book.refresh()).toBe(false)
    await source.close()
    expect(await book.refresh()).toBe(false)
    expect(book.master()).toBe(held)
  })
})
