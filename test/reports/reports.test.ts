// Counts as figures, the share of card users and what a month may come to, and レセプト件数 out of a file.
import { describe, expect, test } from 'vitest'
import { readClaims } from '../../src-main/reports/claims-file.ts'
import { figuresOf } from '../../src-main/reports/figures.ts'
import { forecastOf, shareOf } from '../../src-main/reports/share.ts'
import type { Count } from '../../src-main/store/counts.ts'
import { fault } from '../faults.ts'

const waits = (...seconds: readonly number[]): Count[] =>
  seconds.map((each) => ({ kind: 'waited', key: String(each), n: 1 }))

describe('figures', () => {
  test.each([
    ['one', waits(9), 9, 9],
    ['an odd number', waits(100, 9, 30), 30, 100],
    ['an even number', waits(30, 9, 100, 12), 12, 100],
    ['days with the same waits', [...waits(5, 5), ...waits(5, 900)], 5, 900],
  ])('say the median and the longest of %s of waits', (_, counts, medianS, longestS) => {
    expect(figuresOf(counts).waiting).toEqual({ visits: counts.length, medianS, longestS })
  })

  test('have no waiting where nobody waited, and add the days up', () => {
    expect(figuresOf([]).waiting).toBeNull()
    const day: Count = { kind: 'visit', key: 'handedOver', n: 2 }
    expect(figuresOf([day, day]).visits).toEqual([{ state: 'handedOver', n: 4 }])
  })

  test('put the most first, tell number and name of a scheme apart, and leave out words of another version', () => {
    const figures = figuresOf([
      { kind: 'scheme', key: ' 市単独の助成', n: 1 },
      { kind: 'scheme', key: '54 特定医療（難病 等）', n: 3 },
      { kind: 'failure', key: 'OF_ANOTHER_VERSION', n: 9 },
      { kind: 'failure', key: 'PIN_BLOCKED', n: 1 },
      { kind: 'visit', key: 'ofAnotherVersion', n: 9 },
    ])
    expect(figures.schemes).toEqual([
      { code: '54', name: '特定医療（難病 等）', n: 3 },
      { code: null, name: '市単独の助成', n: 1 },
    ])
    expect(figures.failures).toEqual([{ failure: { code: 'PIN_BLOCKED' }, n: 1 }])
    expect(figures.visits).toEqual([])
  })
})

describe('the share of a month', () => {
  test('is rounded down, so that 30 % is never said of less', () => {
    expect(shareOf('2026-11', 2_999, 10_000)).toMatchObject({ permille: 299, neededPercent: 30 })
    expect(shareOf('2026-11', 300, 1_000).permille).toBe(300)
  })

  test('is none without claims, and none of no claims', () => {
    expect(shareOf('2026-11', 12, null).permille).toBeNull()
    expect(shareOf('2026-11', 12, 0).permille).toBeNull()
  })

  test('has something to reach only in the months of the rule', () => {
    expect(shareOf('2026-05', 1, 1).neededPercent).toBeNull()
    expect(shareOf('2026-06', 1, 1).neededPercent).toBe(30)
  })
})

describe('the forecast of a month', () => {
  const earlier = [
    shareOf('2026-07', 1, 100),
    shareOf('2026-08', 1, 600),
    shareOf('2026-09', 1, 0),
    shareOf('2026-10', 1, 800),
    shareOf('2026-06', 1, 900),
  ].sort((a, b) => (a.month < b.month ? -1 : 1))

  test('carries people on to its end, against the mean of the last three months with claims', () => {
    const running = shareOf('2026-11', 100, null)
    expect(forecastOf(running, '2026-11-15', [...earlier, running])).toEqual({
      ...shareOf('2026-11', 200, 500),
      claimsOf: 'earlierMonths',
    })
  })

  test('takes the claims of the month itself where they are told, and does without any', () => {
    const told = shareOf('2026-11', 100, 400)
    expect(forecastOf(told, '2026-11-30', earlier)).toMatchObject({ users: 100, claims: 400, claimsOf: 'told' })
    expect(forecastOf(shareOf('2026-11', 9, null), '2026-11-10', [])).toMatchObject({
      users: 27,
      permille: null,
      claimsOf: null,
    })
  })

  test('is none in its first days, and none of a month that is over', () => {
    expect(forecastOf(shareOf('2026-11', 9, 10), '2026-11-06', earlier)).toBeNull()
    expect(forecastOf(shareOf('2026-11', 9, 10), '2026-12-20', earlier)).toBeNull()
  })
})

describe('レセプト件数 in a file', () => {
  const utf8 = (text: string) => readClaims(Buffer.from(text))
  const october = { ok: true, value: [{ month: '2026-10', count: 812 }] }

  test.each([
    '2026-10,812',
    '2026/10,812',
    '2026/10/01,812',
    '202610,812',
    '2026年10月,812件',
    '令和8年10月,"812"',
    'R8.10,８１２',
    '\ufeff診療年月,件数,点数\r\n令和 8年10月分,812,1234567\r\n',
  ])('is read of a line like %j', (text) => {
    expect(utf8(text)).toEqual(october)
  })

  test('is read in CP932 as well', () => {
    // 年月,件数 and 令和8年10月,812
    const bytes = Buffer.from('944e8c8e2c8c8f90940d0a97df9861389 44e31308c8e2c3831320d0a'.replaceAll(' ', ''), 'hex')
    expect(readClaims(bytes)).toEqual(october)
  })

  fault('files', 'A file of claims has an unclear line', {
    seen: 'CLAIMS_UNREADABLE',
    data: 'Nothing of it is taken.',
    recovery: 'The file is put right, or the number is typed.',
  })
  test.each([
    '',
    '年月,件数',
    '2026-13,5',
    '2026-10,many',
    '2026-10',
    '2026-10,812\n2026-10,813',
    '10,812',
    '2026-10,-5',
  ])('is refused whole where a line is unclear: %j', (text) => {
    expect(utf8(text)).toEqual({ ok: false, error: { code: 'CLAIMS_UNREADABLE' } })
  })
})
