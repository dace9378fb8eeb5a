import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CapContent,
  type CapRow,
  capCertificateOf,
  capInMonth,
  capLines,
  capTotal,
  paidSoFar,
} from '../../../src-main/eligibility/cap/sheet.ts'
import { registered } from '../samples.ts'
import { contentOf, correctionOf, entryOf, hereOf, paperOf, today } from './rows.ts'

const cap = 10_000
const summed = (rows: readonly CapRow[]) => capLines(rows).map(({ sumYen }) => sumYen)

describe('the lines of a sheet', () => {
  test('stand in the order of the visits, each with what was paid up to it', () => {
    const rows = [
      hereOf({ day: '2026-11-12', paidYen: 3_000 }),
      entryOf({ day: '2026-11-02', paidYen: 1_500 }),
      entryOf({ day: '2026-11-12', paidYen: 900 }),
    ]
    expect(capLines(rows).map(({ content, sumYen }) => [content.day, sumYen])).toEqual([
      ['2026-11-02', 1_500],
      ['2026-11-12', 4_500],
      ['2026-11-12', 5_400],
    ])
  })

  test('show the last correction, and every word that stood there before, by whom it was changed and why', () => {
    const entry = entryOf({ paidYen: 2_400 })
    const second = contentOf({ paidYen: 240 })
    const third = contentOf({ day: '2026-11-06', paidYen: 2_040 })
    const rows = [
      entry,
      correctionOf(entry.id, second),
      correctionOf(entry.id, third, { by: '受付 森', why: '再確認' }),
    ]
    const { at } = entry
    expect(capLines(rows)).toEqual([
      {
        id: entry.id,
        visitId: null,
        enteredAt: at,
        content: third,
        isStruck: false,
        sumYen: 2_040,
        corrections: [
          { at, by: '受付 田村', why: '金額の読み違い', before: entry.content },
          { at, by: '受付 森', why: '再確認', before: second },
        ],
      },
    ])
  })

  test('that are struck out stay to be seen and add nothing', () => {
    const entry = entryOf()
    const rows = [entry, hereOf({ day: '2026-11-09', paidYen: 1_000 }), correctionOf(entry.id, null)]
    expect(capLines(rows).map(({ content, isStruck, sumYen }) => [content.day, isStruck, sumYen])).toEqual([
      ['2026-11-05', true, 0],
      ['2026-11-09', false, 1_000],
    ])
  })
})

describe('the total', () => {
  const one = [hereOf({ day: '2026-11-05', paidYen: 4_000 })]

  test('is unknown while nothing is entered and nobody has looked at the paper', () => {
    expect(capTotal([], today, cap)).toEqual({ scope: 'unknown', yen: 0, standing: { state: 'open', leftYen: 10_000 } })
  })

  test('is only of what is entered until somebody says that the paper was looked at', () => {
    expect(capTotal(one, today, cap).scope).toBe('here')
    expect(capTotal([...one, paperOf(today)], today, cap)).toEqual({
      scope: 'everywhere',
      yen: 4_000,
      standing: { state: 'open', leftYen: 6_000 },
    })
  })

  test('of an empty paper that was looked at is nothing, everywhere', () => {
    expect(capTotal([paperOf(today)], today, cap)).toMatchObject({ scope: 'everywhere', yen: 0 })
  })

  test('is no longer of everywhere on a later day, nor once the look is taken back', () => {
    expect(capTotal([...one, paperOf('2026-11-19')], today, cap).scope).toBe('here')
    expect(capTotal([...one, paperOf(today), paperOf(null)], today, cap).scope).toBe('here')
    expect(capTotal([paperOf(today), paperOf(null)], today, cap).scope).toBe('unknown')
  })

  test.each([
    [0, 0, { state: 'free' }],
    [0, 100, { state: 'exceeded', overYen: 100 }],
    [null, 4_000, { state: 'unknown' }],
    [10_000, 9_999, { state: 'open', leftYen: 1 }],
    [10_000, 10_000, { state: 'reached' }],
    [10_000, 10_001, { state: 'exceeded', overYen: 1 }],
  ] as const)('stands to a cap of %s yen with %i yen paid as it has to', (capYen, paidYen, standing) => {
    expect(capTotal([entryOf({ paidYen })], today, capYen).standing).toEqual(standing)
  })
})

describe('the cap of a month', () => {
  const certificate = { payerNumber: '54136015', recipientNumber: '5401609' }
  const benefitOf = (validFrom: string, validTo: string, monthlyCapYen: number | null) => ({
    ...registered(certificate),
    validFrom,
    validTo,
    monthlyCapYen,
  })
  const before = benefitOf('2025-10-01', '2026-09-30', 10_000)
  const after = benefitOf('2026-10-01', '2027-09-30', 5_000)

  test('is that of the certificate which counted then, and of nobody else’s number', () => {
    const other = { ...after, recipientNumber: '5401602', monthlyCapYen: 1 }
    const benefits = [other, after, before]
    expect(
      ['2025-09', '2026-09', '2026-10', '2027-10'].map((month) => capInMonth(benefits, certificate, month)),
    ).toEqual([null, 10_000, 5_000, null])
  })

  test('is the later one where it changed within the month', () => {
    expect(
      capInMonth(
        [benefitOf('2026-01-01', '2026-11-14', 1), benefitOf('2026-11-15', '2027-01-01', 2)],
        certificate,
        '2026-11',
      ),
    ).toBe(2)
  })

  test('needs both numbers of a certificate', () => {
    expect(capCertificateOf(after)).toEqual(certificate)
    for (const missing of [{ payerNumber: null }, { recipientNumber: null }, { recipientNumber: '' }]) {
      expect(capCertificateOf({ ...after, ...missing })).toBeNull()
    }
  })
})

describe('what was paid before a visit', () => {
  const visitId = randomUUID()
  const rows = [
    hereOf({ day: '2026-11-02', paidYen: 200 }),
    hereOf({ day: '2026-11-02', paidYen: 300 }),
    hereOf({ day: '2026-11-06', paidYen: 0 }),
    entryOf({ day: '2026-11-08', paidYen: 1_000 }),
    hereOf({ day: today, paidYen: 500 }),
    hereOf({ day: today, paidYen: 700 }, visitId),
  ]

  test('leaves its own line out, and counts the visits and days that were charged here', () => {
    expect(paidSoFar(rows, { day: today, visitId })).toEqual({
      scope: 'here',
      yen: 2_000,
      here: { yen: 1_000, visits: 3, days: 1, paidToday: 500 },
    })
  })

  test('knows nothing of what came later', () => {
    expect(paidSoFar(rows, { day: '2026-11-05', visitId: null })).toMatchObject({
      yen: 500,
      here: { yen: 500, visits: 2, days: 1, paidToday: 0 },
    })
  })

  test('is of everywhere once the paper was looked at, and unknown where nothing is known', () => {
    expect(paidSoFar([...rows, paperOf(today)], { day: today, visitId }).scope).toBe('everywhere')
    expect(paidSoFar([], { day: today, visitId })).toEqual({ scope: 'unknown', yen: 0, here: null })
  })
})

describe('whatever is entered and corrected', () => {
  const yen = fc.integer({ min: 0, max: 50_000 })
  const content = fc.record({
    day: fc.integer({ min: 1, max: 20 }).map((date) => `2026-11-${String(date).padStart(2, '0')}`),
    institution: fc.constantFrom(null, 'みどり薬局', '駅前クリニック'),
    totalCostYen: fc.constant(null),
    paidYen: yen,
  })
  /** A sheet with what a plain list of amounts says it holds. */
  const sheets = fc
    .array(fc.record({ content, changes: fc.array(fc.option(content), { maxLength: 3 }) }), { maxLength: 12 })
    .map((entries) => {
      const rows: CapRow[] = []
      const standing: CapContent[] = []
      for (const { content, changes } of entries) {
        const entry = entryOf(content)
        rows.push(entry, ...changes.map((change) => correctionOf(entry.id, change)))
        const last = changes.length === 0 ? content : changes.at(-1)
        if (last) standing.push(last)
      }
      return { rows, standing, paid: standing.reduce((sum, { paidYen }) => sum + paidYen, 0) }
    })

  test('the total is the sum of what stands, and every line lies between nothing and it', () => {
    fc.assert(
      fc.property(sheets, ({ rows, paid }) => {
        const sums = summed(rows)
        expect(capTotal(rows, today, cap).yen).toBe(paid)
        expect(sums.at(-1) ?? 0).toBe(paid)
        expect(sums).toEqual(sums.toSorted((a, b) => a - b))
      }),
    )
  })

  test('no entry is lost from sight, and none stands there twice', () => {
    fc.assert(
      fc.property(sheets, ({ rows }) => {
        const entered = rows.flatMap((row) => (row.kind === 'entry' ? [row.id] : []))
        expect(
          capLines(rows)
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(entered.toSorted())
        expect(capLines(rows).flatMap(({ corrections }) => corrections).length).toBe(rows.length - entered.length)
      }),
    )
  })

  test('what is left and what was paid make the cap, below it', () => {
    fc.assert(
      fc.property(sheets, fc.integer({ min: 0, max: 60_000 }), ({ rows, paid }, capYen) => {
        const { standing } = capTotal(rows, today, capYen)
        if (standing.state === 'open') expect(standing.leftYen + paid).toBe(capYen)
        else if (standing.state === 'exceeded') expect(paid - standing.overYen).toBe(capYen)
        else expect(paid).toBe(capYen)
      }),
    )
  })

  test('the order in which the days were entered changes no total', () => {
    fc.assert(
      fc.property(sheets, ({ rows, paid }) => {
        const reversed = [
          ...rows.filter(({ kind }) => kind === 'entry').toReversed(),
          ...rows.filter(({ kind }) => kind !== 'entry'),
        ]
        expect(capTotal(reversed, today, cap).yen).toBe(paid)
      }),
    )
  })

  test('what was paid before a visit never goes down from day to day, and ends at the total', () => {
    fc.assert(
      fc.property(sheets, ({ rows, paid }) => {
        const days = Array.from({ length: 20 }, (_, at) => `2026-11-${String(at + 1).padStart(2, '0')}`)
        const before = days.map((day) => paidSoFar(rows, { day, visitId: null }).yen)
        expect(before).toEqual(before.toSorted((a, b) => a - b))
        expect(before.at(-1)).toBe(paid)
      }),
    )
  })
})
