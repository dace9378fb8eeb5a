// マイナ保険証の利用率 as it is published since 2025-12: people who used a card in the month, each once, against the claims
// (レセプト) of that month; and what a month that goes on may come to. Pure. The published rate counts every reader of the
// clinic and comes after the claims are final: this one is the clinic's own reckoning.
import type { MonthReport, MonthShare } from '../contract/report.ts'
import { lastDayOfMonth } from '../eligibility/calendar.ts'

/**
 * 電子的診療情報連携体制整備加算, condition (5): use of 30 % and more, every level. It took the place of 医療DX推進体制整備加算, whose
 * thresholds were others, with the FY2026 revision (from June 2026). Source: wic 23626/33, healthdayjapan, 2026-03-05.
 */
const thresholds = [{ from: '2026-06', percent: 30 }] as const

const neededIn = (month: string): number | null => thresholds.find(({ from }) => from <= month)?.percent ?? null

export const shareOf = (month: string, users: number, claims: number | null): MonthShare => ({
  month,
  users,
  claims,
  permille: claims ? Math.floor((users * 1000) / claims) : null,
  neededPercent: neededIn(month),
})

/** Before that many days of a month nothing can be said of its end. */
const fewestDays = 7

/**
 * `today` lies in the month. People are carried on by the days that have passed, today's among them; claims are those that
 * were told for this month already, else the mean of the last three months that have any.
 */
export function forecastOf(
  { month, users, claims }: MonthShare,
  today: string,
  earlier: readonly MonthShare[],
): MonthReport['forecast'] {
  const passed = Number(today.slice(8))
  if (today.slice(0, 7) !== month || passed < fewestDays) return null
  const days = Number(lastDayOfMonth(month).slice(8))
  const known = earlier.flatMap((each) => (each.month < month && each.claims ? [each.claims] : [])).slice(-3)
  const mean = known.length > 0 ? Math.round(known.reduce((sum, each) => sum + each, 0) / known.length) : null
  const share = shareOf(month, Math.round((users * days) / passed), claims ?? mean)
  return { ...share, claimsOf: claims !== null ? 'told' : mean !== null ? 'earlierMonths' : null }
}
