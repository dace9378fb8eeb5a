// The days of a simulated year, from one April to the next: a clinic that is closed on Sundays, over the holidays of May, over Obon
// and over the New Year. Nobody waits for any of it: the desk's clock is set.
import { type Clock, clinicDay, daysLater } from '../../src-main/ground/clock.ts'

export const firstDay = '2026-04-01'

/** Closures longer than a weekend, first and last day. */
const closures = [
  ['2026-05-02', '2026-05-06'],
  ['2026-08-11', '2026-08-16'],
  ['2026-12-29', '2027-01-04'],
] as const

const at = (day: string, time: string) => new Date(`${day}T${time}+09:00`)

/** The day so many days after another one. */
export const dayAfter = (day: string, count: number): string => clinicDay(daysLater(at(day, '12:00:00'), count))

const isOpen = (day: string): boolean =>
  at(day, '12:00:00').getUTCDay() !== 0 && !closures.some(([from, to]) => day >= from && day <= to)

/** Of so many days from `from` on, those on which the clinic is open. */
export const openDays = (from: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => dayAfter(from, index)).filter(isOpen)

export interface DeskClock extends Clock {
  /** From this moment of the clinic's time on it runs, as fast as any clock. */
  set(day: string, time: string): void
}

export function deskClock(): DeskClock {
  let start = at(firstDay, '08:30:00').getTime()
  let origin = performance.now()
  return {
    now: () => new Date(start + performance.now() - origin),
    set(day, time) {
      start = at(day, time).getTime()
      origin = performance.now()
    },
  }
}
