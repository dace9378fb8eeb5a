// What a decision does, in one place: which version of a certificate goes into the files and on whose word, what the clinic
// holds from then on, and what stays out. Files, cards, claim and the sentence beside each choice follow from it (table in
// docs/decisions/0015-what-a-decision-does.md).
import type { Choice, FoundDifference } from './assessment.ts'
import type { CertificateBasis, LeftOutReason } from './handed.ts'
import type { RegisteredBenefit } from './model.ts'

export type Decided = Exclude<Choice, 'askAgain'>

/** `said`: as today's answer has it; `confirmed`: as the clinic confirmed it earlier. */
type Version = 'said' | 'confirmed'

/** One certificate in the files. `isEnd`: only to say that it has ended. */
interface Handing {
  readonly version: Version
  readonly basis: CertificateBasis
  readonly isEnd: boolean
}

export interface Effect {
  readonly handed: readonly Handing[]
  /** What the clinic holds from then on. */
  readonly held: readonly Version[]
  readonly leftOut: { readonly version: Version; readonly reason: LeftOutReason } | null
}

const said: Handing = { version: 'said', basis: 'source', isEnd: false }
const earlierOne: Handing = { version: 'confirmed', basis: 'earlierConfirmed', isEnd: false }
const onPaper: Handing = { version: 'confirmed', basis: 'paper', isEnd: false }
const end: Handing = { version: 'confirmed', basis: 'source', isEnd: true }

/** What was confirmed earlier may still be handed over on `day`. */
export const isStillValid = ({ validTo }: Pick<RegisteredBenefit, 'validTo'>, day: string): boolean => validTo >= day

/** 不開示 is nobody's to refuse: it takes effect whatever becomes of the rest. */
export const protectedAs = <B extends RegisteredBenefit>(held: B, said: RegisteredBenefit | undefined): B =>
  said?.undisclosed ? { ...held, undisclosed: true } : held

type About = Pick<FoundDifference, 'kind' | 'benefit' | 'confirmed' | 'endedOn'>

/** `choice` null: there was nothing to decide. `day` is that of the visit. */
export const effectOf = (difference: About, choice: Decided | null, day: string): Effect =>
  difference.benefit === null ? effectOnMissing(difference, choice, day) : effectOnSaid(difference, choice, day)

/** Today's answer holds it. */
function effectOnSaid({ kind, confirmed }: About, choice: Decided | null, day: string): Effect {
  const isEarlierValid = confirmed !== null && isStillValid(confirmed, day)
  if (choice === null || choice === 'accept') {
    // The next period is registered, and this one runs to its own end.
    const both = kind === 'renewed' && isEarlierValid
    return both
      ? { handed: [earlierOne, said], held: ['confirmed', 'said'], leftOut: null }
      : { handed: [said], held: ['said'], leftOut: null }
  }
  return choice === 'keep' && isEarlierValid
    ? { handed: [earlierOne], held: ['confirmed'], leftOut: { version: 'said', reason: 'earlierKept' } }
    : { handed: [], held: ['confirmed'], leftOut: { version: 'said', reason: 'notAccepted' } }
}

/** Only the clinic holds it. */
function effectOnMissing({ kind, confirmed, endedOn }: About, choice: Decided | null, day: string): Effect {
  const held: readonly Version[] = ['confirmed']
  // Of this one the source lists the next period only: it runs to its own end.
  if (kind === 'unchanged') return { handed: [earlierOne], held, leftOut: null }
  // Its registered period is over anyway: nothing is left to hand over.
  if (kind === 'lapsed' || confirmed === null) return { handed: [], held, leftOut: null }
  if (choice === 'accept' && endedOn !== null) return { handed: [end], held: [], leftOut: null }
  if (choice === 'paper' && isStillValid(confirmed, day)) return { handed: [onPaper], held, leftOut: null }
  const reason = choice === 'paper' ? 'paperOver' : endedOn === null ? 'notConfirmed' : 'endNotAccepted'
  return { handed: [], held, leftOut: { version: 'confirmed', reason } }
}
