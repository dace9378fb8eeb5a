// What the patient pays, against what municipalities and ministries have published: the cases stand in cases/share.json,
// each with the page that was read. Besides them what must hold for every bill.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  nationalShare,
  nationalShares,
  type ShareRule,
  shareRuleSchema,
} from '../../src-main/eligibility/share/rule.ts'
import { missingCodes, patientShare, type ShareBill, type ShareClaim } from '../../src-main/eligibility/share/share.ts'
import { missingText, shareRuleText, shareStepText } from '../../src-main/words/share.ts'

const remainder: ShareRule = {
  bears: { kind: 'remainder' },
  perVisit: null,
  perDay: null,
  perMonth: null,
  firstVisitOnly: false,
  coversPart: false,
  rounding: null,
}

const amount = z.number().int().min(0)
const tableSchema = z.strictObject({
  出典: z.record(z.string(), z.strictObject({ 表題: z.string(), 場所: z.url() })),
  決まり: z.record(z.string(), shareRuleSchema.partial()),
  例: z.array(
    z.strictObject({
      名前: z.string(),
      出典: z.string(),
      点数: amount,
      負担割合: z.literal([1, 2, 3]).nullable(),
      初診料: z.boolean().optional(),
      公費: z.array(
        z.strictObject({
          /** 法別番号 of a national 公費, or a name of the table; null: not known. */
          決まり: z.string().nullable(),
          上限: z.union([amount, z.literal('なし')]).optional(),
          対象点数: amount.optional(),
          これまで: z.strictObject({ 回: amount, 日: amount, 今日: amount, 今月: amount }).partial().default({}),
        }),
      ),
      /** Yen, or the two ends of what is still possible. */
      窓口: z.union([amount, z.tuple([amount, amount])]),
      足りない: z.array(z.enum(missingCodes)).default([]),
    }),
  ),
})
const table = tableSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'cases', 'share.json'), 'utf8')) as unknown,
)
type Case = (typeof table)['例'][number]

function ruleNamed(name: string): ShareRule {
  const rule = /^\d{2}$/.test(name) ? nationalShare(name, '2026-11-28') : { ...remainder, ...table.決まり[name] }
  if (!rule || !(name in table.決まり || /^\d{2}$/.test(name))) throw new Error(`no rule is called ${name}`)
  return rule
}

const billOf = (one: Case): ShareBill => ({
  points: one.点数,
  insurancePercent: one.負担割合 === null ? null : ((one.負担割合 * 10) as 10 | 20 | 30),
  isFirstVisit: one.初診料 ?? null,
  claims: one.公費.map(
    (claim): ShareClaim => ({
      rule: claim.決まり === null ? null : ruleNamed(claim.決まり),
      monthlyCap: claim.上限 === 'なし' ? 'none' : (claim.上限 ?? null),
      coveredPoints: claim.対象点数 ?? null,
      soFar: {
        visits: claim.これまで.回 ?? null,
        days: claim.これまで.日 ?? null,
        paidToday: claim.これまで.今日 ?? null,
        paidThisMonth: claim.これまで.今月 ?? null,
      },
    }),
  ),
})

describe('what the patient pays, as published', () => {
  test.each(table.例.map((one) => [`${one.出典}: ${one.名前}`, one] as const))('%s', (_name, one) => {
    const share = patientShare(billOf(one))
    const [low, high] = typeof one.窓口 === 'number' ? [one.窓口, one.窓口] : one.窓口
    expect(share.amount).toEqual({ low, high })
    expect(share.missing.map(({ code }) => code)).toEqual(one.足りない)
    expect(share.steps[0]?.code).toBe('COST')
    expect(share.steps.at(-1)).toMatchObject({ code: 'TOTAL', amount: share.amount })
  })

  test('at least forty cases, each under a name of its own and with the page that was read', () => {
    expect(table.例.length).toBeGreaterThanOrEqual(40)
    expect(new Set(table.例.map(({ 名前 }) => 名前)).size).toBe(table.例.length)
    expect(table.例.filter(({ 出典 }) => !(出典 in table.出典))).toEqual([])
  })

  test('a rule of a 法別番号 is one line with its days and its source, and none is made up', () => {
    expect(nationalShare('54', '2014-12-31')).toBeNull()
    expect(nationalShare('54', '2015-01-01')).toMatchObject({ bears: { kind: 'percentOfCost', percent: 20 } })
    expect(nationalShare('51', '2026-11-28')).toBeNull()
    expect(nationalShares.rules.every(({ source }) => source in nationalShares.sources)).toBe(true)
  })
})

const yen = fc.integer({ min: 0, max: 50_000 })
const count = fc.integer({ min: 1, max: 6 })
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const rules: fc.Arbitrary<ShareRule> = fc.record({
  bears: fc.oneof(
    fc.constant({ kind: 'nothing' as const }),
    fc.constant({ kind: 'remainder' as const }),
    fc.record({ kind: fc.constant('percentOfCost' as const), percent: fc.integer({ min: 1, max: 30 }) }),
    fc.constant({ kind: 'fractionOfRemainder' as const, numerator: 1, denominator: 2 }),
  ),
  perVisit: orNull(fc.record({ yen, times: orNull(count) })),
  perDay: orNull(fc.record({ yen, days: orNull(count) })),
  perMonth: orNull(fc.record({ yen: orNull(yen), scope: fc.constantFrom('here' as const, 'everywhere' as const) })),
  firstVisitOnly: fc.boolean(),
  coversPart: fc.boolean(),
  rounding: orNull(
    fc.record({ to: fc.constantFrom(1 as const, 10 as const), way: fc.constantFrom('half', 'down', 'up') }),
  ),
})
const claims: fc.Arbitrary<ShareClaim> = fc.record({
  rule: orNull(rules),
  monthlyCap: fc.oneof(orNull(yen), fc.constant('none' as const)),
  coveredPoints: orNull(fc.integer({ min: 0, max: 20_000 })),
  soFar: fc.record({
    visits: orNull(fc.integer({ min: 0, max: 8 })),
    days: orNull(fc.integer({ min: 0, max: 8 })),
    paidToday: orNull(yen),
    paidThisMonth: orNull(yen),
  }),
})
const bills: fc.Arbitrary<ShareBill> = fc.record({
  points: fc.integer({ min: 0, max: 20_000 }),
  insurancePercent: fc.constantFrom(null, 10, 20, 30, 100),
  isFirstVisit: orNull(fc.boolean()),
  claims: fc.array(claims, { maxLength: 4 }),
})

describe('for every bill', () => {
  test('the amount is whole yen between nothing and what insurance leaves, and open just where something is named', () => {
    fc.assert(
      fc.property(bills, (bill) => {
        const { amount, missing } = patientShare(bill)
        expect(Number.isInteger(amount.low) && Number.isInteger(amount.high)).toBe(true)
        expect(amount.low).toBeGreaterThanOrEqual(0)
        expect(amount.low).toBeLessThanOrEqual(amount.high)
        // Rounding to ten yen may lift each part by less than ten.
        expect(amount.high).toBeLessThan(
          (bill.points * (bill.insurancePercent ?? 30)) / 10 + 10 * (bill.claims.length + 1),
        )
        expect(missing.length > 0).toBe(amount.low !== amount.high)
      }),
      { numRuns: 3000 },
    )
  })

  test('an amount that is rounded up above what came to it still has its lower end below its upper one', () => {
    const rule: ShareRule = { ...remainder, coversPart: true, rounding: { to: 10, way: 'up' } }
    const soFar = { visits: null, days: null, paidToday: null, paidThisMonth: null }
    const claim = { rule, monthlyCap: null, coveredPoints: null, soFar }
    const { amount } = patientShare({ points: 1, insurancePercent: null, isFirstVisit: null, claims: [claim] })
    expect(amount).toEqual({ low: 1, high: 10 })
  })

  test('what is told later only narrows what was possible before', () => {
    fc.assert(
      fc.property(bills, fc.constantFrom(10, 20, 30), fc.boolean(), yen, (bill, percent, isFirst, paid) => {
        const before = patientShare(bill).amount
        const told: ShareBill = {
          ...bill,
          insurancePercent: bill.insurancePercent ?? (percent as 10 | 20 | 30),
          isFirstVisit: bill.isFirstVisit ?? isFirst,
          claims: bill.claims.map((claim) => ({
            ...claim,
            soFar: {
              visits: claim.soFar.visits ?? 2,
              days: claim.soFar.days ?? 2,
              paidToday: claim.soFar.paidToday ?? paid,
              paidThisMonth: claim.soFar.paidThisMonth ?? paid,
            },
          })),
        }
        const after = patientShare(told).amount
        expect(after.low).toBeGreaterThanOrEqual(before.low)
        expect(after.high).toBeLessThanOrEqual(before.high)
      }),
      { numRuns: 3000 },
    )
  })

  test('every step and every open question has a sentence without a hole in it', () => {
    fc.assert(
      fc.property(bills, (bill) => {
        const { steps, missing } = patientShare(bill)
        const said = [
          ...steps.map((step) => shareStepText(step, '難病')),
          ...missing.map((one) => missingText(one, '難病')),
          ...bill.claims.flatMap((claim) => (claim.rule ? [shareRuleText(claim.rule, claim)] : [])),
        ]
        for (const sentence of said) expect(sentence).not.toMatch(/undefined|null|NaN|\[object/)
      }),
    )
  })
})

test('the rule is said with the place in the month', () => {
  const soFar = { visits: 0, days: 0, paidToday: 0, paidThisMonth: 0 }
  const said = (rule: Partial<ShareRule>, monthlyCap: number | 'none' | null = null) =>
    shareRuleText({ ...remainder, ...rule }, { monthlyCap, soFar })
  expect(said({ perVisit: { yen: 200, times: 2 } })).toBe('外来 1回200円まで、月2回まで。今月1回目')
  expect(said({ bears: { kind: 'nothing' } })).toBe('外来 自己負担なし')
  expect(said(ruleNamed('21'), 5000)).toBe('外来 医療費の1割まで、薬局などと合わせて月5,000円まで')
  expect(said(ruleNamed('10'))).toBe('外来 医療費の5％まで')
  expect(said(ruleNamed('1日800円・月1,600円'))).toBe('外来 1日800円まで、この医療機関で月1,600円まで')
})
