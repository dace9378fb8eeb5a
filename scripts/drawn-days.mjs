// Which days `npm run test:days` runs on: one of each of the next ten years, one around midnight in Japan, one February 29; on
// computers in four time zones, in turn.
const toJapanMs = 9 * 3_600_000
const minutes = (count) => count * 60_000
export const zones = ['Asia/Tokyo', 'UTC', 'America/Los_Angeles', 'Pacific/Kiritimati']

/** In milliseconds since 1970. `random`: from 0 to below 1, as Math.random. */
export function drawnDays(now, random) {
  const whole = (below) => Math.floor(random() * below)
  const oneOf = (list) => list[whole(list.length)]
  /** Anywhere in a day that begins then. */
  const somewhen = (dayStart) => dayStart + minutes(whole(24 * 60))
  const startOf = (year, month, day) => Date.UTC(year, month, day) - toJapanMs
  const drawnDay = (year) => startOf(year, 0, 1 + whole(365))

  const thisYear = new Date(now + toJapanMs).getUTCFullYear()
  const years = Array.from({ length: 10 }, (_, index) => thisYear + 1 + index)
  const moments = [
    ...years.map((year) => somewhen(drawnDay(year))),
    // Before it in Japan, or after it: then it is still the day before in UTC.
    drawnDay(oneOf(years)) + minutes(oneOf([24 * 60 - 3, 1])),
    somewhen(startOf(oneOf(years.filter((year) => year % 4 === 0)), 1, 29)),
  ]
  const first = whole(zones.length)
  return moments.map((moment, index) => ({ moment, zone: zones[(first + index) % zones.length] }))
}

/** As the clinic writes it: 2031-11-23T10:15:00+09:00. */
export const clinicMoment = (ms) => new Date(ms + toJapanMs).toISOString().replace('.000Z', '+09:00')
