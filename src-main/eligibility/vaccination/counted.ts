// Which recorded doses count. A dose that was given is judged by its own day: its age, and its interval to the one before.
// One that was too early, or outside the period, does not count as a dose of the series; that is said, and a person
// decides, because a record may be wrong and a municipality may recognise a dose all the same.
import { dayOfAge, firstDayAfter } from '../ages.ts'
import { advise, type VoucherAdvice } from '../voucher-advice.ts'
import { extensionOf, periodEnd, shortenedBy } from './extensions.ts'
import { type EarlierDose, type Place, placeIn, scheduleOf } from './series.ts'
import type { DoseRule, Period, Schedule } from './shape.ts'
import { sourceOf } from './vaccines.ts'

/** A dose that does not count, with the rule it would have been given by. */
export interface Doubt {
  readonly dose: EarlierDose
  readonly rule: DoseRule
  /**
   * `voluntary`: before the age of the programme, where that is known not to count; `tooYoung`: before that age or its own;
   * `tooSoon`: before its interval; `afterPeriod`: after the age of the programme; `surplus`: of a number that this
   * schedule does not have.
   */
  readonly why: 'voluntary' | 'tooYoung' | 'tooSoon' | 'afterPeriod' | 'surplus'
  readonly values: VoucherAdvice['values']
  readonly source: string
}

export interface Counted {
  readonly doses: readonly EarlierDose[]
  readonly doubts: readonly Doubt[]
}

interface Before {
  /** The period as its rules were on a day. */
  readonly periodOn: (day: string) => Period
  readonly birth: string
  /** Every dose of the series, of all periods, oldest first. */
  readonly past: readonly EarlierDose[]
}

/** Goes along the doses of one period, oldest first: what does not count does not move the series on. */
export function countedDoses(given: readonly EarlierDose[], before: Before): Counted {
  const doses: EarlierDose[] = []
  const doubts: Doubt[] = []
  for (const dose of given) {
    const doubt = doubtOf(dose, doses, before)
    if (doubt) doubts.push(doubt)
    else doses.push(dose)
  }
  return { doses, doubts }
}

/** null: it counts, or it has no place in the series, where nothing can be said of it. */
function doubtOf(dose: EarlierDose, counted: readonly EarlierDose[], before: Before): Doubt | null {
  const { periodOn, birth, past } = before
  const { givenOn, doseNumber } = dose
  const period = periodOn(givenOn)
  // As if it counted: with it the series may be one of another schedule.
  const schedule = scheduleOf(period, [...counted, dose], birth, givenOn)
  const place = placeIn(schedule, counted, birth, givenOn)
  // One dose on two days: the records differ, which is said elsewhere.
  if (doseNumber !== null && place.given.has(doseNumber)) return null
  const numbered = schedule.doses.find((rule) => rule.dose === doseNumber)
  const rule = numbered ?? place.next
  if (!rule) return null
  const at: AtHand = { dose, rule, period, schedule, place, first: counted[0], birth, past }
  const doubt = outsidePeriod(at) ?? tooYoung(at) ?? tooSoon(at)
  // A number that this schedule does not have says itself that it was not meant as the dose that comes next.
  return doubt && doseNumber !== null && !numbered ? { ...doubt, why: 'surplus', source: schedule.source } : doubt
}

interface AtHand extends Omit<Before, 'periodOn'> {
  readonly period: Period
  readonly dose: EarlierDose
  readonly rule: DoseRule
  readonly schedule: Schedule
  readonly place: Place
  readonly first: EarlierDose | undefined
}

function outsidePeriod({ dose, rule, period, birth }: AtHand): Doubt | null {
  const { givenOn: given } = dose
  const from = dayOfAge(birth, period.from)
  if (given < from) {
    const { earlyIsVoluntary } = period
    const early = { dose, rule, values: { given, date: from, age: period.from } }
    return earlyIsVoluntary === undefined
      ? { ...early, why: 'tooYoung', source: period.source }
      : { ...early, why: 'voluntary', source: earlyIsVoluntary }
  }
  const { source } = period
  const to = periodEnd(period, birth)
  if (given <= to || extensionOf(period, birth, given)) return null
  return { dose, rule, why: 'afterPeriod', values: { given, date: to, age: period.to ?? undefined }, source }
}

function tooYoung({ dose, rule, schedule, birth }: AtHand): Doubt | null {
  const from = rule.from === undefined ? undefined : dayOfAge(birth, rule.from)
  if (from === undefined || dose.givenOn >= from) return null
  const values = { given: dose.givenOn, date: from, age: rule.from }
  return { dose, rule, why: 'tooYoung', values, source: schedule.source }
}

/** An interval that a doctor may find long enough was long enough; whatever the product was, the shortest holds. */
function tooSoon({ dose, rule, schedule, place, first, period, birth, past }: AtHand): Doubt | null {
  const { givenOn: given } = dose
  const { interval } = rule
  const last = past.filter(({ givenOn }) => givenOn < given).at(-1)
  const before = interval?.since === 'first' ? first : last
  if (!interval || !before) return null
  const { least, exception } = leastOf(interval, place)
  const spans = [exception?.least, interval.ofAnyProduct, shortenedBy(extensionOf(period, birth, given), past), least]
  const isLong = spans.some((span) => span !== undefined && given >= firstDayAfter(before.givenOn, span))
  if (isLong) return null
  const since = interval.since === 'first' ? { text: schedule.doses[0]?.label } : {}
  const values = { given, date: firstDayAfter(before.givenOn, least), span: least, ...since }
  return { dose, rule, why: 'tooSoon', values, source: schedule.source }
}

/** The interval that holds, with the shorter one that does by exception. */
export function leastOf(interval: NonNullable<DoseRule['interval']>, { leftOut }: Place) {
  const { least, exception, afterLeftOut } = interval
  return leftOut.size > 0 && afterLeftOut ? afterLeftOut : { least, exception }
}

/**
 * What is said about the doses that do not count. It needs a person where the record says of itself that it was that dose,
 * or the voucher takes it for given.
 */
export function adviseDoubts(doubts: readonly Doubt[], doseNumber: number | null, next: DoseRule | null) {
  const isNext = doseNumber === null || doseNumber === next?.dose
  return doubts.map((doubt) => adviseDoubt(doubt, doubt.dose.doseNumber === null && isNext))
}

function adviseDoubt({ dose, rule, why, values, source }: Doubt, isAgreed: boolean): VoucherAdvice {
  const told = { ...values, dose: rule.label }
  const basis = sourceOf(source)
  switch (why) {
    case 'voluntary':
      return isAgreed
        ? advise('know', 'RECORD_VOLUNTARY', told, basis)
        : advise('check', 'RECORD_TOO_YOUNG', told, basis)
    case 'tooYoung':
      return advise('check', 'RECORD_TOO_YOUNG', told, basis)
    case 'tooSoon':
      return advise('check', 'RECORD_TOO_SOON', told, basis)
    case 'afterPeriod':
      return advise('check', 'RECORD_AFTER_PERIOD', told, basis)
    case 'surplus':
      return advise('know', 'RECORD_SURPLUS', { given: dose.givenOn, count: dose.doseNumber ?? 0 }, basis)
  }
}
