// What one visit hands over about 医療費助成. It is decided once, when the visit is confirmed (confirmation.ts), and kept: the
// files, the cards, the order on the claim and the sentences at the counter are all drawn from it, so that they agree.
import { z } from 'zod'
import { type AnswerOf, type Benefit, benefitSchema, dateSchema, momentSchema } from './model.ts'

/** On whose word a certificate is handed over: today's answer, an earlier one that the clinic keeps to, or the paper. */
const certificateBases = ['source', 'earlierConfirmed', 'paper'] as const
export const certificateBasisSchema = z.enum(certificateBases)
export type CertificateBasis = z.infer<typeof certificateBasisSchema>

/**
 * Why a certificate is in no file, or not in one. `earlierKept`: the earlier version stands in its place. `notAccepted`: the
 * source says it, a person did not take it over. `endNotAccepted`: the source says that it has ended, a person left that
 * open. `notConfirmed`: the source is silent about it, and nobody has seen the paper. `paperOver`: seen on paper, but what
 * was confirmed earlier is over. `duplicate`, `overlap`: another registration of it is handed over. `otherHelp`:
 * another help of a municipality is used in its place. `places`: the destination has no place for it.
 */
const leftOutReasons = [
  'earlierKept',
  'notAccepted',
  'endNotAccepted',
  'notConfirmed',
  'paperOver',
  'duplicate',
  'overlap',
  'otherHelp',
  'places',
] as const
export const leftOutReasonSchema = z.enum(leftOutReasons)
export type LeftOutReason = z.infer<typeof leftOutReasonSchema>

/** Staff have to enter it themselves, or to see to it in the receipt computer. */
export const isByHand = (reason: LeftOutReason): boolean =>
  reason !== 'earlierKept' && reason !== 'duplicate' && reason !== 'overlap' && reason !== 'otherHelp'

/** A file names it: the destination would not know otherwise that it is missing. Of one said twice it has the other one. */
export const isNamedInFiles = (reason: LeftOutReason): boolean => reason !== 'duplicate' && reason !== 'overlap'

const handedItemSchema = z.object({
  benefit: benefitSchema,
  basis: certificateBasisSchema,
  /** Its last day, where the source has named an end. */
  endedOn: dateSchema.nullable(),
})
export type HandedItem = z.infer<typeof handedItemSchema>

export const handedSchema = z.object({
  /** The source's word, with two exceptions: `present` also for what is handed over without it; `notAccepted`: it said
   * something, a person took none of it over, and nothing stands in its place. */
  state: z.enum(['present', 'absent', 'withheld', 'ended', 'unreachable', 'notAccepted']),
  /** With `ended` only. */
  endedOn: dateSchema.nullable(),
  /** The certificates of the claim first, in its order; then what does not count today. */
  items: z.array(handedItemSchema),
  /** How many of them, from the first on, stand on the claim. */
  onClaim: z.number().int().min(0),
  leftOut: z.array(z.object({ benefit: benefitSchema, reason: leftOutReasonSchema })),
  /** Places for 公費 at each destination that takes them, when it was handed over. */
  places: z.array(z.object({ destination: z.string(), places: z.number().int() })),
  /** When staff said that they have entered what is not in the files; null: they have not, or nothing is missing. */
  enteredAt: momentSchema.nullable().default(null),
})
export type Handed = z.infer<typeof handedSchema>
export type HandedState = Handed['state']

/** What a destination gets: what has no place there is left out. */
export const handedAt = (handed: Handed, places: number): Handed => {
  const crowded = handed.items.slice(places, handed.onClaim)
  return {
    ...handed,
    items: handed.items.filter((item) => !crowded.includes(item)),
    onClaim: Math.min(handed.onClaim, places),
    leftOut: [...handed.leftOut, ...crowded.map(({ benefit }) => ({ benefit, reason: 'places' as const }))],
  }
}

/** Certificates that staff have to enter themselves, with the destinations that lack them (none named: all of them). */
export function byHand(handed: Handed): { benefit: Benefit; reason: LeftOutReason; destinations: string[] }[] {
  const everywhere = handed.leftOut
    .filter(({ reason }) => isByHand(reason))
    .map((each) => ({ ...each, destinations: [] }))
  const crowded = handed.items.slice(0, handed.onClaim).flatMap(({ benefit }, at) => {
    const destinations = handed.places.filter(({ places }) => at >= places).map(({ destination }) => destination)
    return destinations.length === 0 ? [] : [{ benefit, reason: 'places' as const, destinations }]
  })
  return [...everywhere, ...crowded]
}

/** How many of them are still to be entered. */
export const openByHand = (handed: Handed): number => (handed.enteredAt === null ? byHand(handed).length : 0)

/** How many of these one destination lacks. */
export const openByHandAt = (handed: Handed, destination: string): number =>
  (handed.enteredAt === null ? byHand(handed) : []).filter(
    ({ destinations }) => destinations.length === 0 || destinations.includes(destination),
  ).length

/** The source's answer, judged for the day `asOf`, handed over as it stands. */
export function handedAsSaid(medicalSubsidy: AnswerOf<Benefit>, asOf: string): Handed {
  const endedOn = medicalSubsidy.state === 'ended' ? medicalSubsidy.endedOn : null
  const said = 'items' in medicalSubsidy ? medicalSubsidy.items : []
  const items = said.map(
    (benefit): HandedItem =>
      endedOn === null ? { benefit, basis: 'source', endedOn: null } : endedItem(benefit, endedOn, asOf),
  )
  const counts = ({ benefit }: HandedItem) => standsOnClaim(benefit)
  return {
    state: medicalSubsidy.state,
    endedOn,
    items: [...items.filter(counts), ...items.filter((item) => !counts(item))],
    onClaim: items.filter(counts).length,
    leftOut: [],
    places: [],
    enteredAt: null,
  }
}

/** The places of the claim's certificates among the items. */
export const stepsOf = ({ onClaim }: Handed): readonly number[] => Array.from({ length: onClaim }, (_, place) => place)

/** A certificate whose end the source has named: from the day after on it does not count, whatever its period says. */
export function endedItem(benefit: Benefit, namedEnd: string, day: string): HandedItem {
  const endedOn = namedEnd < benefit.validTo ? namedEnd : benefit.validTo
  return { benefit: endedOn < day ? { ...benefit, validity: 'over' } : benefit, basis: 'source', endedOn }
}

/** Counts today, and not only afterwards: what is paid back to the patient later (常に償還払い) stands on no claim. */
export const standsOnClaim = ({ validity, alwaysReimbursed }: Benefit): boolean =>
  validity === 'valid' && !alwaysReimbursed
