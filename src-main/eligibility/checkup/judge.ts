// Whether the checkup of a voucher can take place on the day of the visit: age by law where the law names one, the
// voucher's own period otherwise, and checkups done before. It advises and never forbids.
import { dayOfAge } from '../ages.ts'
import { earliestOf } from '../calendar.ts'
import { advise, judgement, type VoucherAdvice, type VoucherJudgement } from '../voucher-advice.ts'
import { adviseVoucher, type VoucherContext } from '../voucher-papers.ts'
import type { CheckupVoucher, PastCheckup } from '../vouchers.ts'
import { type Checkup, checkupOf, checkupSourceOf } from './checkups.ts'

interface CheckupContext extends VoucherContext {
  /** null: the source says nothing about earlier checkups. */
  readonly checkups: readonly PastCheckup[] | null
}

export function judgeCheckup(voucher: CheckupVoucher, context: CheckupContext): VoucherJudgement {
  const { day, birthDate, checkups } = context
  const lines = adviseVoucher(voucher, context)
  // 集団健診 takes place at the municipality's own venue.
  if (/集団/.test(voucher.name)) lines.push(advise('check', 'CHECKUP_GROUP'))
  const checkup = checkupOf(voucher.checkupCode, day)
  const before = (checkups ?? []).filter(
    (record) => record.doneOn <= day && record.checkupCode === voucher.checkupCode && isSame(voucher, record, checkup),
  )
  lines.push(...adviseBefore(before, checkup, day))
  if (checkups === null) lines.push(advise('know', 'HISTORY_UNKNOWN'))
  if (!checkup) return judgement(voucher.id, null, voucher.validTo, [...lines, advise('know', 'CHECKUP_UNKNOWN')])
  const to = checkup.to === undefined ? voucher.validTo : dayOfAge(birthDate, checkup.to)
  lines.push(...adviseAge(checkup, birthDate, day), ...adviseCourse(checkup, before.length))
  const latest = earliestOf(to, voucher.validTo) ?? to
  const { confirmed } = checkupSourceOf(checkup.source)
  return judgement(voucher.id, null, latest, lines, confirmed ? latest : voucher.validTo)
}

/** Checkups without a code of their own are told apart by their name. */
const isSame = (voucher: CheckupVoucher, record: PastCheckup, checkup: Checkup | undefined) =>
  checkup !== undefined || record.checkupName === voucher.name

function adviseBefore(before: readonly PastCheckup[], checkup: Checkup | undefined, day: string): VoucherAdvice[] {
  if (before.some(({ doneOn }) => doneOn === day)) return [advise('stop', 'CHECKUP_TODAY')]
  const [last] = [...before].sort((a, b) => (a.doneOn > b.doneOn ? -1 : 1))
  if (!last || (checkup && !checkup.times)) return []
  const { most, beyond } = checkup?.times ?? { most: 1, beyond: 'stop' }
  if (most > 1) {
    const values = { count: before.length, other: most }
    const basis = checkup ? checkupSourceOf(checkup.source) : null
    return before.length < most ? [] : [advise('check', 'CHECKUP_COUNT_FULL', values, basis)]
  }
  return beyond === 'stop'
    ? [advise('stop', 'CHECKUP_DONE', { given: last.doneOn })]
    : [advise('check', 'CHECKUP_AGAIN', { given: last.doneOn })]
}

function adviseAge(checkup: Checkup, birthDate: string, day: string): VoucherAdvice[] {
  const basis = checkupSourceOf(checkup.source)
  const lines: VoucherAdvice[] = []
  const from = checkup.from === undefined ? undefined : dayOfAge(birthDate, checkup.from)
  const to = checkup.to === undefined ? undefined : dayOfAge(birthDate, checkup.to)
  if (from !== undefined && day < from) {
    lines.push(advise('wait', 'CHECKUP_TOO_YOUNG', { date: from, age: checkup.from }, basis))
  }
  if (to !== undefined && day > to) lines.push(advise('stop', 'CHECKUP_TOO_OLD', { date: to, age: checkup.to }, basis))
  return lines
}

const rhythmCodes = { maternity: 'CHECKUP_WEEKS', postpartum: 'CHECKUP_POSTPARTUM' } as const

/** `count`: how often it took place already. */
function adviseCourse({ source, byMunicipality, rhythm, times, items }: Checkup, count: number): VoucherAdvice[] {
  const basis = checkupSourceOf(source)
  const lines: VoucherAdvice[] = []
  if (byMunicipality) lines.push(advise('know', 'CHECKUP_BY_MUNICIPALITY', {}, basis))
  if (rhythm) lines.push(advise('know', rhythmCodes[rhythm], {}, basis))
  if (times && times.most > 1 && 0 < count && count < times.most) {
    lines.push(advise('know', 'CHECKUP_COUNT', { count, other: times.most }, basis))
  }
  if (items) {
    const text = items.list.map(({ name }) => name).join('、')
    lines.push(advise('know', 'CHECKUP_ITEMS', { text }, checkupSourceOf(items.source)))
  }
  return lines
}
