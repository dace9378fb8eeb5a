// Whether the dose of a voucher can be given on the day of the visit: voucher, person, earlier doses and intervals, each
// as lines with their source. It advises and never forbids: the doctor decides, and records may be incomplete.

import { earliestOf } from '../calendar.ts'
import type { Sex } from '../model.ts'
import { advise, judgement, type VoucherAdvice, type VoucherJudgement } from '../voucher-advice.ts'
import { adviseVoucher, type VoucherContext } from '../voucher-papers.ts'
import type { Dose, VaccinationVoucher } from '../vouchers.ts'
import { adviseDoubts, countedDoses } from './counted.ts'
import { adviseInterval, adviseLeastAge, adviseLive, adviseProducts, adviseStandard } from './days.ts'
import { extensionEnd, extensionOf, periodEnd } from './extensions.ts'
import { adviseHistory, adviseOther, adviseSeries } from './history.ts'
import { occasionOf } from './occasion.ts'
import { advisePeriod } from './period.ts'
import { advisePerson, adviseProgramme, adviseUse } from './programme.ts'
import { adviseSameAntigens } from './same-antigens.ts'
import { dosesOf, earlierDoses, periodOf, placeIn, scheduleOf } from './series.ts'
import { knownCode, vaccineOf } from './vaccines.ts'

interface VaccinationContext extends VoucherContext {
  readonly sex: Sex
  /** null: the source says nothing about earlier doses. */
  readonly doses: readonly Dose[] | null
  /** 出産予定日, where somebody has said it. */
  readonly dueDate?: string | null
}

export function judgeVaccination(voucher: VaccinationVoucher, context: VaccinationContext): VoucherJudgement {
  const { day, birthDate } = context
  const vaccine = vaccineOf(voucher.vaccineCode, day)
  const lines = adviseVoucher(voucher, context)
  if (!vaccine) {
    return judgement(voucher.id, null, voucher.validTo, [...lines, advise('check', 'VACCINE_UNKNOWN')])
  }
  const records = (context.doses ?? []).map((dose) => ({
    ...dose,
    vaccineCode: knownCode(dose.vaccineCode, dose.vaccineName),
  }))
  const earlier = earlierDoses(
    records.filter(({ givenOn }) => givenOn <= day),
    vaccine.counts,
  )
  const { past, lines: occasion } = occasionOf(vaccine, earlier, day, context.dueDate ?? null)
  const period = periodOf(vaccine.periods, voucher.doseNumber, birthDate, day)
  if (!period) throw new Error('a vaccine has periods')
  const periodOn = (on: string) =>
    vaccineOf(vaccine.code, on)?.periods.find(({ name }) => name === period.name) ?? period
  const ofPeriod = dosesOf(period, vaccine.periods, past, birthDate)
  const { doses: given, doubts } =
    vaccine.earlierEnds === undefined
      ? countedDoses(ofPeriod, { periodOn, birth: birthDate, past })
      : { doses: ofPeriod, doubts: [] }
  const schedule = scheduleOf(period, given, birthDate, day)
  const place = placeIn(schedule, given, birthDate, day)
  const rule = schedule.doses.find(({ dose }) => dose === voucher.doseNumber) ?? place.next
  const extension = extensionOf(period, birthDate, day)
  const end = extension ? extensionEnd(extension, birthDate) : periodEnd(period, birthDate)
  const latest = earliestOf(end, voucher.validTo, vaccine.programme?.to ?? voucher.validTo) ?? voucher.validTo

  const hasHistory = context.doses !== null
  const series = adviseSeries({ schedule, place, voucher, past, doubts, hasHistory, day })
  lines.push(...adviseHistory(vaccine, hasHistory ? records : null, doubts, day), ...series)
  lines.push(...adviseDoubts(doubts, voucher.doseNumber, place.next))
  // A dose that is not to be given any more has no age and no interval to wait for.
  if (!series.some(({ weight }) => weight === 'stop')) {
    const age = [...adviseProgramme(vaccine, day), ...advisePeriod(period, extension, birthDate, day), ...occasion]
    if (rule) age.push(...adviseLeastAge(rule, schedule, birthDate, day))
    const first = given[0] ?? past[0]
    const interval = rule ? adviseInterval({ rule, schedule, place, past, first, extension, day }) : []
    const hasToWait = [...age, ...interval, ...adviseLive(vaccine, records, day, false)].some(isWait)
    const between = [...interval, ...adviseLive(vaccine, records, day, hasToWait)]
    lines.push(...advisePerson(vaccine, context.sex), ...age, ...adviseOther(vaccine, past, records, day))
    lines.push(...adviseSameAntigens({ vaccine, period, rule, records, birth: birthDate, day }))
    if (!age.some(({ weight }) => weight === 'stop')) {
      lines.push(...between, ...adviseUse(vaccine, past[0]?.givenOn))
      lines.push(...adviseProducts(vaccine, schedule, place, birthDate, day))
      if (rule && !hasToWait) lines.push(...adviseStandard({ rule, schedule, place, past, birth: birthDate, day }))
    }
  }
  return judgement(voucher.id, rule && { number: rule.dose, label: rule.label }, latest, lines)
}

const isWait = ({ weight }: VoucherAdvice) => weight === 'wait'
