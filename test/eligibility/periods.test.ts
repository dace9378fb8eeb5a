// First and last day of a routine dose, as published tables and answers of municipalities name them: births on the first
// and the last day of a month, on 29 February, on the edges of a school year and of the cohorts of special measures.
import { describe, expect, test } from 'vitest'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { checkupRules } from '../../src-main/eligibility/checkup/checkups.ts'
import { judgeCheckup } from '../../src-main/eligibility/checkup/judge.ts'
import { judgeVaccination } from '../../src-main/eligibility/vaccination/judge.ts'
import { vaccineOf, vaccineRules } from '../../src-main/eligibility/vaccination/vaccines.ts'

/** Birth, vaccine, dose, first and last day (null: not published), earlier doses by number and day. */
type Row = readonly [string, string, string, number, string | null, string | null, ...(readonly [number, string][])]

const rows: readonly Row[] = [
  // 厚木市「接種できる最初の日と最後の日」
  ['4月1日生まれのHib', '2018-04-01', 'hib', 1, '2018-05-31', '2023-03-31'],
  ['4月1日生まれの肺炎球菌', '2018-04-01', 'pneumococcal', 1, '2018-05-31', '2023-03-31'],
  ['4月1日生まれの4種混合', '2018-04-01', 'dptIpv', 1, '2018-05-31', '2025-09-30'],
  ['12月31日生まれのHib', '2018-12-31', 'hib', 1, '2019-02-28', '2023-12-30'],
  ['12月29日生まれのHib', '2018-12-29', 'hib', 1, '2019-02-28', '2023-12-28'],
  ['12月30日生まれの肺炎球菌', '2018-12-30', 'pneumococcal', 1, '2019-02-28', '2023-12-29'],
  // 厚生労働省「ロタウイルスワクチンに関するQ&A」、医療機関の案内
  ['8月1日生まれのロタ', '2020-08-01', 'rotavirus', 1, '2020-09-12', '2021-03-13'],
  ['8月19日生まれのロタ', '2020-08-19', 'rotavirus', 1, '2020-09-30', null],
  ['7月31日生まれの生後2か月', '2020-07-31', 'hib', 1, '2020-09-30', null],
  // 登米市、臼杵市、医療機関の案内
  ['4月1日生まれのBCG（出生の日から）', '2020-04-01', 'bcg', 1, null, '2021-03-31'],
  ['4月1日生まれのMR1期', '2020-04-01', 'measlesRubella', 1, '2021-03-31', '2022-03-31'],
  ['4月1日生まれのB型肝炎', '2017-04-01', 'hepatitisB', 1, null, '2018-03-31'],
  ['3月4日生まれのBCG', '2022-03-04', 'bcg', 1, null, '2023-03-03'],
  // 年齢計算ニ関する法律を、春日部市と厚木市の案内のとおりに読む
  ['2月29日生まれの日本脳炎1期', '2020-02-29', 'japaneseEncephalitis', 1, '2020-08-28', '2027-08-28'],
  ['2月29日生まれのMR1期', '2024-02-29', 'measlesRubella', 1, '2025-02-28', '2026-02-28'],
  ['2月29日生まれの2種混合', '2016-02-29', 'dt', 1, '2027-02-28', '2029-02-28'],
  ['2月29日生まれの日本脳炎2期', '2016-02-29', 'japaneseEncephalitis', 4, '2025-02-28', '2029-02-28'],
  // 日南市、大分市
  ['MR1期の延長の最初の生まれ', '2022-04-02', 'measlesRubella', 1, '2023-04-01', '2027-03-31'],
  ['MR1期の延長の最後の生まれ', '2023-04-01', 'measlesRubella', 1, null, '2027-03-31'],
  ['MR1期の延長の翌日の生まれ', '2023-04-02', 'measlesRubella', 1, null, '2025-04-01'],
  ['MR2期の延長の最初の生まれ', '2018-04-02', 'measlesRubella', 2, '2024-04-01', '2027-03-31', [1, '2019-06-01']],
  ['MR2期の延長の最後の生まれ', '2019-04-01', 'measlesRubella', 2, '2024-04-01', '2027-03-31', [1, '2020-06-01']],
  ['HPVの経過措置の最後の生まれ', '2009-04-01', 'hpv', 2, null, '2026-03-31', [1, '2024-08-01']],
  [
    ...(['日本脳炎の特例は20歳の前日まで', '2007-04-01', 'japaneseEncephalitis', 4, null, '2027-03-31'] as const),
    ...([
      [1, '2010-05-01'],
      [2, '2010-05-15'],
      [3, '2011-05-01'],
    ] as [number, string][]),
  ],
]

function judged([, birthDate, code, doseNumber, , , ...given]: Row, day: string) {
  const vaccine = vaccineOf(code, day)
  if (!vaccine) throw new Error(`${code} is not in the table`)
  const paper = { name: vaccine.name, municipality: '', validFrom: '2000-01-01', validTo: '2060-12-31' }
  return judgeVaccination(
    { id: 'V', ...paper, vaccineCode: code, doseNumber, questionnaire: null },
    {
      ...{ day, birthDate, sex: 'female', municipalities: [] },
      doses: given.map(([number, givenOn]) => ({
        ...{ handle: null, clinic: null, municipality: null, medium: 'digital', lotNumber: null, site: null },
        ...{ vaccineCode: code, vaccineName: vaccine.name, doseNumber: number, givenOn },
      })),
    },
  )
}

const says = (row: Row, day: string) => judged(row, day).advice.map(({ code }) => code)

/** Those of which this column was published. */
const named = (column: 4 | 5) => rows.filter((row) => row[column] !== null).map((row) => [row[0], row] as const)

describe('first and last day', () => {
  test.each(named(4))('%s: the first', (_name, row) => {
    const first = row[4] ?? ''
    expect(judged(row, addDays(first, -1))).toMatchObject({ verdict: 'wait', earliest: first })
    expect(says(row, first)).not.toContain('TOO_YOUNG')
  })

  test.each(named(5))('%s: the last', (_name, row) => {
    const last = row[5] ?? ''
    expect(judged(row, last).latest).toBe(last)
    expect(says(row, last)).not.toContain('TOO_OLD')
    expect(says(row, addDays(last, 1))).toContain('TOO_OLD')
  })
})

test('BCG may be given from the day of birth on', () => {
  const born = '2020-04-01'
  const row: Row = ['', born, 'bcg', 1, null, null]
  expect(says(row, born)).not.toContain('TOO_YOUNG')
  expect(judged(row, born)).toMatchObject({ verdict: 'check', earliest: null, latest: '2021-03-31' })
})

describe('for a day before the birth', () => {
  const born = '2026-06-10'
  const days = [addDays(born, -1), addDays(born, -40)]

  test('no dose can be given, and that is why', () => {
    for (const day of days) {
      for (const { code } of vaccineRules.on(day)) {
        const { verdict, advice } = judged(['', born, code, 1, null, null], day)
        const reason = advice.find((line) => line.code === 'BEFORE_BIRTH')
        expect([code, verdict, reason?.values.date]).toEqual([code, 'no', born])
      }
    }
  })

  test('no checkup can take place, and that is why', () => {
    const voucher = { ...{ id: 'V', name: '健診', municipality: '' }, validFrom: '2000-01-01', validTo: '2060-12-31' }
    for (const day of days) {
      for (const { code } of checkupRules.on(day)) {
        const { verdict, advice } = judgeCheckup(
          { ...voucher, checkupCode: code, questionnaire: null },
          { day, birthDate: born, municipalities: [], checkups: [] },
        )
        expect([code, verdict, advice[0]?.code]).toEqual([code, 'no', 'BEFORE_BIRTH'])
      }
    }
  })

  test('a dose that was recorded for it does not count', () => {
    const row: Row = ['', born, 'bcg', 1, null, null, [1, addDays(born, -1)]]
    expect(says(row, '2026-11-20')).toContain('RECORD_TOO_YOUNG')
    expect(judged(row, '2026-11-20').verdict).not.toBe('given')
  })
})

/** Doses as they were given, by vaccine. The second is a published family record, every day moved by the same four weeks. */
const childhoods: readonly { readonly birth: string; readonly doses: Readonly<Record<string, readonly string[]>> }[] = [
  {
    birth: '2024-04-10',
    doses: {
      rotavirus: ['2024-06-10', '2024-07-08', '2024-08-05'],
      hepatitisB: ['2024-06-10', '2024-07-08', '2024-11-18'],
      pneumococcal: ['2024-06-10', '2024-07-08', '2024-08-05', '2025-04-14'],
      dptIpvHib: ['2024-06-10', '2024-07-08', '2024-08-05', '2025-04-14'],
      bcg: ['2024-09-12'],
      measlesRubella: ['2025-04-14'],
      varicella: ['2025-04-14', '2025-10-20'],
      japaneseEncephalitis: ['2027-04-12', '2027-04-26', '2028-05-08'],
    },
  },
  {
    birth: '2014-08-29',
    doses: {
      bcg: ['2015-03-02'],
      measlesRubella: ['2016-01-23', '2020-08-29'],
      varicella: ['2016-01-23', '2016-07-23'],
    },
  },
]

const given = childhoods.flatMap(({ birth, doses }) =>
  Object.entries(doses).flatMap(([code, days]) => days.map((day, index) => ({ birth, code, day, index, days }))),
)

test.each(given)('of $birth: $code on $day counts as the dose it was', ({ birth, code, day, index, days }) => {
  const before = days.slice(0, index).map((on, at): [number, string] => [at + 1, on])
  const { verdict, dose, advice } = judged(['', birth, code, index + 1, null, null, ...before], day)
  // Which product of rotavirus it was is asked, and the questionnaire; nothing else is in doubt.
  const doubts = advice.filter(
    ({ weight, code: line }) => weight !== 'know' && !/^PRODUCT_|^QUESTIONNAIRE_|^OTHER_COUNT/.test(line),
  )
  expect(doubts).toEqual([])
  expect(verdict).toBe('check')
  expect(dose?.number).toBe(index + 1)
})
