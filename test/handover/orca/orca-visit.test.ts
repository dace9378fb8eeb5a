// What of a visit goes to ORCA, and what keeps it back.

import { describe, expect, test } from 'vitest'
import { handedAsSaid } from '../../../src-main/eligibility/handed.ts'
import type { Benefit } from '../../../src-main/eligibility/model.ts'
import { readOrcaVisit } from '../../../src-main/handover/formats/orca-visit.ts'
import { renderDelivery } from '../../../src-main/handover/formats/render.ts'
import { fault } from '../../faults.ts'
import { benefit, eligibility } from '../../store/samples.ts'
import { orcaDestination } from './lane.ts'

function render(items: readonly [Benefit, ...Benefit[]], changes: { readonly training?: boolean } = {}) {
  const visit = {
    visitId: 'visit',
    visitNumber: 7,
    visitDay: '2026-11-23',
    confirmedAt: '2026-11-23T09:15:02.123+09:00',
    training: false,
    patientNumber: null,
    confirmedName: null,
    eligibility,
    handed: handedAsSaid({ state: 'present', items: [...items] }, eligibility.asOf),
    ...changes,
  }
  return renderDelivery(visit, orcaDestination(), {})
}
const benefitsOf = (items: readonly [Benefit, ...Benefit[]]) => readOrcaVisit(render(items).payload).benefits

test('certificates that count today go, those of another time and those paid back later do not', () => {
  expect(
    benefitsOf([
      benefit,
      { ...benefit, validity: 'notYet' },
      { ...benefit, validity: 'over' },
      { ...benefit, alwaysReimbursed: true },
    ]),
  ).toEqual([{ payerNumber: '88138243', recipientNumber: '1234566', validFrom: '2026-10-01', validTo: '2027-09-30' }])
})

test('of more certificates than a claim has places, the first in its order go', () => {
  const five = ['1', '2', '3', '4', '5'].map((end) => ({ ...benefit, recipientNumber: `123456${end}` }))
  expect(benefitsOf([benefit, ...five]).map(({ recipientNumber }) => recipientNumber)).toEqual([
    '1234566',
    '1234561',
    '1234562',
    '1234563',
  ])
})

describe('a number that ORCA has no form for holds the row back, and the field is told', () => {
  fault('orca', 'A certificate’s number has no form that ORCA takes', {
    seen: 'ORCA_BENEFIT_INCOMPLETE',
    detail: { destination: 'orca' },
    data: 'Nothing is sent.',
    recovery: 'A person compares with the certificate and types it in.',
  })
  test.each([
    ['payerNumber', null],
    ['payerNumber', '8813824'],
    ['payerNumber', '88-X'],
    ['recipientNumber', null],
    ['recipientNumber', '第5号'],
    ['recipientNumber', '123456789012345678901'],
  ])('%s %s', (field, number) => {
    expect(render([{ ...benefit, [field]: number }])).toMatchObject({
      state: 'rejected',
      failure: { code: 'ORCA_BENEFIT_INCOMPLETE', detail: { destination: 'orca', field } },
    })
  })
})

fault('orca', 'A rehearsal is pointed at an ORCA of real patients', {
  seen: 'ORCA_TRAINING',
  detail: { destination: 'orca' },
  data: 'Nothing is sent.',
  recovery: 'The rehearsal goes on without it.',
})
test('a rehearsal never gets to a receipt computer that works on real patients', () => {
  const row = render([benefit], { training: true })
  expect(row).toMatchObject({ state: 'rejected', failure: { code: 'ORCA_TRAINING' } })
  expect(row.payload).toHaveLength(0)
})

test('the name of the row tells nothing about the patient', () => {
  const { id, fileName } = render([benefit])
  expect(fileName).toBe(`orca_20261123_0007_${id}`)
})
