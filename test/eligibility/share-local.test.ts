// What the national master's conditions leave to the patient: a rule where their columns say it without a doubt, none where
// one of them may mean two things.
import { describe, expect, test } from 'vitest'
import type { ColumnKey } from '../../src-main/eligibility/local/columns.ts'
import { schemesOf } from '../../src-main/eligibility/local/row.ts'
import { certificateShare } from '../../src-main/eligibility/share/certificate.ts'
import { commonRule, outpatientConditions } from '../../src-main/eligibility/share/local.ts'
import { masterRow } from './local/samples.ts'

type Row = Partial<Record<ColumnKey, string>>
const day = '2026-11-28'
const conditions = (rows: readonly Row[], reading: 'assumed' | 'confirmed' = 'assumed') =>
  outpatientConditions(schemesOf(rows.map(masterRow), reading), day)
const rule = (row: Row, before: { code: string | null }[] = []) => commonRule(conditions([row]), before)

describe('a condition of the master, as a rule', () => {
  test('is what insurance leaves, up to so much a visit and so many visits a month', () => {
    expect(rule({ visitCapYen: '200', visitCapTimes: '2' })).toMatchObject({
      bears: { kind: 'remainder' },
      perVisit: { yen: 200, times: 2 },
      perDay: null,
      perMonth: null,
    })
  })

  test('counts days and the month at this institution', () => {
    expect(rule({ outpatientDayCapYen: '800', outpatientMonthCapYen: '1600' })).toMatchObject({
      perDay: { yen: 800, days: null },
      perMonth: { yen: 1600, scope: 'unknown' },
    })
  })

  test('that says nothing of outpatients is none', () => {
    expect(rule({})).toBeNull()
    expect(conditions([{ inpatient: '1' }])).toEqual([])
  })

  test('is none where a number may be the scheme’s part as well as the patient’s', () => {
    expect(rule({ outpatientPercent: '10' })).toBeNull()
    expect(rule({ outpatientYen: '200' })).toBeNull()
    expect(commonRule(conditions([{ outpatientKind: '9', visitCapYen: '200' }], 'confirmed'), [])).toBeNull()
    expect(commonRule(conditions([{ capKind: '9', visitCapYen: '200' }], 'confirmed'), [])).toBeNull()
  })

  test('is none where the cap is another one in a repeated month', () => {
    expect(rule({ outpatientMonthCapYen: '18000', outpatientRepeatCapYen: '12000' })).toBeNull()
    expect(rule({ outpatientMonthCapYen: '18000', outpatientRepeatCapYen: '18000' })).not.toBeNull()
  })

  test('after another 公費 counts only where the scheme says that it helps with what that one leaves', () => {
    const cap = { visitCapYen: '200' }
    expect(rule(cap, [{ code: '54' }])).toBeNull()
    expect(rule({ ...cap, onTop: '1' }, [{ code: '54' }])).not.toBeNull()
    expect(rule({ ...cap, onTop: '1', onTopOf1: '54' }, [{ code: '54' }])).not.toBeNull()
    expect(rule({ ...cap, onTop: '1', onTopOf1: '54' }, [{ code: '54' }, { code: '21' }])).toBeNull()
  })

  test('is the scheme’s where all its conditions say the same; else nobody guesses which one it is', () => {
    const [one, other] = [{ visitCapYen: '200' }, { visitCapYen: '500' }]
    expect(commonRule(conditions([one, { ...one, ageFrom: '6' }]), [])).not.toBeNull()
    expect(commonRule(conditions([one, other]), [])).toBeNull()
    expect(commonRule([], [])).toBeNull()
  })

  test('of several that differ is chosen by a person, and nobody is asked where they agree or there is one', () => {
    const found = (rows: readonly Row[]) => ({
      standing: 'inKind' as const,
      schemes: schemesOf(rows.map(masterRow), 'assumed'),
    })
    const local = { scheme: { code: '88', name: '子ども', kind: 'local' as const } }
    const rows = [{ visitCapYen: '200' }, { visitCapYen: '500' }]
    expect(certificateShare(local, found(rows), day)).toMatchObject({ rule: null, choices: [{}, {}] })
    expect(certificateShare(local, found(rows), day, [], 1)).toMatchObject({ rule: { perVisit: { yen: 500 } } })
    expect(certificateShare(local, found(rows), day, [], 2).rule).toBeNull()
    expect(certificateShare(local, found(rows.slice(0, 1)), day)).toMatchObject({ rule: {}, choices: [] })
    expect(certificateShare(local, null, day)).toEqual({ rule: null, choices: [] })
    const national = { scheme: { code: '54', name: '難病', kind: 'national' as const } }
    expect(certificateShare(national, null, day)).toMatchObject({ rule: {}, choices: [] })
  })

  test('is the one of the day', () => {
    const rows = [
      { visitCapYen: '200', validTo: '20261130' },
      { visitCapYen: '500', validFrom: '20261201' },
    ]
    expect(commonRule(conditions(rows), [])).toMatchObject({ perVisit: { yen: 200 } })
  })
})
