// The age at which a dose may be given: the period of the programme, its extensions, and who is let in outside of it.
import { dayOfAge } from '../ages.ts'
import { addDays } from '../calendar.ts'
import { advise, type VoucherAdvice } from '../voucher-advice.ts'
import { extensionEnd, wasBornIn } from './extensions.ts'
import { type Extension, type Period, sourceOf } from './vaccines.ts'

/** How many days before the end of a period staff hear of it. */
const lastDays = 30

export function advisePeriod(
  period: Period,
  extension: Extension | undefined,
  birth: string,
  day: string,
): VoucherAdvice[] {
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
