// A row of the national master of local schemes, with what a test wants to be different.
import { type ColumnKey, columns } from '../../../src-main/eligibility/local/columns.ts'

const usual: Partial<Record<ColumnKey, string>> = {
  name: '八王子市義務教育就学児の医療費の助成',
  prefectureCode: '13',
  municipalityCode: '132012',
  payerNumber: '88131248',
  division: '1',
  validFrom: '20260401',
  validTo: '99991231',
}

export function masterRow(cells: Partial<Record<ColumnKey, string>>): string[] {
  const row = { ...usual, ...cells }
  return columns.map(([key]) => row[key] ?? '')
}
