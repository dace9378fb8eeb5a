// A whole childhood at once: what is right is silent, what is not is named with its day and its rule, and what comes next.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { checkChildhood } from '../../src-main/eligibility/vaccination/childhood.ts'
import { childhoodSchema } from '../../src-main/eligibility/vaccination/found.ts'
import { knownCode, otherVaccines, vaccineRules } from '../../src-main/eligibility/vaccination/vaccines.ts'
import { voucherAdviceText } from '../../src-main/words/vaccination.ts'

const doseOf = ([vaccine, givenOn, doseNumber]: readonly [string, string, number?]) => ({
  ...{ handle: null, clinic: null, municipality: null, lotNumber: null, site: null, medium: 'paper' as const },
  ...{ vaccineCode: vaccine, vaccineName: vaccine, doseNumber: doseNumber ?? null, givenOn },
})
const check = (birthDate: string, day: string, ...given: readonly (readonly [string, string, number?])[]) =>
  checkChildhood({ birthDate, sex: 'female', day, doses: given.map(doseOf) })
const found = (...args: Parameters<typeof check>) =>
  check(...args).findings.map(({ vaccine, givenOn, line }) => [vaccine, givenOn, line.code])
const days = (vaccine: string, ...list: readonly string[]) => list.map((on, at) => [vaccine, on, at + 1] as const)

const byTheBook = [
  ...days('ロタウイルス', '2024-06-10', '2024-07-08'),
  ...days('B型肝炎', '2024-06-10', '2024-07-08', '2024-11-18'),
  ...days('小児用肺炎球菌', '2024-06-10', '2024-07-08', '2024-08-05', '2025-04-14'),
  ...days('5種混合', '2024-06-10', '2024-07-08', '2024-08-05', '2025-04-14'),
  ...days('BCG', '2024-09-12'),
  ...days('麻しん・風しん（MR）', '2025-04-14'),
  ...days('水痘', '2025-04-14', '2025-10-20'),
]

describe('a childhood by the book', () => {
  test('has nothing to be asked about', () => {
    const checked = check('2024-04-10', '2026-11-23', ...byTheBook)
    expect(checked).toMatchObject({ doses: 17, findings: [] })
  })

  test('goes on with what may be given now', () => {
    const { next } = check('2024-04-10', '2026-11-23', ...byTheBook)
    expect(next.map(({ vaccine, judgement }) => [vaccine, judgement.dose?.label, judgement.verdict])).toEqual([
      ['日本脳炎', '1期初回1回目', 'today'],
    ])
  })

  test('of a newborn begins with everything', () => {
    const { next } = check('2026-09-20', '2026-11-23')
    expect(next.map(({ vaccine }) => vaccine)).toEqual(['ロタウイルス', 'B型肝炎', '小児用肺炎球菌', '5種混合', 'BCG'])
  })
})

describe('what is not right is found', () => {
  test.each([
    ['a dose before its age', [['MR', '2025-03-01', 1]], ['RECORD_TOO_YOUNG']],
    [
      'a second dose too soon',
      [
        ['水痘', '2025-04-14', 1],
        ['水痘', '2025-06-14', 2],
      ],
      ['RECORD_TOO_SOON'],
    ],
    ['a dose after its period', [['BCG', '2025-05-01', 1]], ['RECORD_AFTER_PERIOD']],
    [
      'a dose too many',
      [
        ['BCG', '2024-09-12', 1],
        ['BCG', '2025-01-12'],
      ],
      ['RECORD_EXTRA'],
    ],
    [
      'one number on two days',
      [
        ['BCG', '2024-09-12', 1],
        ['BCG', '2024-10-12', 1],
      ],
      ['RECORDS_DIFFER'],
    ],
    [
      'a dose left out',
      [
        ['B型肝炎', '2024-06-10', 1],
        ['B型肝炎', '2024-11-18', 3],
      ],
      ['EARLIER_DOSE_UNKNOWN'],
    ],
    [
      'a live vaccine after another',
      [
        ['水痘', '2025-04-14', 1],
        ['おたふくかぜ', '2025-04-28'],
      ],
      ['RECORD_AFTER_LIVE', 'RECORD_WITHOUT_RULE'],
    ],
    ['a day that has not come', [['BCG', '2027-01-01']], ['RECORD_AFTER_VISIT']],
    ['a vaccine without a rule', [['腸チフス', '2026-01-01']], ['RECORD_WITHOUT_RULE']],
  ] as const)('%s', (_what, given, codes) => {
    const named = given.map(
      ([vaccine, ...rest]) => [vaccine === 'MR' ? '麻しん・風しん（MR）' : vaccine, ...rest] as const,
    )
    expect(found('2024-04-10', '2026-11-23', ...named).map(([, , code]) => code)).toEqual(codes)
  })

  test('of a period that is long over as well', () => {
    // 1期追加 four months after 1期初回2回目, looked at when 2期 is due.
    const given = days('日本脳炎', '2018-04-20', '2018-05-11', '2018-09-12')
    expect(found('2015-04-10', '2026-11-23', ...given)).toEqual([['日本脳炎', '2018-09-12', 'RECORD_TOO_SOON']])
  })

  test('two live vaccines on one day are right', () => {
    expect(
      found('2024-04-10', '2026-11-23', ['水痘', '2025-04-14', 1], ['麻しん・風しん（MR）', '2025-04-14', 1]),
    ).toEqual([])
  })

  test('a dose once in every season is never one too many', () => {
    const given = ['2023', '2024', '2025'].map((year) => ['インフルエンザ（高齢者）', `${year}-11-10`] as const)
    expect(found('1950-04-10', '2026-11-23', ...given)).toEqual([])
  })

  test('each with a sentence, and with a document where it rests on a rule', () => {
    const { findings } = check('2024-04-10', '2026-11-23', ['水痘', '2025-02-14', 1], ['水痘', '2025-04-14', 2])
    expect(findings.length).toBeGreaterThan(0)
    for (const { line } of findings) {
      expect(voucherAdviceText(line)).toMatch(/。$/)
      expect(line.basis?.title).toBeTruthy()
    }
  })
})

test.each([
  ['ヒブ', 'hib'],
  ['Ｈｉｂ', 'hib'],
  ['四種混合', 'dptIpv'],
  ['五種混合ワクチン', 'dptIpvHib'],
  ['麻疹・風疹', 'measlesRubella'],
  ['シルガード9', 'hpv'],
  ['プレベナー20', 'pneumococcal'],
  ['ニューモバックスNP', 'ppsv23'],
  ['インフルエンザ', 'influenza'],
  ['ポリオ', 'ipv'],
  ['hepatitisB', 'hepatitisB'],
])('a record named %s is one of %s', (name, code) => {
  expect(knownCode('unknown', name)).toBe(code === 'hepatitisB' ? 'unknown' : code)
  expect(knownCode(code, name)).toBe(code)
})

test('no name stands for two vaccines', () => {
  const all = [
    ...vaccineRules.on('2026-11-23').flatMap(({ name, alsoCalled }) => [name, ...alsoCalled]),
    ...otherVaccines.flatMap(({ names }) => names),
  ].map((name) =>
    name
      .normalize('NFKC')
      .replace(/[\s()・]|ワクチン/g, '')
      .toUpperCase(),
  )
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([])
})

const record = fc.record({
  vaccine: fc.constantFrom(...vaccineRules.on('2026-11-23').map(({ name }) => name), '麻しん', '3種混合', '腸チフス'),
  daysAgo: fc.integer({ min: -20, max: 3_000 }),
  dose: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
})

test('any childhood is checked, and told twice it is found the same', () => {
  const births = fc.integer({ min: 0, max: 30_000 })
  fc.assert(
    fc.property(births, fc.array(record, { maxLength: 12 }), (age, records) => {
      const day = '2026-11-23'
      const given = records.map(({ vaccine, daysAgo, dose }) => {
        const on = addDays(day, -daysAgo)
        return dose === undefined ? ([vaccine, on] as const) : ([vaccine, on, dose] as const)
      })
      const once = check(addDays(day, -age), day, ...given)
      expect(childhoodSchema.parse(once)).toEqual(once)
      expect(check(addDays(day, -age), day, ...given).findings).toEqual(once.findings)
      for (const { line } of once.findings) expect(voucherAdviceText(line)).not.toContain('undefined')
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 500) },
  )
})
