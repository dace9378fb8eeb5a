// What holds for a vaccine as a whole: whether the programme is there on the day, whom it is for, and what is used now.
import type { Sex } from '../model.ts'
import { advise, type VoucherAdvice } from '../voucher-advice.ts'
import type { Vaccine } from './shape.ts'
import { sourceOf } from './vaccines.ts'

export function adviseProgramme({ programme }: Vaccine, day: string): VoucherAdvice[] {
  const { from, to, source } = programme ?? {}
  if (source === undefined) return []
  const basis = sourceOf(source)
  if (from !== undefined && day < from) return [advise('wait', 'PROGRAMME_NOT_YET', { date: from }, basis)]
  return to !== undefined && day > to ? [advise('stop', 'PROGRAMME_OVER', { date: to }, basis)] : []
}

export function advisePerson(vaccine: Vaccine, sex: Sex): VoucherAdvice[] {
  const lines: VoucherAdvice[] = []
  if (vaccine.sex && sex !== vaccine.sex.only) {
    lines.push(advise('check', 'SEX_NOT_TARGET', { text: vaccine.sex.who }, sourceOf(vaccine.sex.source)))
  }
  if (vaccine.test) lines.push(advise('check', 'TEST_NEEDED', { date: vaccine.test.by }, sourceOf(vaccine.test.source)))
  if (vaccine.discontinued) {
    const { replacement, source } = vaccine.discontinued
    lines.push(advise('check', 'VACCINE_DISCONTINUED', { text: replacement }, sourceOf(source)))
  }
  if (vaccine.unsure !== undefined) lines.push(advise('know', 'RULE_UNCONFIRMED', {}, sourceOf(vaccine.unsure)))
  return lines
}

/** `begunOn`: the first dose of the series. */
export function adviseUse({ uses, goesOnWith }: Vaccine, begunOn: string | undefined): VoucherAdvice[] {
  const lines: VoucherAdvice[] = []
  if (uses) lines.push(advise('know', 'PRODUCT_NOW', { text: uses.text }, sourceOf(uses.source)))
  if (goesOnWith && begunOn !== undefined && begunOn < goesOnWith.ifBegunBefore) {
    lines.push(advise('know', 'PRODUCT_GOES_ON', { text: goesOnWith.text }, sourceOf(goesOnWith.source)))
  }
  return lines
}
