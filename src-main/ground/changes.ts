// What another desk of the site has changed, as a desk is told of it: which kind of thing, and which one, never what about it. A
// part that keeps something of the store in memory says in `follows` which kinds make it read that anew (contract/part.ts).

/** Closed: the triggers of the server's migrations name these, and each table is in a trigger or named as unsaid (the feed's test). */
export const changeKinds = [
  /** With its answer, decision, files, registrations. The visit's id. */
  'visit',
  /** There may be a file to bring. The destination's id. */
  'delivery',
  'numbers',
  'bookings',
  'claimOrders',
  'chosenHelps',
  'masters',
  'caps',
  'counts',
  'staff',
  'conflicts',
  /** The newest time that was seen, and what has expired. */
  'clock',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** `id`: '': any of its kind. */
export interface Change {
  readonly kind: ChangeKind
  readonly id: string
}

/** In the order of the commits, each once; everything: what it was is not known any more. */
export type Heard = { readonly kind: 'changes'; readonly changes: readonly Change[] } | { readonly kind: 'everything' }

/** What of this kind has changed; null: any of it may have. */
export const idsIn = (heard: Heard, kind: ChangeKind): readonly string[] | null =>
  heard.kind === 'everything' ? null : heard.changes.filter((change) => change.kind === kind).map(({ id }) => id)

/**
 * By kind: what a part that keeps something of the store does when others have changed it. `ids`: of what has changed; null: any of
 * them may have. It resolves once the part knows what is there now. A Refusal that it throws (the store cannot be read): it is told
 * the same again.
 */
export type Follows = { readonly [K in ChangeKind]?: (ids: readonly string[] | null) => Promise<void> | void }
