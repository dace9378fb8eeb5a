// Whether a certificate counts on a given day. Days are compared as text: YYYY-MM-DD sorts like the calendar.
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

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
