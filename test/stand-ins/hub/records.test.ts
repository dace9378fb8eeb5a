import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeBenefit } from '../../../src-main/eligibility/benefit.ts'
import { shippedMaster } from '../../../src-main/eligibility/schemes.ts'
import { answersOf } from '../../../src-main/hub/pmh/map.ts'
import { personasOn } from '../../../src-main/stand-ins/people/personas.ts'
import { samplesOf } from '../../../src-main/stand-ins/people/sample-holdings.ts'
import { testDay } from '../../clock.ts'
import { eligibilityErrors } from '../../hub/api-document.ts'

const personas = personasOn(testDay)

const anyDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10))

const answersFor = (persona: string, day: string) => {
  const { medicalSubsidy, ...answers } = answersOf({ patientReference: 'p', asOf: day, ...samplesOf(persona, day) })
  const said = 'items' in medicalSubsidy ? medicalSubsidy.items : []
  return { ...answers, medicalSubsidy, benefits: said.map((item) => judgeBenefit(item, day, shippedMaster)) }
}

describe('sample records', () => {
  test.each(personas.map(({ id }) => id))('of %s never go stale, whatever the day', (persona) => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(eligibilityErrors({ patientReference: 'p', asOf: day, ...samplesOf(persona, day) })).toEqual([])
        const { medicalSubsidy, benefits, vaccination, checkup } = answersFor(persona, day)
        if (medicalSubsidy.state === 'present') {
          for (const benefit of benefits) expect(benefit.validity).toBe('valid')
        }
        for (const vouchers of [vaccination, checkup]) {
          if (vouchers.state !== 'present') continue
          for (const { validFrom, validTo } of vouchers.items) expect(validFrom <= day && day <= validTo).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('carry numbers that follow the rules, so that a warning in training means something', () => {
    const day = '2026-06-15'
    const warnings = personas.flatMap(({ id }) => answersFor(id, day).benefits.map((item) => [id, ...item.warnings]))
    expect(warnings).toEqual([
      ['nanbyo', 'MONTHLY_CAP_ON_PAPER'],
      ['kodomo'],
      ['kosei-hitorioya', 'MONTHLY_CAP_ON_PAPER'],
      ['kosei-hitorioya', 'UNDISCLOSED'],
      ['ended', 'PERIOD_OVER'],
      ['gaiji', 'MONTHLY_CAP_ON_PAPER'],
      ['last-try', 'ALWAYS_REIMBURSED'],
    ])
  })

  test('never give one recipient number to two people', () => {
    const numbers = personas.flatMap(({ id }) =>
      answersFor(id, '2026-06-15').benefits.map(({ recipientNumber }) => recipientNumber),
    )
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})
