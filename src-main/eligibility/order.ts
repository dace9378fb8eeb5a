// In which order several 公費 stand on one claim: a proposal with the rule that decided each place, the clinic's own order
// where it has chosen one for the same schemes before, and what a receipt computer with fewer places cannot take. Total
// and the same whatever order the source listed them in; nothing is dropped without a word.
import { isDuplicate, isSameCertificate, isSameContent } from './advice.ts'
import type { ClaimOrder, OrderRule } from './assessment.ts'
import { standsOnClaim } from './handed.ts'
import type { Benefit } from './model.ts'
import type { SchemeMaster } from './schemes.ts'
import { type ChosenHelps, helpsTogether, isMunicipal } from './together.ts'
import { overlap } from './validity.ts'

/**
 * What stands for a scheme when the clinic's choice is remembered: 法別番号 for a national one, the whole number for a local
 * one, the certificate's type where there is no number. Tells nothing about a patient.
 */
export function schemeKey({ scheme, payerNumber, certificateTypeId }: Benefit): string {
  if (scheme.kind === 'national' && scheme.code !== null) return scheme.code
  return payerNumber ?? `type:${certificateTypeId}`
}

/** The clinic's order for one combination of schemes. */
export type ChosenOrder = readonly string[]

export const combinationOf = (keys: readonly string[]): string => [...keys].sort().join(' ')

/** The order a person chose, `sequence` holding the places of the claim's certificates; null when it is not just `wanted`. */
export function chosenOrder(
  benefits: readonly Benefit[],
  wanted: readonly number[],
  sequence: readonly number[],
): ChosenOrder | null {
  const isSameSet = sequence.length === wanted.length && wanted.every((place) => sequence.includes(place))
  if (!isSameSet) return null
  return sequence.flatMap((place) => {
    const benefit = benefits[place]
    return benefit ? [schemeKey(benefit)] : []
  })
}

export function orderBenefits(
  benefits: readonly Benefit[],
  context: {
    readonly master: SchemeMaster
    readonly chosen: readonly ChosenOrder[]
    readonly helps: readonly ChosenHelps[]
    readonly places: readonly { readonly destination: string; readonly places: number }[]
  },
): ClaimOrder {
  const { counting: all, leftOut } = counted(benefits)
  const together = helpsTogether(
    all.map((each) => ({ ...each, key: schemeKey(each.benefit) })),
    context.master,
    context.helps,
  )
  // As long as nobody has said which, none is left out: the visit waits.
  const unused = together?.used ? together.benefits.filter((place) => !together.used?.includes(place)) : []
  leftOut.push(...unused.map((benefit) => ({ benefit, reason: 'otherHelp' as const, destinations: [] })))
  const counting = all.filter(({ index }) => !unused.includes(index))
  const keys = counting.map(({ benefit }) => schemeKey(benefit))
  const wanted = context.chosen.find((order) => combinationOf(order) === combinationOf(keys))
  const chosenPlace = (key: string) => wanted?.indexOf(key) ?? 0
  const sorted = counting.toSorted(
    (a, b) =>
      chosenPlace(schemeKey(a.benefit)) - chosenPlace(schemeKey(b.benefit)) ||
      compare(a.benefit, b.benefit, context.master),
  )
  const steps = sorted.map(({ benefit, index }, place) => {
    const previous = sorted[place - 1]?.benefit
    const rule: OrderRule =
      wanted && sorted.length > 1 ? 'CLINIC' : ruleBetween(previous, benefit, sorted.length, context.master)
    return { benefit: index, rule }
  })
  const crowded = sorted.flatMap(({ index }, place) => {
    const destinations = context.places.filter(({ places }) => place >= places).map(({ destination }) => destination)
    return destinations.length === 0 ? [] : [{ benefit: index, reason: 'places' as const, destinations }]
  })
  return {
    steps,
    leftOut: [...leftOut, ...crowded],
    decidedBy: wanted && sorted.length > 1 ? 'clinic' : 'proposal',
    together: together && { benefits: [...together.benefits], used: together.used && [...together.used] },
  }
}

/** What counts today, each certificate once: a duplicate or an older one for the same days stays off the claim. */
function counted(benefits: readonly Benefit[]) {
  const counting: { benefit: Benefit; index: number }[] = []
  const leftOut: ClaimOrder['leftOut'] = []
  for (const [index, benefit] of benefits.entries()) {
    if (benefit.validity !== 'valid') continue
    const others = benefits.filter((other, at) => at !== index && other.validity === 'valid')
    const isReplaced = others.some(
      (other) =>
        isSameCertificate(other, benefit) &&
        overlap(other, benefit) &&
        !isSameContent(other, benefit) &&
        fallback(other, benefit) > 0,
    )
    if (isDuplicate(benefit, benefits)) leftOut.push({ benefit: index, reason: 'duplicate', destinations: [] })
    else if (isReplaced) leftOut.push({ benefit: index, reason: 'overlap', destinations: [] })
    else if (!standsOnClaim(benefit)) leftOut.push({ benefit: index, reason: 'reimbursed', destinations: [] })
    else counting.push({ benefit, index })
  }
  return { counting, leftOut }
}

const rank = { national: 0, local: 1, unknown: 2 } as const

function precedence({ scheme }: Benefit, master: SchemeMaster): number {
  const place = master.precedence.codes.indexOf(scheme.code ?? '')
  return scheme.kind !== 'national' ? 0 : place === -1 ? master.precedence.codes.length : place
}

/** 0: a prefecture's help, which stands before those of its municipalities. */
function localRank(benefit: Benefit, master: SchemeMaster): number {
  return isMunicipal(benefit, master) ? 1 : 0
}

function compare(one: Benefit, other: Benefit, master: SchemeMaster): number {
  return (
    rank[one.scheme.kind] - rank[other.scheme.kind] ||
    precedence(one, master) - precedence(other, master) ||
    localRank(one, master) - localRank(other, master) ||
    byText(one.payerNumber ?? '\uffff', other.payerNumber ?? '\uffff') ||
    fallback(one, other)
  )
}

/** Decides where no rule does; the later certificate is the greater one. 0 only for equal content. */
const fallback = (one: Benefit, other: Benefit): number =>
  byText(one.validFrom, other.validFrom) ||
  byText(one.validTo, other.validTo) ||
  byText(one.historyKey, other.historyKey) ||
  byText(one.certificateTypeId, other.certificateTypeId) ||
  byText(one.certificateSubKey ?? '', other.certificateSubKey ?? '') ||
  byText(one.recipientNumber ?? '', other.recipientNumber ?? '') ||
  byText(JSON.stringify(one), JSON.stringify(other))

const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

function ruleBetween(
  previous: Benefit | undefined,
  benefit: Benefit,
  count: number,
  master: SchemeMaster,
): Exclude<OrderRule, 'CLINIC'> {
  if (count === 1) return 'ONLY'
  if (!previous) return 'FIRST'
  if (previous.scheme.kind !== benefit.scheme.kind) {
    return benefit.scheme.kind === 'local' ? 'NATIONAL_FIRST' : 'UNKNOWN_LAST'
  }
  if (localRank(previous, master) !== localRank(benefit, master)) return 'PREFECTURE_FIRST'
  return precedence(previous, master) === precedence(benefit, master) ? 'BY_NUMBER' : 'PRECEDENCE'
}
