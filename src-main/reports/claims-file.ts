// レセプト件数 by month as a spreadsheet or a receipt computer has it: the month in the first column, the number in the second.
import { eras, yearBefore } from '../eligibility/calendar.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { MonthClaims } from '../store/counts.ts'
import { parseCsv } from '../text/csv.ts'
import { decodeJapanese } from '../text/japanese.ts'

const maxRows = 600

/** Lines without a month above the first month are headers. Errors: CLAIMS_UNREADABLE, also where a single line is unclear. */
export function readClaims(bytes: Uint8Array): Result<MonthClaims[]> {
  const text = decodeJapanese(bytes)
  const lines = text === null ? null : parseCsv(text)
  const filled = lines?.filter((line) => line.some((field) => field.trim() !== '')) ?? []
  const first = filled.findIndex(([month]) => monthIn(month) !== null)
  if (first < 0 || first > 2 || filled.length > maxRows) return fail('CLAIMS_UNREADABLE')
  const claims: MonthClaims[] = []
  for (const [monthText, countText] of filled.slice(first)) {
    const month = monthIn(monthText)
    const digits = (countText ?? '').normalize('NFKC').replace(/[\s,件枚]/g, '')
    if (month === null || !/^\d{1,6}$/.test(digits)) return fail('CLAIMS_UNREADABLE')
    claims.push({ month, count: Number(digits) })
  }
  // Said twice with two numbers: nobody knows which.
  const isClear = claims.every((one) => claims.every((other) => one.month !== other.month || one.count === other.count))
  return isClear ? ok(claims) : fail('CLAIMS_UNREADABLE')
}

/** `2026-10`, `2026/10`, `202610`, `2026年10月`, `令和8年10月`, `R8.10`, also with a day behind it. */
function monthIn(text = ''): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^../, (start) => eras.find(({ name }) => name === start)?.letter ?? start)
    .replace('元年', '1年')
  const match =
    /^([A-Z]?)(\d{1,4})(?:年|[-/.])(\d{1,2})(?:月(?:\d{1,2}日|分|診療分)?|[-/.]\d{1,2})?$/i.exec(plain) ??
    /^()(20\d{2})(\d{2})$/.exec(plain)
  if (!match) return null
  const [, letter = '', year = '', month = ''] = match
  const era = eras.find((each) => each.letter === letter.toUpperCase())
  if ((letter !== '' && !era) || (era === undefined && year.length !== 4) || Number(month) < 1 || Number(month) > 12)
    return null
  const western = Number(year) + (era ? yearBefore(era) : 0)
  return western >= 2020 && western < 2100 ? `${western}-${month.padStart(2, '0')}` : null
}
