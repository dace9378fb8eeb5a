// Ages and intervals to the day: published examples of municipalities, and luxon as the other party for every date.
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { dayOfAge, firstDayAfter } from '../../src-main/eligibility/ages.ts'
import {
  addDays,
  fiscalYearTurning,
  lastDayOfMonth,
  reachedOn,
  schoolStart,
} from '../../src-main/eligibility/calendar.ts'

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2150-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 2_000) }
const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' })
const iso = (date: DateTime) => date.toISODate() ?? ''

describe('days and months', () => {
  test('agree with luxon on every date', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: -400, max: 8_000 }),
        fc.integer({ min: 0, max: 300 }),
        (from, days, months) => {
          expect(addDays(from, days)).toBe(iso(utc(from).plus({ days })))
          const later = utc(from).plus({ months })
          // luxon gives the last day of a month that has no such day.
          const hasSameDay = later.day === utc(from).day
          expect(reachedOn(from, months)).toBe(iso(hasSameDay ? later.minus({ days: 1 }) : later))
          expect(firstDayAfter(from, `${months}m`)).toBe(iso(hasSameDay ? later : later.plus({ days: 1 })))
          expect(lastDayOfMonth(from.slice(0, 7))).toBe(iso(utc(from).endOf('month')))
        },
      ),
      runs,
    )
  })

  test('a year is reached on the day before the birthday, and a day after none is skipped', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 120 }), (birth, months) => {
        const reached = reachedOn(birth, months)
        expect(reached < reachedOn(birth, months + 1)).toBe(true)
        expect(utc(addDays(reached, 1)).diff(utc(birth), 'months').months).toBeGreaterThanOrEqual(months)
      }),
      runs,
    )
  })

  test.each([
    // 登米市 2022-09-28, 清瀬市 2014-10-24, 厚木市, 厚生労働省 ロタウイルスワクチンに関するQ&A 問5
    ['2020-04-01', '1y', '2021-03-31'],
    ['2013-04-02', '2m', '2013-06-01'],
    ['2018-04-01', '2m', '2018-05-31'],
    ['2018-04-01', '60m', '2023-03-31'],
    ['2018-04-01', '90m', '2025-09-30'],
    ['2018-12-29', '2m', '2019-02-28'],
    ['2018-12-31', '2m', '2019-02-28'],
    ['2018-12-31', '60m', '2023-12-30'],
    ['2026-07-31', '2m', '2026-09-30'],
    // across 29 February and the changes of era (昭和64 → 平成元, 平成31 → 令和元)
    ['2024-02-29', '1y', '2025-02-28'],
    ['2024-02-29', '4y', '2028-02-28'],
    ['2023-03-01', '1y', '2024-02-29'],
    ['1988-11-08', '2m', '1989-01-07'],
    ['2018-05-01', '1y', '2019-04-30'],
    ['2019-04-30', '1y', '2020-04-29'],
    // 翌日
    ['2026-02-01', '7m+1d', '2026-09-01'],
    // weeks: the same weekday
    ['2026-10-12', '6w', '2026-11-23'],
    ['2026-08-10', '14w6d', '2026-11-22'],
    ['2020-08-01', '6w', '2020-09-12'],
  ])('born %s, %s is %s', (birth, age, expected) => {
    expect(dayOfAge(birth, age)).toBe(expected)
  })

  test.each([
    // 清瀬市: 27日 after a Tuesday is the Tuesday four weeks later; 名取市 2025-01-29: 1月 is the same date, or the 1st
    ['2014-10-07', '27d', '2014-11-04'],
    ['2026-01-15', '1m', '2026-02-15'],
    ['2026-01-31', '1m', '2026-03-01'],
    ['2028-01-30', '1m', '2028-03-01'],
    ['2026-08-31', '6m', '2027-03-01'],
  ])('after %s, an interval of %s ends before %s', (from, span, expected) => {
    expect(firstDayAfter(from, span)).toBe(expected)
  })
})

describe('school and fiscal years', () => {
  test.each([
    ['2020-04-01', '2026-04-01'],
    ['2020-04-02', '2027-04-01'],
    ['2021-04-01', '2027-04-01'],
    ['2020-02-29', '2026-04-01'],
  ])('a child born %s enters school on %s', (birth, expected) => {
    expect(schoolStart(birth)).toBe(expected)
  })

  test('children of one school year turn twelve in one fiscal year', () => {
    // 2013年4月2日から2014年4月1日生まれ: 小学6年生 of the year 2025
    for (const birth of ['2013-04-02', '2013-12-31', '2014-04-01']) {
      expect(fiscalYearTurning(birth, 12)).toEqual({ first: '2025-04-01', last: '2026-03-31' })
    }
    expect(fiscalYearTurning('2014-04-02', 12).first).toBe('2026-04-01')
  })
})
