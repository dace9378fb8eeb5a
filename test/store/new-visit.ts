// A visit as the desk begins it, and what is registered of its patient, also for processes that run without the test runner.
import { randomUUID } from 'node:crypto'
import type { RegisteredBenefit } from '../../src-main/eligibility/model.ts'
import { ok } from '../../src-main/ground/result.ts'
import type { Duty } from '../../src-main/store/duties.ts'
import type { SharedWork } from '../../src-main/store/leases.ts'
import type { VisitRow } from '../../src-main/store/visits.ts'

export const day = '2026-11-23'
export const at = `${day}T09:12:33.120+09:00`

export const newVisit = (changes: Partial<VisitRow> = {}): VisitRow => ({
  id: randomUUID(),
  day,
  number: 0,
  reader: 'Reader 0',
  state: 'reading',
  failure: null,
  startedAt: at,
  updatedAt: at,
  patient: null,
  patientNumber: null,
  confirmedName: null,
  report: null,
  ...changes,
})

/** As its municipality registered it. */
export const registered: RegisteredBenefit = {
  certificateTypeId: 'CHILD01',
  certificateSubKey: null,
  certificateName: '子ども医療費受給者証',
  payerNumber: '88138243',
  recipientNumber: '1234566',
  validFrom: '2026-10-01',
  validTo: '2027-09-30',
  monthlyCapYen: 2500,
  alwaysReimbursed: false,
  undisclosed: false,
  segment: null,
  incomeSegment: '一般',
  additionalConditions: null,
  designatedInstitutions: ['窓口クリニック'],
  details: [{ label: '自己負担', value: '通院1回200円' }],
  historyKey: '20261001-1',
}

/** Of a desk that has no other ones beside it. */
export const dutyAlone = (what: SharedWork): Duty => ({
  take: async () => ({ what, fence: 0 }),
  seize: async () => ok(undefined),
  lost: () => undefined,
  pass: async () => undefined,
  onTurn: () => undefined,
  onLost: () => undefined,
})
