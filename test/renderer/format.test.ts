import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ageOn,
  ageText,
  birthDate,
  clinicMoment,
  clinicTime,
  dayOfEra,
  eraDate,
  numberParts,
  plainDate,
  yen,
} from '../../src-renderer/format.ts'

describe('dates for the counter', () => {
  test.each([
    ['1926-12-24', '大正15年12月24日'],
    ['1926-12-25', '昭和元年12月25日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1989-01-08', '平成元年1月8日'],
    ['2019-04-30', '平成31年4月30日'],
    ['2019-05-01', '令和元年5月1日'],
    ['2026-11-23', '令和8年11月23日'],
  ])('%s is written in its era as %s', (day, written) => {
    expect(eraDate(day)).toBe(written)
  })

  test.each([
    ['2026-11-23', '2026-11-23', '生後0か月'],
    ['2026-11-23', '2026-09-24', '生後1か月'],
    ['2026-11-23', '2026-09-23', '生後2か月'],
    ['2026-01-31', '2025-12-31', '生後1か月'],
    ['2026-11-23', '2024-11-24', '生後23か月'],
    ['2026-11-23', '2024-11-23', '2歳'],
    ['2026-11-23', '1979-11-24', '46歳'],
    ['2026-11-23', '1945-07-00', '81歳'],
  ])('on %s somebody born on %s is %s', (day, born, text) => {
    expect(ageText(day, born)).toBe(text)
  })

  test('a birth date carries both years, because cards and computers differ', () => {
    expect(birthDate('1979-04-12')).toBe('昭和54年4月12日（1979年）')
  })

  test.each([
    ['2026-11-23', '1979-11-23', 47],
    ['2026-11-23', '1979-11-24', 46],
    ['2026-02-28', '2024-02-29', 1],
    ['2026-03-01', '2024-02-29', 2],
    ['2026-11-23', '2026-11-23', 0],
  ])('on %s somebody born on %s is %i years old', (day, born, years) => {
    expect(ageOn(day, born)).toBe(years)
  })

  test('moments are read in the clinic time they carry', () => {
    expect(clinicTime('2026-11-23T09:02:33.120+09:00')).toBe('9:02')
    expect(clinicMoment('2026-11-02T10:05:00.000+09:00')).toBe('11月2日 10:05')
    expect(plainDate('2026-04-01')).toBe('2026/04/01')
  })
})

describe('numbers for the counter', () => {
  test('an amount has its thousands apart', () => {
    expect(yen(10_000)).toBe('10,000')
    expect(yen(0)).toBe('0')
  })

  test('a payer number shows 法別, 都道府県, 実施機関 and 検証番号 apart', () => {
    expect(numberParts('54136015').map(({ text }) => text)).toEqual(['54', '13', '601', '5'])
  })

  test('a recipient number of seven digits shows its check digit apart', () => {
    expect(numberParts('5401602').map(({ text }) => text)).toEqual(['540', '160', '2'])
  })

  test('whatever a municipality typed, the parts together are exactly that', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 30 }), fc.stringMatching(/^[0-9]{6,9}$/)), (number) => {
        expect(
          numberParts(number)
            .map(({ text }) => text)
            .join(''),
        ).toBe(number)
      }),
    )
  })
})

describe('a day as it is printed on a card', () => {
  test('is the day it was written from, in every era', () => {
    const days = fc.date({ min: new Date('1912-07-30'), max: new Date('2040-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10)
        const [, era = '', year = '', month = '', dayOfMonth = ''] =
          /^(..)(元|\d+)年(\d+)月(\d+)日$/.exec(eraDate(day)) ?? []
        const name = (['令和', '平成', '昭和', '大正'] as const).find((known) => known === era)
        const number = year === '元' ? 1 : Number(year)
        return name !== undefined && dayOfEra(name, number, Number(month), Number(dayOfMonth)) === day
      }),
    )
  })

  test.each([
    ['昭和', 64, 1, 8],
    ['平成', 1, 1, 7],
    ['昭和', 54, 2, 30],
    ['令和', 0, 5, 1],
    ['western', 54, 4, 12],
    ['western', 1979, 13, 1],
    ['平成', Number.NaN, 1, 8],
  ] as const)('%s %d年%d月%d日 is none', (era, year, month, day) => {
    expect(dayOfEra(era, year, month, day)).toBe(null)
  })

  test('in the western year is taken as it is', () => {
    expect(dayOfEra('western', 1979, 4, 12)).toBe('1979-04-12')
  })
})
