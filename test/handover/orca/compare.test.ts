// What is to be done about each certificate, for every way in which ORCA may hold it.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type HeldBenefit, planFor } from '../../../src-main/handover/orca/compare.ts'

const wanted = {
  payerNumber: '88138243',
  recipientNumber: '1234566',
  validFrom: '2026-10-01',
  validTo: '2027-09-30',
}
const held = (changes: Partial<HeldBenefit> = {}): HeldBenefit => ({ ...wanted, id: '7', ...changes })

test.each([
  ['ends later in ORCA', { validTo: '9999-12-31' }, { validTo: '2027-09-30' }],
  ['ends earlier in ORCA', { validTo: '2026-10-31' }, { validTo: '2027-09-30' }],
  ['begins later in ORCA', { validFrom: '2026-11-01' }, { validFrom: '2026-10-01' }],
  [
    'begins earlier in ORCA: earlier visits keep it',
    { validFrom: '2025-10-01', validTo: '2026-10-31' },
    { validFrom: '2025-10-01' },
  ],
])('%s', (_difference, changes, becomes) => {
  expect(planFor([wanted], [held(changes)])).toEqual({ added: [], changed: [held(becomes)], isUnclear: false })
})

test('a start before ours and the same end is nothing to change', () => {
  expect(planFor([wanted], [held({ validFrom: '2025-10-01' })])).toEqual({ added: [], changed: [], isUnclear: false })
})

test('said twice, it is added once', () => {
  expect(planFor([wanted, { ...wanted }], []).added).toEqual([wanted])
})

const day = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const certificate = fc
  .record({
    payerNumber: fc.constantFrom('88138243', '54136015'),
    recipientNumber: fc.constantFrom('1234566', '8765432'),
    days: fc.tuple(day, day),
  })
  .map(({ days, ...numbers }) => {
    const [validFrom = '', validTo = ''] = days.toSorted()
    return { ...numbers, validFrom, validTo }
  })

test('whatever ORCA holds: done once, there is nothing left to do, nothing is lost, and no start moves later', () => {
  fc.assert(
    fc.property(fc.array(certificate, { maxLength: 1 }), fc.array(certificate, { maxLength: 5 }), (benefits, rows) => {
      const before = rows.map((row, index) => ({ ...row, id: String(index) }))
      const { added, changed, isUnclear } = planFor(benefits, before)
      if (isUnclear) return
      const after = [
        ...before.map((row) => changed.find(({ id }) => id === row.id) ?? row),
        ...added.map((benefit) => ({ ...benefit, id: 'new' })),
      ]
      expect(planFor(benefits, after)).toEqual({ added: [], changed: [], isUnclear: false })
      for (const [index, row] of before.entries()) {
        expect(after[index]?.id).toBe(row.id)
        expect((after[index]?.validFrom ?? '') <= row.validFrom).toBe(true)
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 500) },
  )
})
