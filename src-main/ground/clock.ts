// Time comes through a port, so that tests own it. The clinic's day is Asia/Tokyo wherever the computer thinks it is;
// Japan has kept UTC+9 without summer time since 1951, so an offset is exact.

export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

export const tokyoAheadMs = 9 * 3_600_000

const tokyo = (moment: Date) => new Date(moment.getTime() + tokyoAheadMs).toISOString()

export const dayMs = 86_400_000

/** The same time of another day; `count` may be negative. */
export const daysLater = (moment: Date, count: number): Date => new Date(moment.getTime() + count * dayMs)

/** RFC 3339 in clinic time, for example `2026-11-23T09:12:33.120+09:00`. */
export const clinicMoment = (moment: Date): string => tokyo(moment).replace('Z', '+09:00')

/** The clinic's calendar day, `YYYY-MM-DD`. */
export const clinicDay = (moment: Date): string => tokyo(moment).slice(0, 10)
