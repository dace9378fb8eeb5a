// Whether the checkup of a voucher can take place on the day of the visit: age by law where the law names one, the
// voucher's own period otherwise, and checkups done before. It advises and never forbids.
import { z } from 'zod'
import { ageSchema, dayOfAge } from '../ages.ts'
import type { Basis } from '../basis.ts'
import { earliestOf } from '../calendar.ts'
import { advise, judgement, type VoucherAdvice, type VoucherJudgement } from '../voucher-advice.ts'
import { adviseVoucher, type VoucherContext } from '../voucher-papers.ts'
import type { CheckupVoucher, PastCheckup } from '../vouchers.ts'
import data from './checkups.json' with { type: 'json' }

const date = z.iso.date()
const table = z
  .strictObject({
    about: z.string(),
    asOf: date,
    sources: z.record(
      z.string(),
      z.strictObject({ title: z.string(), date, confirmed: z.boolean(), read: z.string() }),
    ),
    checkups: z.array(
      z.strictObject({
        code: z.string(),
        name: z.string(),
        source: z.string(),
        from: ageSchema.optional(),
        to: ageSchema.optional(),
        onlyOnce: z.boolean().default(false),
        /** How often it usually takes place (妊婦健診). */
        usualCount: z.int().optional(),
      }),
    ),
  })
  .parse(data)
type Checkup = (typeof table)['checkups'][number]

function sourceOf({ source }: Checkup): Basis {
  const found = table.sources[source]
  if (!found) throw new Error(`no source ${source}`)
  return { title: found.title, date: found.date, confirmed: found.confirmed }
}

interface CheckupContext extends VoucherContext {
  readonly birthDate: string
  /** null: the source says nothing about earlier checkups. */
  readonly checkups: readonly PastCheckup[] | null
}

export function judgeCheckup(voucher: CheckupVoucher, context: CheckupContext): VoucherJudgement {
  const { day, birthDate, checkups } = context
  const lines = adviseVoucher(voucher, context)
  // 集団健診 takes place at the municipality's own venue.
  if (/集団/.test(voucher.name)) lines.push(advise('check', 'CHECKUP_GROUP'))
  const checkup = table.checkups.find(({ code }) => code === voucher.checkupCode)
  const before = (checkups ?? []).filter(
    (record) => record.doneOn <= day && record.checkupCode === voucher.checkupCode && isSame(voucher, record, checkup),
  )
  lines.push(...adviseBefore(before, checkup, day))
  if (checkups === null) lines.push(advise('know', 'HISTORY_UNKNOWN'))
  if (!checkup) return judgement(voucher.id, null, voucher.validTo, [...lines, advise('know', 'CHECKUP_UNKNOWN')])
  const basis = sourceOf(checkup)
  const to = checkup.to === undefined ? voucher.validTo : dayOfAge(birthDate, checkup.to)
  const from = checkup.from === undefined ? undefined : dayOfAge(birthDate, checkup.from)
  if (from !== undefined && day < from) {
    lines.push(advise('wait', 'CHECKUP_TOO_YOUNG', { date: from, age: checkup.from }, basis))
  }
  if (day > to && checkup.to !== undefined) {
    lines.push(advise('stop', 'CHECKUP_TOO_OLD', { date: to, age: checkup.to }, basis))
  }
  if (checkup.usualCount !== undefined) {
    lines.push(advise('know', 'CHECKUP_WEEKS', {}, basis))
    if (before.length > 0) {
      lines.push(advise('know', 'CHECKUP_COUNT', { count: before.length, other: checkup.usualCount }, basis))
    }
  }
  const latest = earliestOf(to, voucher.validTo) ?? to
  return judgement(voucher.id, null, latest, lines, basis.confirmed ? latest : voucher.validTo)
}

/** Checkups without a code of their own are told apart by their name. */
const isSame = (voucher: CheckupVoucher, record: PastCheckup, checkup: Checkup | undefined) =>
  checkup !== undefined || record.checkupName === voucher.name

function adviseBefore(before: readonly PastCheckup[], checkup: Checkup | undefined, day: string): VoucherAdvice[] {
  if (before.some(({ doneOn }) => doneOn === day)) return [advise('stop', 'CHECKUP_TODAY')]
  const [last] = [...before].sort((a, b) => (a.doneOn > b.doneOn ? -1 : 1))
  if (!last || checkup?.onlyOnce === false) return []
  return [advise('stop', 'CHECKUP_DONE', { given: last.doneOn })]
}
