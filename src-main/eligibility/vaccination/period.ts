// The age at which a dose may be given: the period of the programme, its extensions, and who is let in outside of it.
import { dayOfAge } from '../ages.ts'
import { addDays } from '../calendar.ts'
import { advise, type VoucherAdvice } from '../voucher-advice.ts'
import { extensionEnd, extensionStart, periodEnd, wasBornIn } from './extensions.ts'
import type { Extension, Period } from './shape.ts'
import { sourceOf } from './vaccines.ts'

/** How many days before the end of a period staff hear of it. */
const lastDays = 30

export function advisePeriod(
  period: Period,
  extension: Extension | undefined,
  birth: string,
  day: string,
): VoucherAdvice[] {
  const { born } = period
  if (born && (birth < born.from || born.to < birth)) {
    return [advise('stop', 'NOT_IN_COHORT', { date: born.from, to: born.to }, sourceOf(period.source))]
  }
  const to = periodEnd(period, birth)
  if (day < dayOfAge(birth, period.from)) return [adviseYoung(period, birth, day)]
  if (day <= to) {
    const isEnding = addDays(day, lastDays) >= to
    const age = period.to ?? undefined
    return isEnding ? [advise('know', 'LAST_DAYS', { date: to, age }, sourceOf(period.source))] : []
  }
  return extension ? [adviseExtended(extension, birth)] : adviseOld(period, birth, day)
}

function adviseYoung({ from, source, ifIll }: Period, birth: string, day: string): VoucherAdvice {
  const values = { date: dayOfAge(birth, from), age: from }
  if (ifIll && dayOfAge(birth, ifIll.from) <= day) {
    return advise('check', 'ONLY_IF_ILL', { ...values, text: ifIll.who }, sourceOf(ifIll.source))
  }
  return advise('wait', 'TOO_YOUNG', values, sourceOf(source))
}

function adviseExtended(extension: Extension, birth: string): VoucherAdvice {
  const code = extension.needsMunicipality ? 'EXTENDED_IF_RECOGNISED' : 'EXTENDED'
  const weight = extension.needsMunicipality ? 'check' : 'know'
  return advise(weight, code, { date: extensionEnd(extension, birth) }, sourceOf(extension.source))
}

function adviseOld(period: Period, birth: string, day: string): VoucherAdvice[] {
  const values = { date: periodEnd(period, birth), age: period.to ?? undefined }
  const lines = [advise('stop', 'TOO_OLD', values, sourceOf(period.source))]
  const theirs = period.extensions.filter((extension) => wasBornIn(extension, birth))
  const next = theirs.find((extension) => {
    const start = extensionStart(extension, birth)
    return start !== null && day < start && start <= extensionEnd(extension, birth)
  })
  const over = theirs.find((extension) => extensionEnd(extension, birth) < day)
  if (next) {
    const date = extensionStart(next, birth) ?? undefined
    lines.push(advise('know', 'NEXT_CHANCE', { date, age: next.fromAge }, sourceOf(next.source)))
  } else if (over && over.fromAge === undefined) {
    const date = extensionEnd(over, birth)
    lines.push(advise('know', 'EXTENSION_OVER', { date }, sourceOf(over.source)))
  }
  if (period.longIllness) {
    const limit = period.longIllness.to
    const isOpen = limit === null || day <= dayOfAge(birth, limit)
    const age = limit === null ? {} : { age: limit }
    if (isOpen) lines.push(advise('know', 'LONG_ILLNESS', age, sourceOf('longIllness')))
  }
  return lines
}
