// What is known of an audit trail once it has been followed: how far it hangs together, and what its desks' signatures prove. The store
// finds it, and words and commands say it.

export interface TrailStanding {
  /** Rows that hang together. */
  readonly rows: number
  /** A person has gone on knowingly behind this row: what is before it need not hold. 0: nobody had to. */
  readonly acceptedUpTo: number
  /** The first place where it does not hold, behind what was accepted. */
  readonly broken: ChainBreak | null
  readonly proof: TrailProof
}

/** A desk, as far as its signatures prove what it has written. */
export interface SignedBy {
  /** How people call its computer. */
  readonly desk: string
  /** The beginning of its public key: a desk that was set up anew has another one. */
  readonly key: string
  /** Its first row, its last one and when that was, and how many. */
  readonly from: number
  readonly to: number
  readonly until: string
  readonly rows: number
}

/** Rows that no desk of the site is known to have written as they are. */
export interface Unproved {
  /** Without a signature; with one that does not fit; with that of a key that the site does not know. */
  readonly why: 'unsigned' | 'forged' | 'unknown'
  /** Whose signature it would be; null: nobody's that is known. */
  readonly desk: string | null
  /** The first and the last of them, when the first one says that it was written, and how many. */
  readonly from: number
  readonly to: number
  readonly since: string
  readonly rows: number
}

/** What the desks' signatures prove of a trail. */
export interface TrailProof {
  /** The first row that a desk has signed; what is before only hangs together. null: none has. */
  readonly signedFrom: number | null
  readonly desks: readonly SignedBy[]
  readonly unproved: readonly Unproved[]
  /** Rows of a desk that had the store to itself again. */
  readonly atDesk: number
}

/** Where a chain does not hold; `id`: the first row that does not follow on the one before it. */
export type ChainBreak = { readonly id: number } & (
  | { readonly kind: 'missing' /** The first number that is gone. */; readonly from: number }
  | {
      readonly kind: 'moved' /** The row that it was written behind (0: it was the first one). */
      readonly after: number
    }
  /** This row, or the one before it, is not as it was written. */
  | { readonly kind: 'changed' }
)

export interface ProvedTrail extends TrailStanding {
  /** The last row. */
  readonly head: { readonly id: number; readonly hash: string } | null
  /** The newest day on which its end was noted outside the database, behind what was accepted, and fits; null: none. */
  readonly notedOn: string | null
}
