// Days as Japanese law counts them. A calendar day is text (YYYY-MM-DD) outside and a number of days inside; months follow
// 年齢計算ニ関する法律 and 民法143条: one is complete at the end of the day before the same day of a later month, or of that
// month's last day where it has no such day. Pure.

/** YYYY-MM-DD of the Gregorian calendar, years 1 to 9999. */
type Day = string

const parts = (day: Day) => ({
  year: Number(day.slice(0, 4)),
  month: Number(day.slice(5, 7)),
  date: Number(day.slice(8, 10)),
})

const dayOf = (year: number, month: number, date: number): Day => {
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, date)
  const text = (value: number, length: number) => String(value).padStart(length, '0')
  return `${text(at.getUTCFullYear(), 4)}-${text(at.getUTCMonth() + 1, 2)}-${text(at.getUTCDate(), 2)}`
}

export function addDays(day: Day, count: number): Day {
  const { year, month, date } = parts(day)
  return dayOf(year, month, date + count)
}

/** Whole days from one day to another, negative to an earlier one. */
export const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** The day it was in Japan at a moment (RFC 3339 with any zone). */
export const dayInJapan = (moment: string): Day =>
  new Date(Date.parse(moment) + 9 * 3_600_000).toISOString().slice(0, 10)

/** Days sort like text. */
export const earliestOf = (...days: readonly Day[]): Day | undefined => [...days].sort()[0]
export const latestOf = (...days: readonly Day[]): Day | undefined => [...days].sort().at(-1)

/**
 * The day at whose end `months` months from `day` are complete: born on 4-01, the first month is reached on 4-30, the
 * first year on 3-31 (誕生日の前日). Born on 12-31, two months are reached on the last day of February.
 */
export function reachedOn(day: Day, months: number): Day {
  const { year, month, date } = parts(day)
  const lastDate = Number(dayOf(year, month + months + 1, 0).slice(8, 10))
  return date <= lastDate ? dayOf(year, month + months, date - 1) : dayOf(year, month + months, lastDate)
}

/** Of a month, YYYY-MM. */
export function lastDayOfMonth(month: string): Day {
  const { year, month: ofYear } = parts(month)
  return dayOf(year, ofYear + 1, 0)
}

/** 年度: the fiscal year a day lies in, named by the calendar year in which it begins on 4-01. */
export const fiscalYearOf = (day: Day): number => {
  const { year, month } = parts(day)
  return month >= 4 ? year : year - 1
}

/** First and last day of the fiscal year in which a person born on `birth` becomes `years` old. */
export function fiscalYearTurning(birth: Day, years: number): { readonly first: Day; readonly last: Day } {
  const year = fiscalYearOf(reachedOn(birth, years * 12))
  return { first: dayOf(year, 4, 1), last: dayOf(year + 1, 3, 31) }
}

/** 小学校就学の始期: the first 4-01 after the day on which six years are reached (学校教育法17条). */
export const schoolStart = (birth: Day): Day => dayOf(fiscalYearOf(reachedOn(birth, 72)) + 1, 4, 1)

/** 元号: how an era is written, and its first day; newest first. Its first year is 元年, whenever in it the era began. */
export const eras = [
  { name: '令和', letter: 'R', firstDay: '2019-05-01' },
  { name: '平成', letter: 'H', firstDay: '1989-01-08' },
  { name: '昭和', letter: 'S', firstDay: '1926-12-25' },
  { name: '大正', letter: 'T', firstDay: '1912-07-30' },
  // By law it began with that year of the old calendar.
  { name: '明治', letter: 'M', firstDay: '1868-01-25' },
] as const
export type Era = (typeof eras)[number]

/** The western year before an era's first: the year that its years are counted from. */
export const yearBefore = ({ firstDay }: Pick<Era, 'firstDay'>): number => parts(firstDay).year - 1
