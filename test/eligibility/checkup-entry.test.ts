// What is missing before a checkup is registered, and when the municipality is to be told.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkupRules, checkupSourceOf, checkupSources } from '../../src-main/eligibility/checkup/checkups.ts'
import { done, itemsOf, lookThrough, loss, support } from '../../src-main/eligibility/checkup/entry.ts'

const doneOn = '2026-11-23'
const whole = {
  ...{ 問診: done, 診察: done, 体重測定: done, 血圧測定: done, 尿蛋白: done, 尿糖: done },
  ...{ EPDSの合計: '4', EPDSの質問10: '0', [support.item]: support.notNeeded },
}
const looked = (values: Readonly<Record<string, string>>, checkupCode = 'postpartum') =>
  lookThrough({
    checkupCode,
    doneOn,
    measurements: Object.entries(values).map(([item, value]) => ({ item, value })),
  })

describe('産婦健診', () => {
  test('with everything done and few points asks for nothing', () => {
    expect(looked(whole)).toEqual({ missing: [], isJudged: true, tell: [] })
  })

  test.each(itemsOf('postpartum', doneOn).map(({ name }) => name))('without %s says that it is missing', (name) => {
    const { [name]: _, ...rest } = whole as Readonly<Record<string, string>>
    expect(looked(rest).missing).toEqual([name])
  })

  test.each([
    ['8', '0', []],
    ['9', '0', [{ why: 'points', item: 'EPDSの合計', points: 9, from: 9 }]],
    ['１２', '0', [{ why: 'points', item: 'EPDSの合計', points: 12, from: 9 }]],
    ['3', '1', [{ why: 'points', item: 'EPDSの質問10', points: 1, from: 1 }]],
  ])('with %s points, and %s for question 10', (total, tenth, tell) => {
    expect(looked({ ...whole, EPDSの合計: total, EPDSの質問10: tenth }).tell).toEqual(tell)
  })

  test.each(['', '31', '-1', '9点', '４．５'])('takes %j for no number of points', (total) => {
    expect(looked({ ...whole, EPDSの合計: total }).missing).toEqual(['EPDSの合計'])
  })

  test('the judgement of staff and a loss count whatever the points say', () => {
    expect(looked({ ...whole, [support.item]: support.needed }).tell).toEqual([{ why: 'staff' }])
    expect(looked({ ...whole, [loss.item]: loss.said }).tell).toEqual([{ why: 'loss' }])
  })

  test('staff are asked to judge', () => {
    const { [support.item]: _, ...rest } = whole
    expect(looked(rest).isJudged).toBe(false)
  })

  test('more points never take a reason away', () => {
    const points = fc.integer({ min: 0, max: 30 })
    fc.assert(
      fc.property(points, points, (a, b) => {
        const [few, many] = [Math.min(a, b), Math.max(a, b)].map(
          (total) => looked({ ...whole, EPDSの合計: String(total) }).tell.length,
        )
        expect(many).toBeGreaterThanOrEqual(few ?? 0)
      }),
    )
  })
})

test('of a checkup without such a rule nothing is missing', () => {
  expect(looked({}, 'child3Years')).toEqual({ missing: [], isJudged: true, tell: [] })
  expect(looked({}, 'x')).toEqual({ missing: [], isJudged: true, tell: [] })
})

test('every checkup names a document, and every document has a checkup', () => {
  const named = new Set<string>()
  for (const turn of [doneOn, ...checkupRules.turns]) {
    for (const { source, items } of checkupRules.on(turn))
      for (const name of [source, items?.source]) if (name) named.add(name)
  }
  for (const name of named) expect(checkupSourceOf(name).title).not.toBe('')
  expect([...named].sort()).toEqual(Object.keys(checkupSources).sort())
})
