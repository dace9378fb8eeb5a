// One row of the national master of local schemes: what it says, what makes it none, and that no cell of it is dropped.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ColumnKey, columns, placeOf } from '../../../src-main/eligibility/local/columns.ts'
import { municipalityName } from '../../../src-main/eligibility/local/place-names.ts'
import { rowFault, rowKeys, schemesOf } from '../../../src-main/eligibility/local/row.ts'
import { countsOn } from '../../../src-main/eligibility/local/scheme.ts'
import { masterRow } from './samples.ts'

const first = (cells: readonly string[], reading: 'assumed' | 'confirmed' = 'assumed') => {
  const condition = schemesOf([cells], reading)[0]?.conditions[0]
  if (!condition) throw new Error('no condition')
  return condition
}

describe('a row of the master', () => {
  test('has 94 columns, with the number at place 8 and the order at place 94', () => {
    expect(columns).toHaveLength(94)
    expect(new Set(columns.map(([key]) => key)).size).toBe(94)
    const places: readonly (readonly [ColumnKey, number])[] = [
      ['municipalityCode', 4],
      ['payerNumber', 8],
      ['validFrom', 10],
      ['method', 35],
      ['outpatientYen', 56],
      ['visitCapYen', 76],
      ['outpatientMonthCapYen', 80],
      ['onTop', 90],
      ['order', 94],
    ]
    expect(places.map(([key]) => placeOf(key) + 1)).toEqual(places.map(([, place]) => place))
  })

  test('names scheme, prefecture and municipality', () => {
    expect(schemesOf([masterRow({})], 'assumed')).toEqual([
      expect.objectContaining({
        payerNumber: '88131248',
        name: '八王子市義務教育就学児の医療費の助成',
        prefecture: '東京都',
        municipality: '八王子市',
        inKind: true,
      }),
    ])
    expect([municipalityName('13201'), municipalityName('132012'), municipalityName('130001')]).toEqual([
      '八王子市',
      '八王子市',
      null,
    ])
  })

  test('says for whom, how much, and on top of what', () => {
    const condition = first(
      masterRow({
        ageFrom: '6',
        ageFromBasis: '2',
        ageBelow: '15',
        outpatient: '1',
        singleParent: '1',
        childOrder: '3',
        outpatientKind: '2',
        outpatientYen: '200',
        visitCapYen: '200',
        visitCapTimes: '2',
        outpatientMonthCapYen: '0',
        roundingUnit: '2',
        roundingMethod: '1',
        onTop: '1',
        onTopOf1: '54',
        order: '90',
      }),
    )
    expect(condition).toMatchObject({
      validFrom: '2026-04-01',
      validTo: null,
      ageFrom: { years: 6, basis: 'fiscalYear' },
      ageBelow: { years: 15, basis: null },
      settings: ['outpatient'],
      groups: ['singleParent'],
      household: { children: null, child: 3 },
      share: { inpatient: null, outpatient: { kind: 'patientPays', yen: 200, percent: null, fraction: null } },
      caps: { isTogether: false, outpatient: { perVisitYen: 200, visits: 2, perMonthYen: 0 } },
      rounding: { unitYen: 10, method: 'down' },
      onTopOf: { schemes: ['54'] },
      order: 90,
      others: [],
    })
  })

  test('whose codes nobody has confirmed tells them as they are, and whose part an amount is stays unknown', () => {
    const cells = masterRow({
      outpatientKind: '1',
      outpatientYen: '200',
      roundingUnit: '2',
      ageFrom: '6',
      ageFromBasis: '2',
    })
    expect(first(cells, 'confirmed')).toMatchObject({
      ageFrom: { years: 6, basis: null },
      share: { outpatient: { kind: null, yen: 200 } },
      rounding: null,
      others: [
        { item: columns[placeOf('ageFromBasis')]?.[1], text: '2' },
        { item: columns[placeOf('outpatientKind')]?.[1], text: '1' },
        { item: columns[placeOf('roundingUnit')]?.[1], text: '2' },
      ],
    })
  })

  test('keeps every cell: one that is not understood stands among the others, as it is written', () => {
    const told = columns.filter(([, , kind]) => kind !== 'date').slice(8)
    fc.assert(
      fc.property(fc.constantFrom(...told), fc.constantFrom('不明', '9', '約200', '2.5.1'), (column, text) => {
        const [key, item] = column
        const [scheme] = schemesOf([masterRow({ [key]: text })], 'assumed')
        const isOther = scheme?.conditions[0]?.others.some((other) => other.item === item && other.text === text)
        // What is read as a number or a name is told as that.
        expect(isOther || JSON.stringify(scheme).includes(text)).toBe(true)
      }),
    )
  })

  test('tells the code of a municipality that is not known, and not the prefecture’s own', () => {
    const item = columns[placeOf('municipalityCode')]?.[1]
    expect(first(masterRow({ municipalityCode: '139999' })).others).toEqual([{ item, text: '139999' }])
    expect(first(masterRow({ municipalityCode: '130001' })).others).toEqual([])
  })

  test('counts from its first day to its last one', () => {
    const condition = first(masterRow({ validFrom: '20260401', validTo: '20270331' }))
    expect(['2026-03-31', '2026-04-01', '2027-03-31', '2027-04-01'].map((day) => countsOn(day, condition))).toEqual([
      false,
      true,
      true,
      false,
    ])
    for (const [validFrom, validTo] of [
      ['', '99991231'],
      ['00000000', '99999999'],
    ] as const) {
      expect(rowKeys(masterRow({ validFrom, validTo }))).toMatchObject({ validFrom: null, validTo: null })
    }
  })

  test('of one number and other conditions are choices of one scheme; another municipality’s is another scheme', () => {
    const rows = [
      masterRow({ incomeClassName: '課税' }),
      masterRow({ incomeClassName: '非課税' }),
      masterRow({ municipalityCode: '132021' }),
    ]
    expect(schemesOf(rows, 'assumed').map(({ municipality, conditions }) => [municipality, conditions.length])).toEqual(
      [
        ['八王子市', 2],
        ['立川市', 1],
      ],
    )
  })
})

describe('no row of the master', () => {
  test.each<[string, readonly string[], string | null]>([
    ['has another number of columns', masterRow({}).slice(1), null],
    ['has no name', masterRow({ name: ' ' }), '事業名 正式名称'],
    ['has a prefecture that there is not', masterRow({ prefectureCode: '48' }), '都道府県番号'],
    ['has a number that is none', masterRow({ payerNumber: '8813124' }), '公費負担者番号 8桁'],
    ['has a first day that is none', masterRow({ validFrom: '20260431' }), '助成内容有効期間 有効開始年月日'],
    ['has a last day that is none', masterRow({ validTo: '2027-03-31' }), '有効終了年月日'],
    ['ends before it begins', masterRow({ validFrom: '20260401', validTo: '20260331' }), '有効終了年月日'],
  ])('is one that %s', (_, cells, item) => {
    expect(rowFault(cells)).toEqual({ item })
  })

  test('is made of one without a number: it is one, that nobody can be shown', () => {
    expect(rowFault(masterRow({ payerNumber: '' }))).toBeNull()
  })
})
