// What earlier records say about the dose at hand: whether they are whole, which dose comes next, and whether another
// series has come equally far.
import { advise, type VoucherAdvice } from '../voucher-advice.ts'
import type { Dose, VaccinationVoucher } from '../vouchers.ts'
import type { Doubt } from './counted.ts'
import { differingDoses, type EarlierDose, earlierDoses, type Place } from './series.ts'
import type { Schedule, Vaccine } from './shape.ts'
import { sourceOf, vaccineOf } from './vaccines.ts'

export function adviseHistory(
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

export function adviseSeries(series: {
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
export function adviseOther(
  vaccine: Vaccine,
  past: readonly EarlierDose[],
  doses: readonly Dose[],
  day: string,
): VoucherAdvice[] {
  const other = vaccineOf(vaccine.sameAs?.other ?? null, day)
  if (!vaccine.sameAs || !other) return []
  const count = earlierDoses(
    doses.filter(({ givenOn }) => givenOn <= day),
    other.counts,
  ).length
  if (count === past.length) return []
  const values = { text: other.name, count, other: past.length }
  return [advise('check', 'OTHER_COUNT_DIFFERS', values, sourceOf(vaccine.sameAs.source))]
}
