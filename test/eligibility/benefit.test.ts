import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeBenefit } from '../../src-main/eligibility/benefit.ts'
import { benefitSchema, type RegisteredBenefit, warningCodes } from '../../src-main/eligibility/model.ts'
import { shippedMaster } from '../../src-main/eligibility/schemes.ts'
import { registered as registeredBenefit } from './samples.ts'

const day = '2026-06-15'
const registered = registeredBenefit({
  certificateTypeId: 'NANBYO54',
  certificateName: '特定医療費（指定難病）受給者証',
  payerNumber: '54136015',
  recipientNumber: '5401609',
  historyKey: 'H1',
})
const judge = (changes: Partial<RegisteredBenefit>) => judgeBenefit({ ...registered, ...changes }, day, shippedMaster)
const warningsOf = (changes: Partial<RegisteredBenefit>) => judge(changes).warnings

describe('a benefit is judged', () => {
  test('without a warning when everything is in order', () => {
    expect(judge({})).toEqual({
      ...registered,
      scheme: { code: '54', name: '難病法による特定医療', kind: 'national' },
      validity: 'valid',
      warnings: [],
    })
  })

  test.each<[string, Partial<RegisteredBenefit>, readonly string[]]>([
    ['no payer number', { payerNumber: null }, ['PAYER_NUMBER_MISSING']],
    ['a payer number in full-width digits', { payerNumber: '５４１３６０１５' }, ['PAYER_NUMBER_WIDTH']],
    ['a short payer number', { payerNumber: '5413601' }, ['PAYER_NUMBER_LENGTH']],
    ['letters in the payer number', { payerNumber: '5413601X' }, ['PAYER_NUMBER_MALFORMED']],
    ['a prefecture that does not exist', { payerNumber: '54486014' }, ['PAYER_NUMBER_PREFECTURE']],
    ['a wrong check digit', { payerNumber: '54136016' }, ['PAYER_NUMBER_CHECK_DIGIT']],
    [
      'the Digital Agency sample number',
      { payerNumber: '87654321', recipientNumber: '1' },
      ['PAYER_NUMBER_PREFECTURE', 'PAYER_NUMBER_CHECK_DIGIT'],
    ],
    ['a scheme nobody knows', { payerNumber: '78136017' }, ['SCHEME_UNKNOWN']],
    ['no recipient number', { recipientNumber: null }, ['RECIPIENT_NUMBER_MISSING']],
    ['a national recipient number of six digits', { recipientNumber: '540160' }, ['RECIPIENT_NUMBER_MALFORMED']],
    ['a national recipient number with a typo', { recipientNumber: '5401608' }, ['RECIPIENT_NUMBER_CHECK_DIGIT']],
    ['a local recipient number of any form', { payerNumber: '89131247', recipientNumber: 'あ-1' }, []],
    ['a period that has not begun', { validFrom: '2026-06-16' }, ['NOT_YET_VALID']],
    ['a period that is over', { validTo: '2026-06-14' }, ['PERIOD_OVER']],
    ['a last day within a month', { validTo: '2026-07-15' }, ['ENDS_SOON']],
    ['a monthly cap', { monthlyCapYen: 10_000 }, ['MONTHLY_CAP_ON_PAPER']],
    ['a monthly cap of zero yen', { monthlyCapYen: 0 }, []],
    ['refund only', { alwaysReimbursed: true }, ['ALWAYS_REIMBURSED']],
    ['a protected person', { undisclosed: true }, ['UNDISCLOSED']],
  ])('with %s', (_name, changes, warnings) => {
    expect(warningsOf(changes)).toEqual(warnings)
  })

  test('with all its warnings at once', () => {
    expect(warningsOf({ payerNumber: null, recipientNumber: null, validTo: '2026-06-15', undisclosed: true })).toEqual([
      'PAYER_NUMBER_MISSING',
      'RECIPIENT_NUMBER_MISSING',
      'ENDS_SOON',
      'UNDISCLOSED',
    ])
  })

  test('and nothing registered is ever changed, refused or warned about twice', () => {
    const number = fc.option(fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.stringMatching(/^[0-9]{6,9}$/)))
    fc.assert(
      fc.property(number, number, (payerNumber, recipientNumber) => {
        const benefit = benefitSchema.parse(judge({ payerNumber, recipientNumber }))
        expect(benefit).toMatchObject({ ...registered, payerNumber, recipientNumber })
        expect(new Set(benefit.warnings).size).toBe(benefit.warnings.length)
        expect(benefit.warnings.every((code) => warningCodes.includes(code))).toBe(true)
      }),
    )
  })
})
