// The days between: the age of a dose, its interval to earlier ones, other live vaccines, and products with limits of
// their own.

import { dayOfAge, firstDayAfter } from '../ages.ts'
import { advise, type VoucherAdvice } from '../voucher-advice.ts'
import type { Dose } from '../vouchers.ts'
import { leastOf } from './counted.ts'
import { shortenedBy } from './extensions.ts'
import type { EarlierDose, Place } from './series.ts'
import type { DoseRule, Extension, Schedule, Vaccine } from './shape.ts'
import { kindOf, liveInterval, nameOf, sourceOf } from './vaccines.ts'

/** Within the period, some doses have an age of their own. */
export function adviseLeastAge(rule: DoseRule, schedule: Schedule, birth: string, day: string): VoucherAdvice[] {
  const from = rule.from === undefined ? undefined : dayOfAge(birth, rule.from)
  if (from === undefined || day >= from) return []
  return [advise('wait', 'TOO_YOUNG', { date: from, age: rule.from }, sourceOf(schedule.source))]
}

interface DoseAtHand {
  readonly rule: DoseRule
  readonly schedule: Schedule
  readonly place: Place
  /** All doses of the series up to the day, oldest first. */
  readonly past: readonly EarlierDose[]
  readonly day: string
}

/** What is usual (標準的な接種期間, 標準的な間隔). Outside of it a dose can be given all the same. */
export function adviseStandard({ rule, schedule, place, past, birth, day }: DoseAtHand & { readonly birth: string }) {
  const lines: VoucherAdvice[] = []
  const basis = sourceOf('standard')
  const { from, to, isSafety } = rule.standard ?? {}
  if (to !== undefined && day > dayOfAge(birth, to)) {
    const values = { date: dayOfAge(birth, to), age: to }
    lines.push(
      isSafety
        ? advise('check', 'LATE_START', values, sourceOf(schedule.source))
        : advise('know', 'AFTER_STANDARD', values, basis),
    )
  }
  if (from !== undefined && day < dayOfAge(birth, from)) {
    lines.push(advise('know', 'BEFORE_STANDARD', { date: dayOfAge(birth, from), age: from }, basis))
  }
  const { usual, most } = rule.interval ?? {}
  const given = past.at(-1)?.givenOn
  if (given === undefined) return lines
  if (usual !== undefined && day < firstDayAfter(given, usual)) {
    lines.push(advise('know', 'USUAL_INTERVAL', { date: firstDayAfter(given, usual), given, span: usual }, basis))
  }
  if (most !== undefined && place.leftOut.size === 0 && day > firstDayAfter(given, most)) {
    lines.push(advise('know', 'LONGER_THAN_USUAL', { given, span: most }, basis))
  }
  return lines
}

const exceptionCodes = { doctor: 'INTERVAL_BY_DOCTOR', thirdDose: 'INTERVAL_THIRD_DOSE' } as const

/** The least interval to an earlier dose of the series. */
export function adviseInterval(
  dose: DoseAtHand & {
    readonly extension: Extension | undefined
    /** The first of the series that counts, else the first there is. */
    readonly first: EarlierDose | undefined
  },
): VoucherAdvice[] {
  const { rule, schedule, place, past, first, extension, day } = dose
  const { interval } = rule
  const before = interval?.since === 'first' ? first : past.at(-1)
  if (!interval || !before) return []
  const { givenOn } = before
  const { least, exception } = leastOf(interval, place)
  const date = firstDayAfter(givenOn, least)
  if (day >= date) return []
  const basis = sourceOf(schedule.source)
  const values = { date, given: givenOn, ...(interval.since === 'first' && { dose: schedule.doses[0]?.label }) }
  const isBy = (span: string) => day >= firstDayAfter(givenOn, span)
  if (exception && isBy(exception.least)) {
    return [advise('check', exceptionCodes[exception.why], { ...values, span: exception.least }, basis)]
  }
  const shorter = shortenedBy(extension, past)
  if (extension && shorter !== undefined && isBy(shorter)) {
    const byExtension = { ...values, span: shorter }
    return [advise('check', 'INTERVAL_BY_EXTENSION', byExtension, sourceOf(extension.source))]
  }
  return [advise('wait', 'INTERVAL', { ...values, span: least }, basis)]
}

/**
 * 注射生ワクチン need days between them. On one day they may be given together; a dose that `hasToWait` anyway comes after
 * those of the day as well.
 */
export function adviseLive(vaccine: Vaccine, doses: readonly Dose[], day: string, hasToWait: boolean): VoucherAdvice[] {
  if (vaccine.kind !== 'liveInjected') return []
  const lines: VoucherAdvice[] = []
  for (const { vaccineCode, vaccineName, givenOn } of doses) {
    const date = firstDayAfter(givenOn, liveInterval)
    const isBefore = hasToWait ? givenOn <= day : givenOn < day
    if (vaccine.counts.includes(vaccineCode) || !isBefore || day >= date) continue
    const kind = kindOf(vaccineCode)
    const values = { date, given: givenOn, text: nameOf(vaccineCode) ?? vaccineName, span: liveInterval }
    if (!kind) lines.push(advise('check', 'UNKNOWN_VACCINE_RECENT', values, sourceOf('interval')))
    else if (kind === 'liveInjected') lines.push(advise('wait', 'LIVE_INTERVAL', values, sourceOf('interval')))
  }
  return lines
}

/** Records do not say which product was given, so each one's limits are told. */
export function adviseProducts(
  vaccine: Vaccine,
  schedule: Schedule,
  place: Place,
  birth: string,
  day: string,
): VoucherAdvice[] {
  const lines: VoucherAdvice[] = []
  const given = place.given.size
  const basis = vaccine.productSource === undefined ? null : sourceOf(vaccine.productSource)
  for (const { name, doses, to } of vaccine.products) {
    const date = dayOfAge(birth, to)
    if (given >= doses) lines.push(advise('check', 'PRODUCT_COMPLETE', { text: name, count: doses }, basis))
    else if (day > date) lines.push(advise('check', 'PRODUCT_OVER', { text: name, date, age: to }, basis))
  }
  if (given > 0 && vaccine.products.length > 0) lines.push(advise('know', 'PRODUCT_SAME', {}, basis))
  if (schedule.product !== undefined && place.next !== null) {
    const values = { text: schedule.product, count: schedule.doses.length }
    lines.push(advise('know', 'DOSES_FOR_PRODUCT', values, sourceOf(schedule.source)))
  }
  return lines
}
