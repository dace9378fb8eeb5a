// What a condition of the national master leaves to the patient of an outpatient visit, as far as its columns say it without
// a doubt. Their meaning is not confirmed by the publisher: where one may mean two things there is no rule, and the amount
// stays open.
import { itemOf } from '../local/cells.ts'
import { countsOn, type LocalCondition, type LocalScheme } from '../local/scheme.ts'
import type { ShareRule } from './rule.ts'

/** The conditions of a number that may be an outpatient's on `day` (YYYY-MM-DD); which one is the patient's, a person says. */
export const outpatientConditions = (schemes: readonly LocalScheme[], day: string): readonly LocalCondition[] =>
  schemes.flatMap(({ conditions }) =>
    conditions.filter((condition) => countsOn(day, condition) && isOutpatient(condition)),
  )

const isOutpatient = ({ settings }: LocalCondition): boolean => settings.length === 0 || settings.includes('outpatient')

/**
 * The rule that all these conditions say alike, or null. `isFirst`: no other 公費 stands before it on the claim; where one
 * does, the scheme must say that it helps with what that one leaves (`code`: its 法別番号).
 */
export function commonRule(
  conditions: readonly LocalCondition[],
  before: readonly { readonly code: string | null }[],
): ShareRule | null {
  const [first, ...others] = conditions.map((condition) => conditionRule(condition, before))
  return first && others.every((rule) => JSON.stringify(rule) === JSON.stringify(first)) ? first : null
}

function conditionRule(
  condition: LocalCondition,
  before: readonly { readonly code: string | null }[],
): ShareRule | null {
  const { caps, onTopOf, occasions, rounding } = condition
  const helps = before.every(
    ({ code }) =>
      onTopOf !== null && (onTopOf.schemes.length === 0 || (code !== null && onTopOf.schemes.includes(code))),
  )
  const bears = bearsOf(condition)
  const { perVisitYen, visits, perDayYen, days, perMonthYen, perMonthRepeatYen } = caps.outpatient
  // Whether a month counts as a repeated one (多数回該当), nobody here knows.
  const isRepeatOpen = perMonthRepeatYen !== null && perMonthRepeatYen !== perMonthYen
  if (!helps || bears === null || isRepeatOpen || isUnread(condition)) return null
  return {
    bears,
    perVisit: perVisitYen === null ? null : { yen: perVisitYen, times: visits },
    perDay: perDayYen === null ? null : { yen: perDayYen, days },
    perMonth: perMonthYen === null ? null : { yen: perMonthYen, scope: 'unknown' },
    firstVisitOnly: occasions.includes('firstVisitOnly'),
    coversPart: false,
    rounding: roundingOf(rounding),
  }
}

/** A code that nobody can read says whose the amounts are, the patient's or the scheme's. */
const isUnread = ({ others }: LocalCondition): boolean =>
  others.some(({ item }) => item === itemOf('outpatientKind') || item === itemOf('capKind'))

function bearsOf({ share: { outpatient }, caps }: LocalCondition): ShareRule['bears'] | null {
  if (outpatient === null) {
    const { perVisitYen, perDayYen, perMonthYen } = caps.outpatient
    return (perVisitYen ?? perDayYen ?? perMonthYen !== null) ? { kind: 'remainder' } : null
  }
  const { kind, yen, percent, fraction } = outpatient
  if (kind === 'free') return { kind: 'nothing' }
  // A fixed amount may be one of a visit, a day or a month; what the scheme pays does not say of what it pays it.
  if (kind !== 'patientPays' || yen !== null) return null
  if (percent !== null && fraction === null) return { kind: 'percentOfCost', percent }
  if (fraction !== null && percent === null) return { kind: 'fractionOfRemainder', ...fraction }
  return null
}

const ways = { nearest: 'half', down: 'down', up: 'up' } as const

function roundingOf(rounding: LocalCondition['rounding']): ShareRule['rounding'] {
  const { unitYen = null, method = null } = rounding ?? {}
  return (unitYen === 1 || unitYen === 10) && method !== null ? { to: unitYen, way: ways[method] } : null
}
