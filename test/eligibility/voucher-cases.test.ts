// The case table passes, case by case, word for word; and what holds for every voucher, whatever it is for.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { doctorFirst } from '../../src-main/eligibility/questionnaire.ts'
import { judgeVaccination } from '../../src-main/eligibility/vaccination/judge.ts'
import { sourceOf, vaccineRules, vaccineSources } from '../../src-main/eligibility/vaccination/vaccines.ts'
import type { Dose } from '../../src-main/eligibility/vouchers.ts'
import { voucherCases } from './voucher-cases.ts'

const vaccines = vaccineRules.on('2026-11-23')

describe.each([...new Set(voucherCases.map(({ file }) => file))])('%s', (file) => {
  test.each(voucherCases.filter((one) => one.file === file).map((one) => [one.name, one] as const))('%s', (_, one) => {
    const { 判定, 助言 } = one.expected
    expect(one.told()).toEqual({ 判定, 助言 })
  })
})

test('the table has at least sixty cases, each under a name of its own', () => {
  expect(voucherCases.length).toBeGreaterThanOrEqual(60)
  expect(new Set(voucherCases.map(({ name, file }) => `${file} ${name}`)).size).toBe(voucherCases.length)
})

describe('the table of vaccines', () => {
  test('has every vaccine of the briefing, 5種混合, and the programmes that came since', () => {
    expect(vaccines.map(({ code }) => code).sort()).toEqual(
      [
        ...['rotavirus', 'hepatitisB', 'hib', 'pneumococcal', 'bcg', 'measlesRubella', 'varicella'],
        ...['japaneseEncephalitis', 'hpv', 'dptIpv', 'dptIpvHib', 'dt', 'rsvMaternal', 'rubella5'],
        ...['pneumococcalElderly', 'zosterLive', 'zosterRecombinant', 'covid19', 'influenzaElderly'],
      ].sort(),
    )
  })

  test('is whole before and after every change of a rule', () => {
    const { turns } = vaccineRules
    expect(turns).toContain('2026-04-01')
    for (const turn of turns) {
      for (const day of [addDays(turn, -1), turn]) expect(vaccineRules.on(day)).toHaveLength(vaccines.length)
    }
  })

  test('names a document with its day for every rule, and no document for none', () => {
    const named = new Set<string>()
    const look = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      for (const [key, value] of Object.entries(node)) {
        if (typeof value === 'string' && /^(source|productSource|unsure|earlierEnds|earlyIsVoluntary)$/.test(key))
          named.add(value)
        else look(value)
      }
    }
    for (const turn of ['2000-01-01', ...vaccineRules.turns]) look(vaccineRules.on(turn))
    for (const name of named) expect(sourceOf(name).title).not.toBe('')
    // Said by the code itself, for every vaccine.
    const always = ['standard', 'interval', 'longIllness', 'sameAntigen']
    expect(Object.keys(vaccineSources).filter((name) => !named.has(name) && !always.includes(name))).toEqual([])
  })
})

const today = '2026-11-23'
const births = fc
  .date({ min: new Date('1940-01-01'), max: new Date('2026-11-23'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const situation = fc.record({
  birthDate: births,
  vaccine: fc.constantFrom(...vaccines),
  doseNumber: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
  sex: fc.constantFrom('female', 'male', 'unknown'),
  given: fc.array(
    fc.record({
      vaccine: fc.constantFrom(...vaccines),
      // Half of them so near that intervals meet each other.
      daysAgo: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2_000 })),
      doseNumber: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
    }),
    { maxLength: 8 },
  ),
})
const unlisted = (code: string): never => {
  throw new Error(`${code} is not in the table`)
}

const always = { validFrom: '2000-01-01', validTo: '2060-12-31' }
const judged = (one: typeof situation extends fc.Arbitrary<infer T> ? T : never, day = today, period = always) =>
  judgeVaccination(
    {
      id: 'V',
      name: one.vaccine.name,
      municipality: '八王子市',
      ...period,
      vaccineCode: one.vaccine.code,
      doseNumber: one.doseNumber,
      questionnaire: null,
    },
    {
      day,
      birthDate: one.birthDate,
      sex: one.sex,
      municipalities: [],
      doses: one.given.map(
        ({ vaccine, daysAgo, doseNumber }): Dose => ({
          handle: null,
          clinic: null,
          municipality: null,
          medium: 'digital',
          vaccineCode: vaccine.code,
          vaccineName: vaccine.name,
          doseNumber,
          givenOn: addDays(today, -daysAgo),
          lotNumber: null,
          site: null,
        }),
      ),
    },
  )

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 1_000) }

test('whoever waits for the day that was named can be given the dose then, or hears why not', () => {
  fc.assert(
    fc.property(situation, (one) => {
      const { verdict, earliest } = judged(one)
      if (verdict !== 'wait') return
      expect(earliest !== null && earliest > today).toBe(true)
      const then = judged(one, earliest ?? today)
      const isTimeAgain = then.advice.some(({ code }) => code === 'INTERVAL' || code === 'LIVE_INTERVAL')
      expect(isTimeAgain).toBe(false)
    }),
    runs,
  )
})

test('nobody is told to wait for a day on which the voucher or the age is over', () => {
  const days = fc.integer({ min: -400, max: 2_000 })
  fc.assert(
    fc.property(situation, days, days, (one, from, to) => {
      const period = { validFrom: addDays(today, Math.min(from, to)), validTo: addDays(today, Math.max(from, to)) }
      const { verdict, earliest, latest } = judged(one, today, period)
      if (verdict === 'wait') expect(earliest !== null && latest !== null && earliest <= latest).toBe(true)
    }),
    runs,
  )
})

test('what has to wait anyway waits for live vaccines of the same day as well', () => {
  const given = (code: string, daysAgo: number) => ({
    vaccine: vaccines.find((vaccine) => vaccine.code === code) ?? unlisted(code),
    daysAgo,
    doseNumber: null,
  })
  const varicella = given('varicella', 0).vaccine
  const child = { birthDate: '2024-11-23', vaccine: varicella, doseNumber: null, sex: 'female' } as const
  // 8 days ago alone: 27 days have to lie between. Today alone: together is allowed. Both: today's counts.
  expect(judged({ ...child, given: [given('bcg', 8)] }).earliest).toBe('2026-12-13')
  expect(judged({ ...child, given: [given('bcg', 0)] }).verdict).not.toBe('wait')
  expect(judged({ ...child, given: [given('bcg', 8), given('measlesRubella', 0)] }).earliest).toBe('2026-12-21')
})

test('a rule that nobody could confirm never stops a dose', () => {
  fc.assert(
    fc.property(situation, (one) => {
      for (const { basis, weight } of judged(one).advice) {
        if (basis && !basis.confirmed) expect(['check', 'know']).toContain(weight)
      }
    }),
    runs,
  )
})

test('a record more never makes a dose possible that was given already', () => {
  fc.assert(
    fc.property(situation, (one) => {
      const again = { ...one, given: [...one.given, { vaccine: one.vaccine, daysAgo: 0, doseNumber: one.doseNumber }] }
      expect(judged(again).verdict).toBe('given')
    }),
    runs,
  )
})

test('a questionnaire is read with the doctor’s questions first, each group in the order of the form', () => {
  const answers = ['a', 'B', 'c', 'D'].map((question) => ({ question, needsDoctor: /[A-Z]/.test(question) }))
  expect(doctorFirst(answers).map(({ question }) => question)).toEqual(['B', 'D', 'a', 'c'])
})
