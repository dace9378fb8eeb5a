// A visit as the desk begins it, also for processes that run without the test runner.
import { randomUUID } from 'node:crypto'
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

/** Of a desk that has no other ones beside it. */
export const dutyAlone = (what: SharedWork): Duty => ({
  take: async () => ({ what, fence: 0 }),
  lost: () => undefined,
  pass: async () => undefined,
  onTurn: () => undefined,
})
