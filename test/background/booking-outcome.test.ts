import { expect, test } from 'vitest'
import { judgeBooking } from '../../src-main/background/bookings/outcome.ts'
import type { Answers, Eligibility, RegisteredBenefit } from '../../src-main/eligibility/model.ts'
import { handedOf } from '../eligibility/samples.ts'
import { registered as benefit, eligibility, voucher } from '../store/samples.ts'

const tomorrow = '2026-11-24'
const { patient: _nobody, ...before } = eligibility
const known = (...versions: Eligibility[]) => ({ versions, confirmation: null })
const answered = (answers: Partial<Answers>) =>
  ({
    outcome: 'answered',
    patientRef: 'ref',
    answer: { ...before, asOf: tomorrow, answers: { ...before.answers, ...answers } },
  }) as const
const subsidy = (...items: RegisteredBenefit[]) => ({ medicalSubsidy: { state: 'present' as const, items } })
const other: RegisteredBenefit = {
  ...benefit,
  certificateTypeId: 'HITORIOYA81',
  certificateName: 'ひとり親',
  payerNumber: '81136244',
}
const nothing: Answers = {
  medicalSubsidy: { state: 'absent' },
  vaccination: { state: 'absent' },
  checkup: { state: 'absent' },
}

test('an answer as the last one is nothing to read about', () => {
  expect(judgeBooking(answered({}), known(eligibility))).toMatchObject({ outcome: 'same', findings: { lines: [] } })
})

test.each<[string, Partial<Answers>, string, object[]]>([
  [
    'another cap is a change',
    subsidy({ ...benefit, monthlyCapYen: 5000 }),
    'changed',
    [{ kind: 'changed', fields: ['monthlyCapYen'] }],
  ],
  [
    'the next period is one',
    subsidy({ ...benefit, validFrom: '2027-10-01', validTo: '2028-09-30', historyKey: '2' }),
    'changed',
    [{ kind: 'renewed' }],
  ],
  ['a second certificate is new', subsidy(benefit, other), 'new', [{ kind: 'new', name: 'ひとり親' }]],
  [
    'one that is not mentioned is absent, whatever else is',
    subsidy(other),
    'absent',
    [{ kind: 'new' }, { kind: 'absent', name: benefit.certificateName }],
  ],
  [
    'an end that the source names is a change',
    { medicalSubsidy: { state: 'ended', endedOn: '2026-11-23', items: [benefit] } },
    'changed',
    [{ kind: 'ended' }],
  ],
  [
    'a voucher that is not mentioned is absent',
    { vaccination: { state: 'absent' } },
    'absent',
    [{ category: 'vaccination', kind: 'absent' }],
  ],
  [
    'a voucher with another dose is a change',
    { vaccination: { state: 'present', items: [{ ...voucher, doseNumber: 1 }] } },
    'changed',
    [{ category: 'vaccination', kind: 'changed', name: voucher.name, fields: ['kindOfDose'] }],
  ],
])('%s', (_what, answers, outcome, lines) => {
  expect(judgeBooking(answered(answers), known(eligibility))).toMatchObject({
    outcome,
    findings: { reason: null, lines },
  })
})

test('a voucher whose time is over has lapsed', () => {
  const old = { ...voucher, validTo: '2026-11-23' }
  const last = {
    ...eligibility,
    answers: { ...eligibility.answers, vaccination: { state: 'present' as const, items: [old] } },
  }
  expect(judgeBooking(answered({ vaccination: { state: 'absent' } }), known(last))).toMatchObject({
    outcome: 'changed',
    findings: { lines: [{ kind: 'lapsed' }] },
  })
})

test('of somebody of whom nothing is held everything is new, and nothing is nothing', () => {
  expect(judgeBooking(answered({}), known()).outcome).toBe('new')
  expect(judgeBooking(answered(nothing), known()).outcome).toBe('same')
})

test('what the clinic has confirmed counts more than what was said the last time', () => {
  const last = { ...eligibility, answers: nothing }
  const held = [{ benefit, source: 'pmh' as const, fetchedAt: last.fetchedAt, confirmedAt: last.fetchedAt }]
  const confirmation = { held, decided: [], handed: handedOf(eligibility) }
  expect(judgeBooking(answered(nothing), { versions: [last], confirmation }).outcome).toBe('absent')
})

test('somebody the source does not know is for a person', () => {
  expect(judgeBooking({ outcome: 'unknown', patientRef: 'ref' }, known(eligibility))).toEqual({
    outcome: 'check',
    findings: { reason: 'unknownAtSource', lines: [] },
  })
})
