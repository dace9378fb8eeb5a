// The same antigen under another name: 麻しん and 風しん given apart instead of MR, 3種混合 and ポリオ instead of 5種混合. No
// law says for which dose such a record stands, so it is named with its day and a person is asked.
import { dayOfAge, firstDayAfter } from '../ages.ts'
import { advise, type VoucherAdvice } from '../voucher-advice.ts'
import type { Dose } from '../vouchers.ts'
import type { DoseRule, Period, Vaccine } from './shape.ts'
import { nameOf, sourceOf } from './vaccines.ts'

interface SameAntigens {
  readonly vaccine: Vaccine
  readonly period: Period
  readonly rule: DoseRule | null
  readonly records: readonly Dose[]
  readonly birth: string
  readonly day: string
}

export function adviseSameAntigens({ vaccine, period, rule, records, birth, day }: SameAntigens): VoucherAdvice[] {
  // What was given before the age of the programme does not stand for a dose of it, unless any dose at all ends it.
  const from = vaccine.earlierEnds === undefined ? dayOfAge(birth, period.from) : birth
  const known = records.filter(({ givenOn }) => from <= givenOn && givenOn <= day)
  const { alsoGivenAs, sameAs } = vaccine
  const also = known.filter(({ vaccineCode }) => alsoGivenAs?.codes.includes(vaccineCode))
  const lines = [...byDay(also)].map(([given, names]) =>
    advise('check', 'SAME_ANTIGEN', { given, text: names.join('・') }, alsoGivenAs && sourceOf(alsoGivenAs.source)),
  )
  // The same antigen inside a combined vaccine and alone: the interval of the dose at hand, as far as anybody can say.
  const span = rule?.interval?.since === 'last' ? rule.interval.least : undefined
  if (span === undefined) return lines
  for (const [given, names] of byDay(known.filter(({ vaccineCode }) => vaccineCode === sameAs?.other))) {
    const date = firstDayAfter(given, span)
    const values = { given, date, span, text: names.join('・') }
    if (day < date) lines.push(advise('check', 'SAME_ANTIGEN_RECENT', values, sourceOf('sameAntigen')))
  }
  return lines
}

/** Two vaccines of one day are one answer to one question. */
function byDay(doses: readonly Dose[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>()
  for (const { givenOn, vaccineCode, vaccineName } of doses) {
    const name = nameOf(vaccineCode) ?? vaccineName
    const told = names.get(givenOn) ?? []
    if (!told.includes(name)) names.set(givenOn, [...told, name])
  }
  return names
}
