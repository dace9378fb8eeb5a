// Programmes with a day of their own: when one begins and ends, which product is used on a day, and what a due date says
// about a dose for pregnant women.
import { describe, expect, test } from 'vitest'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import type { Sex } from '../../src-main/eligibility/model.ts'
import { judgeVaccination } from '../../src-main/eligibility/vaccination/judge.ts'

function judged(one: {
  readonly code: string
  readonly day: string
  readonly birthDate: string
  readonly sex?: Sex
  readonly dueDate?: string
  readonly given?: readonly string[]
}) {
  const { code, day, birthDate, sex = 'female', dueDate = null, given = [] } = one
  const paper = { name: code, municipality: '', validFrom: '2000-01-01', validTo: '2060-12-31' }
  const questionnaire = {
    ...{ name: '予診票', answeredAt: `${day}T08:00:00+09:00` },
    answers: [{ question: 'q', answer: 'a', needsDoctor: false }],
  }
  return judgeVaccination(
    { id: 'V', ...paper, vaccineCode: code, doseNumber: 1, questionnaire },
    {
      ...{ day, birthDate, sex, dueDate, municipalities: [] },
      doses: given.map((givenOn) => ({
        ...{ handle: null, clinic: null, municipality: null, medium: 'digital', lotNumber: null, site: null },
        ...{ vaccineCode: code, vaccineName: code, doseNumber: null, givenOn },
      })),
    },
  )
}

describe('RSウイルス for mothers', () => {
  const day = '2026-11-23'
  /** Whoever is so far on `day`. */
  const dueAt = (weeks: number, days: number) => addDays(day, 280 - (weeks * 7 + days))
  const at = (weeks: number, days: number, given: readonly string[] = []) =>
    judged({ code: 'rsvMaternal', day, birthDate: '1994-01-09', dueDate: dueAt(weeks, days), given })

  test.each([
    [27, 6, 'wait'],
    [28, 0, 'today'],
    [36, 6, 'today'],
    [37, 0, 'no'],
  ])('on %i weeks and %i days: %s', (weeks, days, verdict) => {
    expect(at(weeks, days).verdict).toBe(verdict)
  })

  test('the day that is named is the one on which 28 weeks are reached', () => {
    expect(at(27, 6).earliest).toBe('2026-11-24')
    expect(at(20, 0).earliest).toBe('2027-01-18')
  })

  test('a dose of this pregnancy is done, one of the pregnancy before is not', () => {
    expect(at(34, 0, [addDays(day, -28)]).verdict).toBe('given')
    expect(at(34, 0, [addDays(day, -400)]).verdict).toBe('today')
  })

  test('a dose before the 28th week is asked about', () => {
    const { verdict, advice } = at(34, 0, [addDays(day, -60)])
    expect(verdict).toBe('check')
    expect(advice.map(({ code }) => code)).toContain('PREGNANCY_DOSE')
  })

  test('without a due date the window is told as due dates, both of them inside', () => {
    const { advice } = judged({ code: 'rsvMaternal', day, birthDate: '1994-01-09' })
    const { date = '', to = '' } = advice.find(({ code }) => code === 'DUE_DATE_NEEDED')?.values ?? {}
    const verdictFor = (dueDate: string) =>
      judged({ code: 'rsvMaternal', day, birthDate: '1994-01-09', dueDate }).verdict
    expect([addDays(date, -1), date, to, addDays(to, 1)].map(verdictFor)).toEqual(['no', 'today', 'today', 'wait'])
  })

  test('begins on 2026-04-01', () => {
    const before = { code: 'rsvMaternal', day: '2026-03-31', birthDate: '1994-01-09', dueDate: '2026-05-31' }
    expect(judged(before)).toMatchObject({ verdict: 'wait', earliest: '2026-04-01' })
    expect(judged({ ...before, day: '2026-04-01' }).verdict).toBe('today')
  })
})

test('風しん5期 ends on 2027-03-31', () => {
  const one = { code: 'rubella5', birthDate: '1970-05-05', sex: 'male' } as const
  expect(judged({ ...one, day: '2027-03-31' })).toMatchObject({ verdict: 'check', latest: '2027-03-31' })
  const { verdict, advice } = judged({ ...one, day: '2027-04-01' })
  expect(verdict).toBe('no')
  expect(advice.map(({ code }) => code)).toContain('PROGRAMME_OVER')
})

test.each([
  ['2026-03-31', '23価（ニューモバックスNP）'],
  ['2026-04-01', '20価（プレベナー20）'],
])('on %s the vaccine of elderly people is %s', (day, product) => {
  const { advice } = judged({ code: 'pneumococcalElderly', day, birthDate: '1961-01-15' })
  expect(advice.find(({ code }) => code === 'PRODUCT_NOW')?.values.text).toBe(product)
})

test('帯状疱疹 has no programme before 2025-04-01', () => {
  expect(judged({ code: 'zosterLive', day: '2025-03-31', birthDate: '1960-06-15' })).toMatchObject({
    verdict: 'wait',
    earliest: '2025-04-01',
  })
})
