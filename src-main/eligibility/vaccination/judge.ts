// Whether the dose of a voucher can be given on the day of the visit: voucher, person, earlier doses and intervals, each
// as lines with their source. It advises and never forbids: the doctor decides, and records may be incomplete.

import { dayOfAge } from '../ages.ts'
import { earliestOf } from '../calendar.ts'
import type { Sex } from '../model.ts'
import { advise, judgement, type VoucherAdvice, type VoucherJudgement } from '../voucher-advice.ts'
import { adviseVoucher, type VoucherContext } from '../voucher-papers.ts'
import type { Dose, VaccinationVoucher } from '../vouchers.ts'
import { adviseDoubts, countedDoses } from './counted.ts'
import { adviseInterval, adviseLeastAge, adviseLive, adviseProducts, adviseStandard } from './days.ts'
import { extensionEnd, extensionOf } from './extensions.ts'
import { adviseHistory, adviseOther, adviseSeries } from './history.ts'
import { advisePeriod } from './period.ts'
import { adviseSameAntigens } from './same-antigens.ts'
import { dosesOf, earlierDoses, periodOf, placeIn, scheduleOf } from './series.ts'
import { knownCode, sourceOf, type Vaccine, vaccineOf } from './vaccines.ts'

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
