import { describe, expect, test } from 'vitest'
import { isCapped } from '../../../src-main/eligibility/cap/capped.ts'
import { schemesOf } from '../../../src-main/eligibility/local/row.ts'
import { masterRow } from '../local/samples.ts'

const local = (cells: Parameters<typeof masterRow>[0]) => ({
  standing: 'inKind' as const,
  schemes: schemesOf([masterRow(cells)], 'confirmed'),
})
const charged = { alwaysReimbursed: false }
const said = (code: 'MONTHLY_CAP_ON_PAPER' | 'MONTHLY_CAP_ZERO' | 'MONTHLY_CAP_UNKNOWN' | 'UNDISCLOSED') => ({
  advice: [{ code, values: {} }],
  local: null,
})

describe('a certificate has a sheet of its monthly cap', () => {
  test('where it names one, or its law knows one', () => {
    for (const code of ['MONTHLY_CAP_ON_PAPER', 'MONTHLY_CAP_ZERO', 'MONTHLY_CAP_UNKNOWN'] as const) {
      expect(isCapped(charged, said(code))).toBe(true)
    }
    expect(isCapped(charged, said('UNDISCLOSED'))).toBe(false)
  })

  test('where the master of local schemes has a monthly amount for outpatients, not for those who stay', () => {
    const capped = (cells: Parameters<typeof masterRow>[0]) => isCapped(charged, { advice: [], local: local(cells) })
    expect(capped({ outpatientMonthCapYen: '18000' })).toBe(true)
    expect(capped({ inpatient: '1', outpatientMonthCapYen: '18000' })).toBe(false)
    expect(capped({ visitCapYen: '200' })).toBe(false)
  })

  test('but not where everything is paid back later', () => {
    const reimbursed = { alwaysReimbursed: true }
    expect(isCapped(reimbursed, { advice: [], local: local({ outpatientMonthCapYen: '18000' }) })).toBe(false)
  })
})
