// Whether the dose of a voucher can be given on the day of the visit: voucher, person, earlier doses and intervals, each
// as lines with their source. It advises and never forbids: the doctor decides, and records may be incomplete.

import { dayOfAge } from '../ages.ts'
import { addDays, earliestOf } from '../calendar.ts'
import type { Sex } from '../model.ts'
import { advise, judgement, type VoucherAdvice, type VoucherJudgement } from '../voucher-advice.ts'
import { adviseVoucher, type VoucherContext } from '../voucher-papers.ts'
import type { Dose, VaccinationVoucher } from '../vouchers.ts'
import { adviseDoubts, countedDoses, type Doubt } from './counted.ts'
import { adviseInterval, adviseLeastAge, adviseLive, adviseProducts, adviseStandard } from './days.ts'
import { extensionEnd, extensionOf, wasBornIn } from './extensions.ts'
import { adviseSameAntigens } from './same-antigens.ts'
import {
  differingDoses,
  dosesOf,
  type EarlierDose,
  earlierDoses,
  type Place,
  periodOf,
  placeIn,
  scheduleOf,
} from './series.ts'
import { type Extension, knownCode, type Period, type Schedule, sourceOf, type Vaccine, vaccineOf } from './vaccines.ts'

interface VaccinationContext extends VoucherContext {
  readonly birthDate: string
  readonly sex: Sex
  /** null: the source says nothing about earlier doses. */
  readonly doses: readonly Dose[] | null
}

export function judgeVaccination(voucher: VaccinationVoucher, context: VaccinationContext): VoucherJudgement {
  const { day, birthDate } = context
  const vaccine = vaccineOf(voucher.vaccineCode)
  const lines = adviseVoucher(voucher, context)
  if (!vaccine) {
    return judgement(voucher.id, null, voucher.validTo, [...lines, advise('check', 'VACCINE_UNKNOWN')])
  }
  const records = (context.doses ?? []).map((dose) => ({
    ...dose,
    vaccineCode: knownCode(dose.vaccineCode, dose.vaccineName),
  }))
  const past = earlierDoses(
    records.filter(({ givenOn }) => givenOn <= day),
    vaccine.counts,
  )
  const period = periodOf(vaccine.periods, voucher.doseNumber, birthDate, day)
  if (!period) throw new Error('a vaccine has periods')
  const { doses: given, doubts } = countedDoses(dosesOf(period, vaccine.periods, past, birthDate), {
    period,
    birth: birthDate,
    past,
  })
  const schedule = scheduleOf(period, given, birthDate, day)
  const place = placeIn(schedule, given, birthDate, day)
  const rule = schedule.doses.find(({ dose }) => dose === voucher.doseNumber) ?? place.next
  const extension = extensionOf(period, birthDate, day)
  const end = extension ? extensionEnd(extension, birthDate) : dayOfAge(birthDate, period.to)
  const latest = earliestOf(end ?? voucher.validTo, voucher.validTo) ?? voucher.validTo

  const hasHistory = context.doses !== null
  const series = adviseSeries({ schedule, place, voucher, past, doubts, hasHistory, day })
  lines.push(...adviseHistory(vaccine, hasHistory ? records : null, doubts, day), ...series)
  lines.push(...adviseDoubts(doubts, voucher.doseNumber, place.next))
  // A dose that is not to be given any more has no age and no interval to wait for.
  if (!series.some(({ weight }) => weight === 'stop')) {
    const age = advisePeriod(period, extension, birthDate, day)
    if (rule) age.push(...adviseLeastAge(rule, schedule, birthDate, day))
    const first = given[0] ?? past[0]
    const interval = rule ? adviseInterval({ rule, schedule, place, past, first, extension, day }) : []
    const hasToWait = [...age, ...interval, ...adviseLive(vaccine, records, day, false)].some(isWait)
    const between = [...interval, ...adviseLive(vaccine, records, day, hasToWait)]
    lines.push(...advisePerson(vaccine, context.sex), ...age, ...adviseOther(vaccine, past, records, day))
    lines.push(...adviseSameAntigens({ vaccine, period, rule, records, birth: birthDate, day }))
    if (!age.some(({ weight }) => weight === 'stop')) {
      lines.push(...between, ...adviseProducts(vaccine, schedule, place, birthDate, day))
      if (rule && !hasToWait) lines.push(...adviseStandard({ rule, schedule, place, past, birth: birthDate, day }))
    }
  }
  return judgement(voucher.id, rule && { number: rule.dose, label: rule.label }, latest, lines)
}

const isWait = ({ weight }: VoucherAdvice) => weight === 'wait'

function advisePerson(vaccine: Vaccine, sex: Sex): VoucherAdvice[] {
  const lines: VoucherAdvice[] = []
  if (vaccine.sex && sex !== vaccine.sex.only)
    lines.push(advise('check', 'SEX_NOT_TARGET', {}, sourceOf(vaccine.sex.source)))
  if (vaccine.discontinued) {
    const { replacement, source } = vaccine.discontinued
    lines.push(advise('check', 'VACCINE_DISCONTINUED', { text: replacement }, sourceOf(source)))
  }
  if (vaccine.unsure !== undefined) lines.push(advise('know', 'RULE_UNCONFIRMED', {}, sourceOf(vaccine.unsure)))
  return lines
}

/** How many days before the end of a period staff hear of it. */
const lastDays = 30

function advisePeriod(period: Period, extension: Extension | undefined, birth: string, day: string): VoucherAdvice[] {
  const basis = sourceOf(period.source)
  const from = dayOfAge(birth, period.from)
  const to = dayOfAge(birth, period.to)
  if (day < from) return [advise('wait', 'TOO_YOUNG', { date: from, age: period.from }, basis)]
  if (day <= to) {
    return addDays(day, lastDays) >= to ? [advise('know', 'LAST_DAYS', { date: to, age: period.to }, basis)] : []
  }
  if (extension) {
    const end = extensionEnd(extension, birth)
    const code = extension.needsMunicipality ? 'EXTENDED_IF_RECOGNISED' : 'EXTENDED'
    const weight = extension.needsMunicipality ? 'check' : 'know'
    return [advise(weight, code, end === null ? {} : { date: end }, sourceOf(extension.source))]
  }
  const lines = [advise('stop', 'TOO_OLD', { date: to, age: period.to }, basis)]
  const over = period.extensions.find((candidate) => wasBornIn(candidate, birth))
  const overOn = over && extensionEnd(over, birth)
  if (over && overOn && overOn < day)
    lines.push(advise('know', 'EXTENSION_OVER', { date: overOn }, sourceOf(over.source)))
  if (period.longIllness) {
    const limit = period.longIllness.to
    const isOpen = limit === null || day <= dayOfAge(birth, limit)
    const age = limit === null ? {} : { age: limit }
    if (isOpen) lines.push(advise('know', 'LONG_ILLNESS', age, sourceOf('longIllness')))
  }
  return lines
}

function adviseHistory(
  vaccine: Vaccine,
  doses: readonly Dose[] | null,
  doubts: readonly Doubt[],
  day: string,
): VoucherAdvice[] {
  if (doses === null) return [advise('check', 'HISTORY_UNKNOWN')]
  const ours = doses.filter(({ vaccineCode }) => vaccine.counts.includes(vaccineCode))
  const lines: VoucherAdvice[] = []
  const future = ours.find(({ givenOn }) => givenOn > day)
  if (future) lines.push(advise('check', 'RECORD_AFTER_VISIT', { given: future.givenOn, text: future.vaccineName }))
  // A dose that does not count may have been given again.
  const isDoubted = ({ givenOn }: Dose) => doubts.some(({ dose }) => dose.givenOn === givenOn)
  const differing = differingDoses(
    ours.filter((dose) => !isDoubted(dose)),
    vaccine.counts,
  )
  if (differing) {
    const [a, b] = differing
    lines.push(advise('check', 'RECORDS_DIFFER', { date: a.givenOn, given: b.givenOn }))
  }
  if (earlierDoses(ours, vaccine.counts).some(({ isOnPaper }) => isOnPaper)) {
    lines.push(advise('know', 'HISTORY_ON_PAPER'))
  }
  return lines
}

function adviseSeries(series: {
  readonly schedule: Schedule
  readonly place: Place
  readonly voucher: VaccinationVoucher
  readonly past: readonly EarlierDose[]
  readonly doubts: readonly Doubt[]
  readonly hasHistory: boolean
  readonly day: string
}): VoucherAdvice[] {
  const { schedule, place, voucher, past, day } = series
  const basis = sourceOf(schedule.source)
  const today = past.find(({ givenOn }) => givenOn === day)
  if (today) return [advise('stop', 'GIVEN_TODAY', { text: today.vaccineName })]
  const lines: VoucherAdvice[] = []
  const own = voucher.doseNumber === null ? undefined : place.given.get(voucher.doseNumber)
  const ofVoucher = schedule.doses.find(({ dose }) => dose === voucher.doseNumber)
  const label = ofVoucher?.label ?? ''
  if (own) lines.push(advise('stop', 'DOSE_GIVEN', { given: own.givenOn, dose: label }))
  else if (ofVoucher && place.leftOut.has(ofVoucher.dose)) {
    lines.push(advise('stop', 'DOSE_LEFT_OUT', { dose: label, text: place.next?.label ?? '' }, basis))
  } else if (place.next === null) {
    const count = schedule.doses.length - place.leftOut.size
    const isOfProduct = schedule.product !== undefined
    const code = isOfProduct ? 'SERIES_COMPLETE_FOR_PRODUCT' : 'SERIES_COMPLETE'
    const values = { count, ...(schedule.product !== undefined && { text: schedule.product }) }
    lines.push(advise(isOfProduct ? 'check' : 'stop', code, values, basis))
  } else if (voucher.doseNumber !== null && !ofVoucher) {
    lines.push(advise('check', 'DOSE_NUMBER_UNKNOWN', { count: voucher.doseNumber, dose: place.next.label }, basis))
  }
  const target = ofVoucher ?? place.next
  const isDoubted = (dose: number) => series.doubts.some(({ rule }) => rule.dose === dose)
  const unknown = schedule.doses.filter(
    ({ dose }) =>
      target && dose < target.dose && !place.given.has(dose) && !place.leftOut.has(dose) && !isDoubted(dose),
  )
  if (series.hasHistory && !own && unknown.length > 0) {
    lines.push(advise('check', 'EARLIER_DOSE_UNKNOWN', { dose: unknown.map((rule) => rule.label).join('、') }))
  }
  return lines
}

/** 5種混合 also holds Hib: both series should have come equally far. */
function adviseOther(
  vaccine: Vaccine,
  past: readonly EarlierDose[],
  doses: readonly Dose[],
  day: string,
): VoucherAdvice[] {
  const other = vaccineOf(vaccine.sameAs?.other ?? null)
  if (!vaccine.sameAs || !other) return []
  const count = earlierDoses(
    doses.filter(({ givenOn }) => givenOn <= day),
    other.counts,
  ).length
  if (count === past.length) return []
  const values = { text: other.name, count, other: past.length }
  return [advise('check', 'OTHER_COUNT_DIFFERS', values, sourceOf(vaccine.sameAs.source))]
}
