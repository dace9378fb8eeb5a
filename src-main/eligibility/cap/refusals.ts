// What is not written into the sheet of a monthly cap: what can only be a slip of the hand, told before it is kept. What the
// paper says and does not add up is no slip: it is entered as it stands, and told (sheet.ts, `exceeded`).
import { type CapContent, type CapLine, type CapRow, capLines, monthOf } from './sheet.ts'

/**
 * `DAY`: not in the month of the sheet, or still to come; `AMOUNT`: below zero, no whole yen, or more was paid than it cost;
 * `OVER`: more than the cap, or (charged here) more than what is left of it; `REPEATED`: the line is there already;
 * `GONE`: what is to be corrected is not there, or is struck out.
 */
export type CapRefusal = 'DAY' | 'AMOUNT' | 'OVER' | 'REPEATED' | 'GONE'

export interface CapTerms {
  /** Of the sheet, YYYY-MM. */
  readonly month: string
  readonly today: string
  /** null: nobody says what it is. */
  readonly capYen: number | null
}

/** `visitId`: the visit here that it is about. null: it can be entered. */
export function refuseEntry(
  rows: readonly CapRow[],
  { visitId, content }: { readonly visitId: string | null; readonly content: CapContent },
  terms: CapTerms,
): CapRefusal | null {
  const lines = standing(rows)
  const isRepeated = lines.some((line) =>
    visitId === null ? isSameLine(line.content, content) : line.visitId === visitId,
  )
  return isRepeated ? 'REPEATED' : refuseContent(lines, content, terms)
}

/** `content` null: it is to be struck out. null: it can be corrected. */
export function refuseCorrection(
  rows: readonly CapRow[],
  { of, content }: { readonly of: string; readonly content: CapContent | null },
  terms: CapTerms,
): CapRefusal | null {
  const lines = standing(rows)
  const others = lines.filter(({ id }) => id !== of)
  if (others.length === lines.length) return 'GONE'
  return content && refuseContent(others, content, terms)
}

const standing = (rows: readonly CapRow[]): readonly CapLine[] => capLines(rows).filter(({ isStruck }) => !isStruck)

function refuseContent(others: readonly CapLine[], content: CapContent, terms: CapTerms): CapRefusal | null {
  const { day, institution, totalCostYen, paidYen } = content
  const { month, today, capYen } = terms
  if (monthOf(day) !== month || day > today) return 'DAY'
  const isAmount = (yen: number) => Number.isSafeInteger(yen) && yen >= 0
  if (!isAmount(paidYen)) return 'AMOUNT'
  if (totalCostYen !== null && (!isAmount(totalCostYen) || paidYen > totalCostYen)) return 'AMOUNT'
  if (capYen === null || paidYen === 0) return null
  // What was paid elsewhere was paid: it may only be no more than the cap itself.
  const paid = institution === null ? others.reduce((yen, line) => yen + line.content.paidYen, 0) : 0
  return paid + paidYen > capYen ? 'OVER' : null
}

const isSameLine = (one: CapContent, other: CapContent): boolean =>
  one.day === other.day &&
  one.institution === other.institution &&
  one.totalCostYen === other.totalCostYen &&
  one.paidYen === other.paidYen
