// Whether a certificate counts on a given day. Days are compared as text: YYYY-MM-DD sorts like the calendar.
import { daysBetween } from './calendar.ts'
import type { Benefit } from './model.ts'

type Period = Pick<Benefit, 'validFrom' | 'validTo'>

/** Both days of the period are inside it. */
export function validityOn(day: string, { validFrom, validTo }: Period): Benefit['validity'] {
  if (day < validFrom) return 'notYet'
  return day > validTo ? 'over' : 'valid'
}

/** Certificates end in waves (9/30, 12/31): from a month before, staff remind the patient of the renewal. */
const noticeDays = 30

export function endsSoon(day: string, { validTo }: Period): boolean {
  return validTo >= day && daysBetween(day, validTo) <= noticeDays
}

/** 期限の定めなし: the field is required, so systems write a day that no calendar on a wall reaches. */
export const isOpenEnd = ({ validTo }: Pick<Period, 'validTo'>): boolean => validTo >= '9000-01-01'

/** The last days on which certificates of whole schemes end together (受給者証の一斉更新). */
const renewalWaves = ['09-30', '12-31']

export const endsInWave = ({ validTo }: Pick<Period, 'validTo'>): boolean =>
  !isOpenEnd({ validTo }) && renewalWaves.includes(validTo.slice(5))

/** The last days on which a municipality renews the certificates of its own schemes together. */
const townDays = ['02-28', '02-29', '03-31', '06-30', '07-31', '10-31']

export const endsOnTownDay = ({ validTo }: Pick<Period, 'validTo'>): boolean =>
  !isOpenEnd({ validTo }) && townDays.includes(validTo.slice(5))

/** Both periods have a day in common. */
export const overlap = (one: Period, other: Period): boolean =>
  one.validFrom <= other.validTo && other.validFrom <= one.validTo
