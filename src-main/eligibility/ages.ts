// Ages and intervals as the vaccination rules write them, read from the short forms of the data files. "から" and "まで"
// both hold on the day at whose end the age is reached (厚生労働省の解釈: 誕生日の前日から / 誕生日の前日まで).
import { z } from 'zod'
import { addDays, fiscalYearTurning, reachedOn, schoolStart } from './calendar.ts'

/**
 * - `28d`: 28 days after the day of birth
 * - `0m`: the day of birth
 * - `2m`, `13y`: 生後2月, 13歳 (the day it is reached), `7m+1d`: 生後7月に至った日の翌日
 * - `6w`, `14w6d`: 出生6週0日後, 出生14週6日後
 * - `fy12`, `fy16end`: first day of the 年度 in which one becomes 12, last day of the one in which one becomes 16
 * - `school-1y`, `school-1d`: a year and a day before 小学校就学の始期
 */
const agePattern = /^(?:(\d+)(m|y)(\+1d)?|(\d+)w(?:(\d)d)?|fy(\d+)(end)?|school-1([yd])|(\d+)d)$/
export const ageSchema = z.string().regex(agePattern)
export type Age = string

export function dayOfAge(birth: string, age: Age): string {
  const [, count, unit, after, weeks, days, fiscal, end, school, plain] = agePattern.exec(age) ?? []
  // Other ages are reached at the end of the day before; this one begins with the birth.
  if (age === '0m') return birth
  if (count !== undefined) {
    const reached = reachedOn(birth, Number(count) * (unit === 'y' ? 12 : 1))
    return after === undefined ? reached : addDays(reached, 1)
  }
  if (plain !== undefined) return addDays(birth, Number(plain))
  if (weeks !== undefined) return addDays(birth, Number(weeks) * 7 + Number(days ?? 0))
  if (fiscal !== undefined) return fiscalYearTurning(birth, Number(fiscal))[end === undefined ? 'first' : 'last']
  const start = schoolStart(birth)
  return school === 'y' ? `${Number(start.slice(0, 4)) - 1}${start.slice(4)}` : addDays(start, -1)
}

/** `28w0d`: 妊娠28週0日. A pregnancy is 40 weeks long, as its due date counts it. */
const weeksPattern = /^(\d+)w(\d)d$/
export const weeksSchema = z.string().regex(weeksPattern)
export type Weeks = string

/** The day that is `weeks` in a pregnancy with this due date. */
export const dayOfPregnancy = (dueDate: string, weeks: Weeks): string => addDays(dueDate, daysInto(weeks) - 280)

/** The due date of whom a day is `weeks`. */
export const dueDateOf = (day: string, weeks: Weeks): string => addDays(day, 280 - daysInto(weeks))

function daysInto(weeks: Weeks): number {
  const [, whole, days] = weeksPattern.exec(weeks) ?? []
  return Number(whole) * 7 + Number(days)
}

/** `27d`: 27日以上の間隔, `3m`: 3月以上の間隔. */
const spanPattern = /^(\d+)(d|m)$/
export const spanSchema = z.string().regex(spanPattern)
export type Span = string

/**
 * The first day that lies an interval after `day`: 27日 lie between, so it is the same weekday four weeks later; 1月 is the
 * same date of the next month, or the day after that month where it has no such date.
 */
export function firstDayAfter(day: string, span: Span): string {
  const [, count, unit] = spanPattern.exec(span) ?? []
  return addDays(unit === 'd' ? addDays(day, Number(count)) : reachedOn(day, Number(count)), 1)
}
