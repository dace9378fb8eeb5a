import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endsSoon, validityOn } from '../../src-main/eligibility/validity.ts'

const year = { validFrom: '2026-01-01', validTo: '2026-12-31' }

describe('a certificate counts', () => {
  test('from its first to its last day, both included', () => {
    expect(validityOn('2025-12-31', year)).toBe('notYet')
    expect(validityOn('2026-01-01', year)).toBe('valid')
    expect(validityOn('2026-12-31', year)).toBe('valid')
    expect(validityOn('2027-01-01', year)).toBe('over')
  })

  test('on a single day, if that is its period', () => {
    const period = { validFrom: '2028-02-29', validTo: '2028-02-29' }
    expect(['2028-02-28', '2028-02-29', '2028-03-01'].map((day) => validityOn(day, period))).toEqual([
      'notYet',
      'valid',
      'over',
    ])
  })
})

describe('its end is near', () => {
  test('from thirty days before its last day, until that day', () => {
    expect(endsSoon('2026-11-30', year)).toBe(false)
    expect(endsSoon('2026-12-01', year)).toBe(true)
    expect(endsSoon('2026-12-31', year)).toBe(true)
    expect(endsSoon('2027-01-01', year)).toBe(false)
  })

  test('counted over a leap day', () => {
    const period = { validFrom: '2027-04-01', validTo: '2028-03-15' }
    expect(endsSoon('2028-02-13', period)).toBe(false)
    expect(endsSoon('2028-02-14', period)).toBe(true)
  })

  test('for exactly 31 days of any period', () => {
    const moment = fc.date({ min: new Date('1950-01-01'), max: new Date('2150-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, (end) => {
        const day = (offset: number) =>
          new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), end.getUTCDate() + offset))
            .toISOString()
            .slice(0, 10)
        const period = { validFrom: '1900-01-01', validTo: day(0) }
        const days = Array.from({ length: 80 }, (_, index) => day(index - 60))
        expect(days.filter((candidate) => endsSoon(candidate, period))).toEqual(days.slice(30, 61))
      }),
    )
  })
})
