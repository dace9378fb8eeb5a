// What the patient pays here today, as far as it is certain: the treatment's cost, what insurance leaves of it, and then each
// 公費 in the order of the claim. Every amount comes with the steps that led to it. What nobody said stays open: an amount
// is then a range, the range is carried on, and what would close it is named. So a certificate that pays everything is 0 yen
// although an earlier one is unclear, and nothing is ever guessed. Outpatients only.
import type { ShareRule } from './rule.ts'

/** Yen; `low` and `high` are the same where the amount is certain. */
export interface Amount {
  readonly low: number
  readonly high: number
}

export interface ShareClaim {
  /** Null: it is not known what this 公費 leaves to the patient. */
  readonly rule: ShareRule | null
  /** 月額自己負担上限額 on the certificate; `none` where it says that there is none, null where nobody said. */
  readonly monthlyCap: number | 'none' | null
  /** Points of this visit that it pays for; null: nobody said. Asked only of a rule that `coversPart`. */
  readonly coveredPoints: number | null
  /** What came before in the month of the visit; null where it is not known. */
  readonly soFar: {
    /** Visits here that were charged, and days on which there was one, today left out. */
    readonly visits: number | null
    readonly days: number | null
    /** Yen paid here under it earlier today. */
    readonly paidToday: number | null
    /** Yen paid under it this month, in the scope that its rule counts in. */
    readonly paidThisMonth: number | null
  }
}

export interface ShareBill {
  /** 点数 of the visit, ten yen each. */
  readonly points: number
  /** What insurance leaves to the patient, in percent of the cost; 100 without insurance; null: not known. */
  readonly insurancePercent: 10 | 20 | 30 | 100 | null
  /** A 初診料 is charged; null: nobody said. */
  readonly isFirstVisit: boolean | null
  /** In the order of the claim. */
  readonly claims: readonly ShareClaim[]
}

export const missingCodes = [
  'INSURANCE_PERCENT',
  'RULE',
  'COVERED_POINTS',
  'OVERLAP',
  'FIRST_VISIT',
  'VISITS_SO_FAR',
  'DAYS_SO_FAR',
  'PAID_TODAY',
  'PAID_THIS_MONTH',
  'MONTHLY_CAP',
  'ROUNDING',
] as const
export interface Missing {
  readonly code: (typeof missingCodes)[number]
  /** Place among the claims; null: about the visit as a whole. */
  readonly claim: number | null
}

type StepOf<Code extends string, Values = object> = {
  readonly code: Code
  /** Place among the claims; null: about the visit as a whole. */
  readonly claim: number | null
  /** The patient's share after this step. */
  readonly amount: Amount
} & Readonly<Values>

export type Step =
  | StepOf<'COST', { points: number }>
  | StepOf<'INSURANCE', { percent: number | null }>
  | StepOf<'PART', { points: number }>
  | StepOf<'NOTHING' | 'RULE_UNKNOWN' | 'NOT_FIRST_VISIT'>
  | StepOf<'PERCENT_OF_COST', { percent: number }>
  | StepOf<'FRACTION', { numerator: number; denominator: number }>
  | StepOf<
      'COUNT_LIMIT' | 'COUNT_USED',
      { per: 'visit' | 'day'; yen: number; most: number | null; nth: number | null; paid: number | null }
    >
  | StepOf<'MONTH_LIMIT', { yen: number; paid: number | null }>
  | StepOf<'ROUNDED', { to: 1 | 10; way: 'half' | 'down' | 'up' }>
  | StepOf<'REST', { points: number }>
  | StepOf<'TOTAL'>

export interface Share {
  readonly amount: Amount
  /** Empty just when the amount is certain. */
  readonly missing: readonly Missing[]
  readonly steps: readonly Step[]
}

/** Total for any bill; amounts are whole yen from 0 to the cost. */
export function patientShare(bill: ShareBill): Share {
  const working: Working = { steps: [], missing: [] }
  const { points, insurancePercent, claims } = bill
  working.steps.push({ code: 'COST', claim: null, points, amount: exact(points * 10) })
  if (insurancePercent === null) working.missing.push({ code: 'INSURANCE_PERCENT', claim: null })
  working.steps.push({ code: 'INSURANCE', claim: null, percent: insurancePercent, amount: left(bill, points) })

  const part = partOf(bill)
  let amount = left(bill, part ?? points)
  let rest = left(bill, points - (part ?? points))
  for (const [place, claim] of claims.entries()) {
    // The first may pay for its own illness only; what is left of the rest of the visit joins in with the next.
    const isPart = part !== null && place === 0
    if (isPart) working.steps.push({ code: 'PART', claim: place, points: part, amount })
    else [amount, rest] = [plus(amount, rest), exact(0)]
    amount = withClaim(amount, { bill, claim, place, points: isPart ? part : points }, working)
  }
  if (rest.high > 0) {
    rest = rounded(rest, byLaw)
    working.steps.push({ code: 'REST', claim: null, points: points - (part ?? points), amount: rest })
  }
  const total = claims.length === 0 ? rounded(amount, byLaw) : plus(amount, rest)
  working.steps.push({ code: 'TOTAL', claim: null, amount: total })
  return { amount: total, missing: isCertain(total) ? [] : working.missing, steps: working.steps }
}

interface Working {
  readonly steps: Step[]
  readonly missing: Missing[]
}

/** One 公費 at its place on the claim; `points` of the visit come to it. */
interface Turn {
  readonly bill: ShareBill
  readonly claim: ShareClaim
  readonly place: number
  readonly points: number
}

/** 健康保険法 第75条: a 一部負担金 is rounded to ten yen, five and more upwards. */
const byLaw = { to: 10, way: 'half' } as const

const exact = (yen: number): Amount => ({ low: yen, high: yen })
const isCertain = ({ low, high }: Amount): boolean => low === high
const plus = (one: Amount, other: Amount): Amount => ({ low: one.low + other.low, high: one.high + other.high })
const limited = ({ low, high }: Amount, limit: Amount): Amount => ({
  low: Math.min(low, limit.low),
  high: Math.min(high, limit.high),
})

/** What insurance leaves of so many points: between one and three tenths where the share is not known. */
const left = ({ insurancePercent }: ShareBill, points: number): Amount => ({
  low: (points * (insurancePercent ?? 10)) / 10,
  high: (points * (insurancePercent ?? 30)) / 10,
})

const paysForSome = ({ rule, coveredPoints }: ShareClaim, points: number): boolean =>
  rule?.coversPart === true && coveredPoints !== null && coveredPoints < points

/** The points that the first 公費 pays for where that is less than all, and it is the only such one; else null. */
function partOf({ claims, points }: ShareBill): number | null {
  const some = claims.filter((claim) => paysForSome(claim, points))
  const first = claims[0]
  return some.length === 1 && first !== undefined && some[0] === first ? first.coveredPoints : null
}

function withClaim(before: Amount, turn: Turn, working: Working): Amount {
  const { claim, place, points } = turn
  const { rule } = claim
  const upTo = (code: Missing['code'], amount: Amount): Amount => {
    working.missing.push({ code, claim: place })
    // Rounding upwards may have lifted a few yen above what came.
    return { low: Math.min(amount.low, before.low), high: Math.max(amount.high, before.high) }
  }
  if (rule === null) {
    const amount = upTo('RULE', exact(0))
    working.steps.push({ code: 'RULE_UNKNOWN', claim: place, amount })
    return amount
  }
  const paid = withRule(before, rule, turn, working)
  if (!rule.coversPart) return paid
  // For how much of the visit it pays decides between this and all that came to it.
  if (claim.coveredPoints === null) return upTo('COVERED_POINTS', paid)
  return claim.coveredPoints < points ? upTo('OVERLAP', exact(0)) : paid
}

function withRule(before: Amount, rule: ShareRule, turn: Turn, working: Working): Amount {
  const { bill, claim, place, points } = turn
  let amount = borne(before, rule, points * 10, place, working)
  if (rule.firstVisitOnly && amount.high > 0 && bill.isFirstVisit !== true) {
    amount = { low: 0, high: bill.isFirstVisit === null ? amount.high : 0 }
    if (bill.isFirstVisit === null) working.missing.push({ code: 'FIRST_VISIT', claim: place })
    working.steps.push({ code: 'NOT_FIRST_VISIT', claim: place, amount })
  }
  amount = roundedBy(amount, rule, place, working)
  const { visits, days, paidToday } = claim.soFar
  if (rule.perVisit) {
    const { yen, times: most } = rule.perVisit
    amount = withinCount(amount, { per: 'visit', yen, most, before: visits, paid: 0 }, place, working)
  }
  if (rule.perDay) {
    const { yen, days: most } = rule.perDay
    amount = withinCount(amount, { per: 'day', yen, most, before: days, paid: paidToday }, place, working)
  }
  return rule.perMonth ? withinMonth(amount, rule.perMonth, claim, place, working) : amount
}

function borne(before: Amount, { bears }: ShareRule, cost: number, claim: number, { steps }: Working): Amount {
  switch (bears.kind) {
    case 'remainder':
      return before
    case 'nothing':
      steps.push({ code: 'NOTHING', claim, amount: exact(0) })
      return exact(0)
    case 'percentOfCost': {
      const { percent } = bears
      const amount = limited(before, exact((cost * percent) / 100))
      steps.push({ code: 'PERCENT_OF_COST', claim, percent, amount })
      return amount
    }
    case 'fractionOfRemainder': {
      const { numerator, denominator } = bears
      const of = (yen: number) => (yen * numerator) / denominator
      const amount = { low: of(before.low), high: of(before.high) }
      steps.push({ code: 'FRACTION', claim, numerator, denominator, amount })
      return amount
    }
  }
}

function roundedBy(amount: Amount, { rounding }: ShareRule, claim: number, { steps, missing }: Working): Amount {
  const result = rounding
    ? rounded(amount, rounding)
    : { low: Math.floor(amount.low / 10) * 10, high: Math.ceil(amount.high / 10) * 10 }
  if (result.low === amount.low && result.high === amount.high) return amount
  if (rounding) steps.push({ code: 'ROUNDED', claim, ...rounding, amount: result })
  else missing.push({ code: 'ROUNDING', claim })
  return result
}

const ways = { half: Math.round, down: Math.floor, up: Math.ceil }
function rounded({ low, high }: Amount, { to, way }: NonNullable<ShareRule['rounding']>): Amount {
  const of = (yen: number) => ways[way](yen / to) * to
  return { low: of(low), high: of(high) }
}

/** So much a visit, or a day, and so often a month: from the next one on nothing (`most` null: every time). */
interface Count {
  readonly per: 'visit' | 'day'
  readonly yen: number
  readonly most: number | null
  /** How often before in the month, and what was paid of this one already; null: not known. */
  readonly before: number | null
  readonly paid: number | null
}

function withinCount(amount: Amount, count: Count, claim: number, { steps, missing }: Working): Amount {
  const { per, yen, most, before, paid } = count
  const nth = before === null ? null : before + 1
  const said = { claim, per, yen, most, nth, paid }
  if (most !== null && nth !== null && nth > most) {
    steps.push({ code: 'COUNT_USED', ...said, amount: exact(0) })
    return exact(0)
  }
  const isOpen = most !== null && nth === null
  const within = limited(amount, paid === null ? { low: 0, high: yen } : exact(Math.max(0, yen - paid)))
  const result = isOpen ? { low: 0, high: within.high } : within
  if (isOpen && within.high > 0) missing.push({ code: per === 'visit' ? 'VISITS_SO_FAR' : 'DAYS_SO_FAR', claim })
  if (paid === null && amount.high > 0) missing.push({ code: 'PAID_TODAY', claim })
  steps.push({ code: 'COUNT_LIMIT', ...said, amount: result })
  return result
}

function withinMonth(
  before: Amount,
  { yen: ofRule }: NonNullable<ShareRule['perMonth']>,
  { soFar, monthlyCap }: ShareClaim,
  claim: number,
  { steps, missing }: Working,
): Amount {
  const yen = ofRule ?? monthlyCap
  if (yen === 'none' || before.high === 0) return before
  if (yen === null) {
    missing.push({ code: 'MONTHLY_CAP', claim })
    return { low: 0, high: before.high }
  }
  const paid = soFar.paidThisMonth
  const amount = limited(before, paid === null ? { low: 0, high: yen } : exact(Math.max(0, yen - paid)))
  if (paid === null && yen > 0) missing.push({ code: 'PAID_THIS_MONTH', claim })
  steps.push({ code: 'MONTH_LIMIT', claim, yen, paid, amount })
  return amount
}
