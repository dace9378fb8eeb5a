// The port to what is counted of visits: states, schemes, seconds. No patient and no visit is in it, so that what is counted
// of a month stays when its visits have been deleted. People who used a card are counted once a month.
import type { Result } from '../ground/result.ts'

/**
 * What `key` is: `visit` its state; `failure` the code of a visit that failed or stayed without an answer, or of a file that
 * is held up; `undelivered` the state of a file that has not reached its destination; `medicalSubsidy`, `vaccination`,
 * `checkup` the state of the answer; `scheme` 法別番号, a space and the name of a 公費 that was handed over for the claim
 * (the number is empty where there is none); `waited` whole seconds from the card to the confirmation; `byHand` whether what
 * the files lack is still to be typed (`open`, `entered`); `day` a day with visits, YYYY-MM-DD.
 */
export const countKinds = [
  'visit',
  'failure',
  'undelivered',
  'medicalSubsidy',
  'vaccination',
  'checkup',
  'scheme',
  'waited',
  'byHand',
  'day',
] as const
export type CountKind = (typeof countKinds)[number]

export interface Count {
  readonly kind: CountKind
  readonly key: string
  readonly n: number
}

/** レセプト件数 of a month, as the clinic has told it. */
export interface MonthClaims {
  /** YYYY-MM */
  readonly month: string
  readonly count: number
}

export interface Counts {
  /** Of the visits of one clinic day that are there, in no order. */
  countsOfDay(day: string): Promise<readonly Count[]>
  /** Of the visits of a month (YYYY-MM) that have been deleted since. */
  keptCounts(month: string): Promise<readonly Count[]>
  /**
   * How many people used a card in a month: those with a visit that was answered after their card was read here or lay on the
   * terminal's reader, each once. Who has the same birth date and kana is one.
   */
  cardUsers(month: string): Promise<number>
  /** The first day that anything is counted of, YYYY-MM-DD; null: nothing is yet. */
  countedSince(): Promise<string | null>
  /** Newest month first. */
  claims(): Promise<readonly MonthClaims[]>
  /** In the place of what was told of these months before; null: it was a mistake. Errors: STORE_ codes. */
  saveClaims(
    claims: readonly { readonly month: string; readonly count: number | null }[],
    at: string,
  ): Promise<Result<void>>
}
