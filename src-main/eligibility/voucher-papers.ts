// What holds for every voucher, of a dose or of a checkup: that the patient is born, its period, whose municipality it is,
// and whether the patient has answered the questionnaire.
import { dayInJapan } from './calendar.ts'
import { advise, type VoucherAdvice } from './voucher-advice.ts'
import type { CheckupVoucher, VaccinationVoucher } from './vouchers.ts'

export interface VoucherContext {
  /** The day of the visit, YYYY-MM-DD. */
  readonly day: string
  readonly birthDate: string
  /** Municipalities this clinic has a contract with, as vouchers name them; empty: nobody has said. */
  readonly municipalities: readonly string[]
}

export function adviseVoucher(
  voucher: VaccinationVoucher | CheckupVoucher,
  { day, birthDate, municipalities }: VoucherContext,
): VoucherAdvice[] {
  const { validFrom, validTo, municipality, questionnaire } = voucher
  const lines: VoucherAdvice[] = []
  // One of the two days is wrong: whatever the rule says of the age, nothing can be done then.
  if (day < birthDate) lines.push(advise('stop', 'BEFORE_BIRTH', { date: birthDate }))
  if (day < validFrom) lines.push(advise('wait', 'VOUCHER_NOT_YET', { date: validFrom }))
  if (day > validTo) lines.push(advise('stop', 'VOUCHER_OVER', { date: validTo }))
  if (municipalities.length > 0 && !municipalities.some((name) => isSameName(name, municipality))) {
    lines.push(advise('check', 'OTHER_MUNICIPALITY', { text: municipality }))
  }
  if (!questionnaire) return [...lines, advise('check', 'QUESTIONNAIRE_MISSING')]
  const answeredOn = dayInJapan(questionnaire.answeredAt)
  if (answeredOn < day) lines.push(advise('know', 'QUESTIONNAIRE_OLD', { given: answeredOn }))
  const count = questionnaire.answers.filter(({ needsDoctor }) => needsDoctor).length
  if (count > 0) lines.push(advise('check', 'QUESTIONNAIRE_DOCTOR', { count }))
  return lines
}

const isSameName = (a: string, b: string) => a.normalize('NFKC').trim() === b.normalize('NFKC').trim()
