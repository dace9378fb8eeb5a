// What is given once in every season or in every pregnancy: whether the day lies in one, and which earlier doses belong to
// it. The due date is on no voucher; without it the window is told as due dates, which staff find in the 母子健康手帳.
import { dayOfPregnancy, dueDateOf } from '../ages.ts'
import { addDays, daysBetween, latestOf } from '../calendar.ts'
import { advise, type VoucherAdvice } from '../voucher-advice.ts'
import type { EarlierDose } from './series.ts'
import type { Vaccine } from './shape.ts'
import { sourceOf } from './vaccines.ts'

interface Occasion {
  /** Doses of this occasion. */
  readonly past: readonly EarlierDose[]
  readonly lines: readonly VoucherAdvice[]
}

/** `past`: all doses up to the day, oldest first. `dueDate`: null where it is not known. */
export function occasionOf(
  vaccine: Vaccine,
  past: readonly EarlierDose[],
  day: string,
  dueDate: string | null,
): Occasion {
  const { season, pregnancy } = vaccine
  if (season) return inSeason(season, past, day)
  if (pregnancy) return inPregnancy(pregnancy, vaccine.programme?.from, past, day, dueDate)
  return { past, lines: [] }
}

function inSeason(season: NonNullable<Vaccine['season']>, past: readonly EarlierDose[], day: string): Occasion {
  const year = Number(day.slice(0, 4))
  const { from, to } = season
  const [first = day] = [year - 1, year, year + 1]
    .map((begun) => ({ first: `${begun}-${from}`, last: `${to < from ? begun + 1 : begun}-${to}` }))
    .filter(({ last }) => day <= last)
    .map((one) => one.first)
  const lines = day < first ? [advise('wait', 'SEASON_NOT_YET', { date: first }, sourceOf(season.source))] : []
  return { past: past.filter(({ givenOn }) => first <= givenOn), lines }
}

function inPregnancy(
  { from, to, source }: NonNullable<Vaccine['pregnancy']>,
  begun: string | undefined,
  past: readonly EarlierDose[],
  day: string,
  dueDate: string | null,
): Occasion {
  const basis = sourceOf(source)
  // Whose due date is not known is taken for as far on as can be: then the window opened longest ago.
  const due = dueDate ?? dueDateOf(day, to)
  const opened = latestOf(dayOfPregnancy(due, from), begun ?? '') ?? ''
  const conceived = dayOfPregnancy(due, '0w0d')
  const ours = past.filter(({ givenOn }) => opened <= givenOn)
  const before = past.filter(({ givenOn }) => conceived <= givenOn && givenOn < opened)
  const lines = before.map(({ givenOn }) => advise('check', 'PREGNANCY_DOSE', { given: givenOn }, basis))
  if (dueDate === null) {
    const window = { date: dueDateOf(day, to), to: dueDateOf(day, from), age: from, text: to }
    return { past: ours, lines: [...lines, advise('check', 'DUE_DATE_NEEDED', window, basis)] }
  }
  const first = dayOfPregnancy(dueDate, from)
  const last = dayOfPregnancy(dueDate, to)
  const text = weeksOn(day, dueDate)
  if (day < first) lines.push(advise('wait', 'PREGNANCY_TOO_EARLY', { date: first, age: from, text }, basis))
  if (day > last) lines.push(advise('stop', 'PREGNANCY_TOO_LATE', { date: last, age: to, text }, basis))
  return { past: ours, lines }
}

function weeksOn(day: string, dueDate: string): string {
  const days = daysBetween(addDays(dueDate, -280), day)
  return `${Math.floor(days / 7)}w${days % 7}d`
}
