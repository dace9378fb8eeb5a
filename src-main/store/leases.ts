// The port to work that one desk of a site does for all of them: deliveries to a destination, results of a terminal, what is owed to
// the hub, retention.
// A desk that does it has a lease: until it gives it up, or has not been heard of for `silentMs` by the clock of the server, the
// only one that counts. Each lease has a number, higher than any before it (`fence`). Whatever is written on its strength names it,
// and the store looks at it in the very transaction that writes: a desk that slept and wakes with an old one writes nothing. On an
// engine that only one desk can open everything is its own.
import { z } from 'zod'
import type { Result } from '../ground/result.ts'

export const sharedWorkSchema = z.union([
  z.enum(['registrations', 'owedAnswers', 'bookings', 'retention']),
  z.templateLiteral(['destination ', z.string()]),
  // The results of the terminal's folder that has this name.
  z.templateLiteral(['terminal ', z.string()]),
])
export type SharedWork = z.infer<typeof sharedWorkSchema>

export interface Lease {
  readonly what: SharedWork
  readonly fence: number
}

/** How long a desk is silent, in milliseconds, until others take its work over. */
export const silentMs = 8_000

/** What holds among the desks of the site now. */
interface Standing {
  /** What this desk has. */
  readonly ours: readonly Lease[]
  /** What other desks have that are heard of. */
  readonly elsewhere: readonly string[]
  /** In how many milliseconds one of the other desks is gone, unless it is heard of meanwhile; null: none is heard of. */
  readonly soonestMs: number | null
  /** All desks that the site has ever had, this one among them; none where there can be only one. */
  readonly desks: readonly KnownDesk[]
}

export interface KnownDesk {
  readonly id: string
  /** How people call its computer. */
  readonly name: string
  readonly isHere: boolean
  readonly isHeard: boolean
}

export interface Leases {
  /** How often this desk has to be heard of, in milliseconds; null: there are no others. */
  readonly beatMs: number | null
  /** By what the desks of this site know each other where others are, too; null: this desk has its store to itself. */
  readonly siteName: string | null
  /** The work is this desk's from now on; null: another desk does it. Errors: STORE_ codes. */
  lease(what: SharedWork): Promise<Result<Lease | null>>
  /** The same, whoever has it now: a person has said so. Errors: STORE_ codes. */
  seize(what: SharedWork): Promise<Result<Lease | null>>
  /** Is heard of, and keeps what it has; what it has lost meanwhile it does not get back by this. Errors: STORE_ codes. */
  beat(): Promise<Result<Standing>>
  /** Another desk may have it at once. Errors: STORE_ codes. */
  giveUp(lease: Lease): Promise<Result<void>>
  /** Gives up everything: this desk ends. Errors: STORE_ codes. */
  leave(): Promise<Result<void>>
}
