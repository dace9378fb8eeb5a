// A condition of the master in the words of the counter.
import { expect, test } from 'vitest'
import type { CodeReading } from '../../src-main/eligibility/local/cells.ts'
import { schemesOf } from '../../src-main/eligibility/local/row.ts'
import { localFacts, localSchemeTitle } from '../../src-main/words/local-schemes.ts'
import { masterRow } from '../eligibility/local/samples.ts'

function said(cells: Parameters<typeof masterRow>[0], reading: CodeReading = 'assumed') {
  const [scheme] = schemesOf([masterRow(cells)], reading)
  const [condition] = scheme?.conditions ?? []
  return condition ? Object.fromEntries(localFacts(condition).map(({ label, text }) => [label, text])) : {}
}

test('a child’s help says for whom, how much a visit, how often and until when', () => {
  const facts = said({
    ageFrom: '6',
    ageBelow: '15',
    ageBelowBasis: '2',
    outpatient: '1',
    outpatientKind: '2',
    outpatientYen: '200',
    visitCapYen: '200',
    visitCapTimes: '2',
    inpatientKind: '1',
  })
  expect(facts).toEqual({
    対象: '6歳以上15歳未満（年度で数えます）',
    '入院・外来': '外来',
    '自己負担（外来）': '200円',
    '上限（外来）': '1回200円（2回まで）',
    '自己負担（入院）': 'なし',
    期間: '2026/04/01～',
  })
})

test('a single parent’s help says percent, caps in and out, rounding, and on top of what', () => {
  const facts = said({
    singleParent: '1',
    incomeClassName: '住民税課税世帯',
    outpatientKind: '2',
    outpatientPercent: '10',
    outpatientDayCapYen: '500',
    outpatientDayCapDays: '3',
    outpatientMonthCapYen: '18000',
    inpatientMonthCapYen: '57600',
    inpatientRepeatCapYen: '44400',
    capTogether: '1',
    roundingUnit: '2',
    roundingMethod: '2',
    onTop: '1',
    onTopOf1: '54',
    order: '90',
    validTo: '20270331',
  })
  expect(facts).toEqual({
    対象: 'ひとり親等、住民税課税世帯',
    '自己負担（外来）': '10%',
    '上限（外来）': '1日500円（3日まで）、1か月18,000円',
    '上限（入院）': '1か月57,600円、多数回該当は1か月44,400円',
    上限の合算: '入院と外来を合わせて数えます',
    端数: '10円単位で四捨五入',
    ほかの公費: '54の自己負担分を助成します',
    優先順位: '90',
    期間: '2026/04/01～2027/03/31',
  })
})

test.each([
  ['2', 'patientPays', '3分の1'],
  ['3', 'schemePays', '3分の1を助成します（残りが自己負担）'],
  ['7', 'a code that nobody knows', '3分の1（自己負担か助成かは受給者証で確認）'],
])('an amount of code %s (%s) is never told as another’s part', (outpatientKind, _, text) => {
  const facts = said({ outpatientKind, outpatientNumerator: '1', outpatientDenominator: '3' })
  expect(facts['自己負担（外来）']).toBe(text)
})

test('without confirmed codes nothing is told to be free', () => {
  expect(said({ outpatientKind: '1' }, 'confirmed')['自己負担（外来）']).toBeUndefined()
  expect(said({ outpatientKind: '2', outpatientYen: '200' }, 'confirmed')['自己負担（外来）']).toBe(
    '200円（自己負担か助成かは受給者証で確認）',
  )
})

test('a scheme is called with its municipality once', () => {
  const [own, other] = schemesOf([masterRow({}), masterRow({ name: '子ども医療', division: '2' })], 'assumed')
  expect([own, other].map((scheme) => scheme && localSchemeTitle(scheme))).toEqual([
    '八王子市義務教育就学児の医療費の助成',
    '東京都八王子市 子ども医療',
  ])
})
