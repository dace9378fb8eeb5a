// Where a person stands in a series: earlier doses from paper and from digital records put together, and laid along the
// schedule that counts for the age at which the series was begun.

import { dayOfAge, firstDayAfter } from '../ages.ts'
import type { Dose } from '../vouchers.ts'
import { periodEnd } from './extensions.ts'
import type { DoseRule, Period, Schedule } from './shape.ts'

/** Records of one dose: the same vaccine on the same day, told twice, counts once. */
export interface EarlierDose {
  readonly vaccineCode: string
  readonly vaccineName: string
  readonly givenOn: string
  readonly doseNumber: number | null
  readonly isOnPaper: boolean
}

/** Oldest first. */
export function earlierDoses(records: readonly Dose[], codes: readonly string[]): EarlierDose[] {
  const merged = new Map<string, EarlierDose>()
  for (const { vaccineCode, vaccineName, givenOn, doseNumber, medium } of records) {
    if (!codes.includes(vaccineCode)) continue
    const key = `${vaccineCode} ${givenOn}`
    const other = merged.get(key)
    merged.set(key, {
      vaccineCode,
      vaccineName,
      givenOn,
      doseNumber: doseNumber ?? other?.doseNumber ?? null,
      isOnPaper: medium === 'paper' && (other?.isOnPaper ?? true),
    })
  }
  return [...merged.values()].sort((a, b) => (a.givenOn < b.givenOn ? -1 : a.givenOn > b.givenOn ? 1 : 0))
}

/** Records that cannot both be right: one dose number on two days, or two numbers on one day. */
export function differingDoses(records: readonly Dose[], codes: readonly string[]): readonly [Dose, Dose] | null {
  const ours = records.filter(({ vaccineCode }) => codes.includes(vaccineCode))
  for (const [index, a] of ours.entries()) {
    for (const b of ours.slice(index + 1)) {
      const isOneDay = a.givenOn === b.givenOn
      const isOneNumber = a.doseNumber === b.doseNumber
      if (a.doseNumber !== null && b.doseNumber !== null && isOneDay !== isOneNumber) return [a, b]
    }
  }
  return null
}

const numbersOf = ({ schedules }: Period) => new Set(schedules.flatMap(({ doses }) => doses.map(({ dose }) => dose)))

/** The period a voucher is for: by its dose number, else by the day, else the one that comes next or was last. */
export function periodOf(
  periods: readonly Period[],
  doseNumber: number | null,
  birth: string,
  day: string,
): Period | undefined {
  const byNumber = doseNumber === null ? undefined : periods.find((period) => numbersOf(period).has(doseNumber))
  return byNumber ?? periods.find((period) => day <= periodEnd(period, birth)) ?? periods.at(-1)
}

/** Doses that belong to a period: by their number, else by the day on which they were given. */
export function dosesOf(
  period: Period,
  periods: readonly Period[],
  earlier: readonly EarlierDose[],
  birth: string,
): readonly EarlierDose[] {
  return earlier.filter(({ doseNumber, givenOn }) => periodOf(periods, doseNumber, birth, givenOn) === period)
}

/** The schedule that counts for doses given so far, with the next one to be given on `day`. */
export function scheduleOf(period: Period, given: readonly EarlierDose[], birth: string, day: string): Schedule {
  const start = given[0]?.givenOn ?? day
  const second = given[1]?.givenOn
  const fits = ({ startedBy, firstGap }: Schedule) =>
    (startedBy === undefined || start <= dayOfAge(birth, startedBy)) &&
    (firstGap === undefined || second === undefined || second >= firstDayAfter(start, firstGap))
  const last = period.schedules.at(-1)
  const schedule = period.schedules.find(fits) ?? last
  if (!schedule) throw new Error('a period has schedules')
  return schedule
}

export interface Place {
  /** The dose that is next, null when the series is complete. */
  readonly next: DoseRule | null
  /** Doses known to have been given, by their number in the schedule. */
  readonly given: ReadonlyMap<number, EarlierDose>
  /** Doses that are not given any more. */
  readonly leftOut: ReadonlySet<number>
  /** Doses before the next one of which there is no record. */
  readonly missing: readonly DoseRule[]
}

/** Lays the doses along the schedule. A dose with a number stands at that number, whatever is missing before it. */
export function placeIn({ doses }: Schedule, given: readonly EarlierDose[], birth: string, day: string): Place {
  const known = new Map<number, EarlierDose>()
  const leftOut = new Set<number>()
  let at = 0
  let last: EarlierDose | undefined
  const skip = (on: string) => {
    for (let rule = doses[at]; rule; rule = doses[at]) {
      const isTooLate = rule.leftOutAfter !== undefined && on > dayOfAge(birth, rule.leftOutAfter)
      const wasTooLate =
        rule.leftOutIfLastAfter !== undefined &&
        last !== undefined &&
        last.givenOn > dayOfAge(birth, rule.leftOutIfLastAfter)
      if (at === 0 || !(isTooLate || wasTooLate)) return
      leftOut.add(rule.dose)
      at++
    }
  }
  for (const dose of given) {
    // One dose on two days: the records differ, and it counts once.
    if (dose.doseNumber !== null && known.has(dose.doseNumber)) continue
    skip(dose.givenOn)
    const numbered = doses.findIndex((rule, index) => index >= at && rule.dose === dose.doseNumber)
    const index = numbered === -1 ? at : numbered
    const rule = doses[index]
    if (rule) known.set(rule.dose, dose)
    at = index + 1
    last = dose
  }
  skip(day)
  const missing = doses.slice(0, at).filter(({ dose }) => !known.has(dose) && !leftOut.has(dose))
  return { next: doses[at] ?? null, given: known, leftOut, missing }
}
