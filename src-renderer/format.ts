// How dates, ages, amounts and numbers are written for staff: Japanese eras beside western years, because certificates
// carry the one and computers the other.
import { type Era, eras, yearBefore } from '../src-main/eligibility/calendar.ts'
import { isDayUnknown } from '../src-main/eligibility/model.ts'
import { screen } from '../src-main/words/desk.ts'

const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  era: 'long',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  timeZone: 'UTC',
})
export type EraName = Exclude<Era['name'], '明治'>
/** Nobody at a counter was born before. */
const isOffered = (era: Era): era is Extract<Era, { name: EraName }> => era.name !== '明治'
export const eraNames: readonly EraName[] = eras.filter(isOffered).map(({ name }) => name)

const amount = new Intl.NumberFormat('ja-JP')

/** `2026-11-23` → `令和8年11月23日`. */
export const eraDate = (day: string): string => era.format(new Date(`${day}T00:00:00Z`))

const weekday = new Intl.DateTimeFormat('ja-JP', { weekday: 'long', timeZone: 'UTC' })

/** A day that is looked up: `2026-11-23` → `令和8年11月23日（2026年、月曜日）`. */
export const eraDay = (day: string): string =>
  `${eraDate(day)}（${day.slice(0, 4)}年、${weekday.format(new Date(`${day}T00:00:00Z`))}）`

/** `2026-11` → `令和8年11月（2026年）`. */
export const monthText = (month: string): string =>
  `${eraDate(`${month}-01`).replace(/1日$/, '')}（${month.slice(0, 4)}年）`

/** 昭和, 54, 4, 12 → `1979-04-12`; null where there is no such day in that era. `western` takes the year as it is. */
export function dayOfEra(era: EraName | 'western', year: number, month: number, day: number): string | null {
  const found = eras.find(({ name }) => name === era)
  const western = found ? yearBefore(found) + year : year
  const text = [String(western).padStart(4, '0'), month, day].map((part) => String(part).padStart(2, '0')).join('-')
  const date = new Date(`${text}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) return null
  if (era === 'western') return western >= 1900 ? text : null
  return eraDate(text) === `${era}${year === 1 ? '元' : year}年${month}月${day}日` ? text : null
}

/** `1979-04-12` → `昭和54年4月12日（1979年）`; `1945-07-00`, whose day nobody has registered → `1945年7月（日は不明）`. */
export const birthDate = (day: string): string =>
  isDayUnknown(day)
    ? `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月（日は不明）`
    : `${eraDate(day)}（${day.slice(0, 4)}年）`

/** `2026-11-23` → `2026/11/23`, for periods that are compared at a glance. */
export const plainDate = (day: string): string => day.replaceAll('-', '/')

/** `2026-11-23T09:12:33.120+09:00` → `9:12`. The moment is already in clinic time. */
export const clinicTime = (moment: string): string => moment.slice(11, 16).replace(/^0/, '')

/** Day and time of a moment in clinic time, `11月21日 9:12`. */
export const clinicMoment = (moment: string): string =>
  `${Number(moment.slice(5, 7))}月${Number(moment.slice(8, 10))}日 ${clinicTime(moment)}`

/** Full years on a day. Both days are `YYYY-MM-DD`. */
export const ageOn = (day: string, born: string): number =>
  Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0)

/** Babies are told apart by months: `生後2か月` under two years, then `5歳`. */
export function ageText(day: string, born: string): string {
  const years = ageOn(day, born)
  if (years >= 2) return screen.age(years)
  const [now = 0, then = 0] = [day, born].map((each) => 12 * Number(each.slice(0, 4)) + Number(each.slice(5, 7)))
  return screen.ageInMonths(now - then - (day.slice(8) < born.slice(8) ? 1 : 0))
}

export const yen = (value: number): string => amount.format(value)

/** A number in parts for the eye, each with its place in the number. */
export interface NumberPart {
  readonly place: number
  readonly text: string
}

/** The parts of a payer number (法別, 都道府県, 実施機関, 検証番号) or of a national recipient number; one part for others. */
export function numberParts(number: string): readonly NumberPart[] {
  const cuts = /^[0-9]{8}$/.test(number) ? [0, 2, 4, 7] : /^[0-9]{7}$/.test(number) ? [0, 3, 6] : [0]
  return cuts.map((place, index) => ({ place, text: number.slice(place, cuts[index + 1]) }))
}

/** A number without what scanners and Japanese keyboards type beside the plain characters. */
export const plainNumber = (typed: string): string =>
  typed.normalize('NFKC').replace(/[\s‐‑–—−]/g, (mark) => (/\s/.test(mark) ? '' : '-'))
