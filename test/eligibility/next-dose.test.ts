// The first day of the dose after one that was just given: as the paper says it that the patient takes home.
import { expect, test } from 'vitest'
import { nextDoseAfter, recordOf } from '../../src-main/eligibility/vaccination/next-dose.ts'

const given = (vaccineCode: string, doseNumber: number, givenOn: string) => ({
  ...{ voucherId: null, vaccineCode, doseNumber, givenOn, lotNumber: 'A1', site: 'leftUpperArm' as const },
  ...{ doseMl: null, physician: null },
})
const child = { birthDate: '2026-08-10', sex: 'female' as const }

test('after the first dose the second may follow when its interval is over', () => {
  const first = given('pneumococcal', 1, '2026-11-23')
  const next = nextDoseAfter(first, { ...child, doses: [recordOf('小児用肺炎球菌', first)] })
  // 27 days between.
  expect(next).toEqual({ label: expect.stringContaining('2回目'), earliest: '2026-12-21' })
})

test('after the last dose nothing is said', () => {
  const doses = [given('measlesRubella', 1, '2021-08-20'), given('measlesRubella', 2, '2026-11-23')]
  const person = { birthDate: '2020-06-10', sex: 'male' as const }
  const records = doses.map((dose) => recordOf('麻しん・風しん（MR）', dose))
  expect(nextDoseAfter(given('measlesRubella', 2, '2026-11-23'), { ...person, doses: records })).toBeNull()
})

test('of a vaccine without a rule here nothing is said', () => {
  const dose = given('somethingNew', 1, '2026-11-23')
  expect(nextDoseAfter(dose, { ...child, doses: [recordOf('新しいワクチン', dose)] })).toBeNull()
})
