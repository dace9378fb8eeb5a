// Rows of a sheet as somebody enters them, for tests.
import { randomUUID } from 'node:crypto'
import type { CapContent, CapRow } from '../../../src-main/eligibility/cap/sheet.ts'

export const month = '2026-11'
export const today = '2026-11-20'
const at = '2026-11-20T09:12:33.120+09:00'

export const contentOf = (changes: Partial<CapContent> = {}): CapContent => ({
  day: '2026-11-05',
  institution: 'みどり薬局',
  totalCostYen: 12_000,
  paidYen: 2_400,
  ...changes,
})

export const entryOf = (changes: Partial<CapContent> = {}, visitId: string | null = null, id: string = randomUUID()) =>
  ({ kind: 'entry', at, id, visitId, content: contentOf(changes) }) as const satisfies CapRow

/** Of this clinic, for a visit. */
export const hereOf = (changes: Partial<CapContent> = {}, visitId: string = randomUUID()) =>
  entryOf({ institution: null, ...changes }, visitId)

export const correctionOf = (of: string, content: CapContent | null, changes: { by?: string; why?: string } = {}) =>
  ({
    kind: 'correction',
    at,
    of,
    content,
    by: '受付 田村',
    why: '金額の読み違い',
    ...changes,
  }) as const satisfies CapRow

export const paperOf = (completeOn: string | null) => ({ kind: 'paper', at, completeOn }) as const satisfies CapRow
