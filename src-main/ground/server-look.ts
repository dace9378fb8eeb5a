// What a desk can see of the server that keeps its site's data, for the self-test: the store looks, the self-test judges.

/** `owner`: may make and change the tables; `desk`: works with them; `none`: there are none, and it may not make them. */
export type SchemaRights = 'owner' | 'desk' | 'lacking' | 'none'

export interface ServerLook {
  /** The first number of it. */
  readonly release: number
  readonly isUtf8: boolean
  /** Until when its certificate is good; null: it is reached over a socket of this computer. */
  readonly certificateEnds: Date | null
  /** It refuses to write: another one is the first. */
  readonly isStandby: boolean
  /** Whether another server has what is committed before that is said. */
  readonly hasStandby: boolean
  /** As it is set: when something counts as committed. */
  readonly commit: string
  /** How much its clock is ahead of this computer's, in milliseconds. */
  readonly aheadMs: number
  /** What answers is a pooler. */
  readonly isPooled: boolean
  /** Whether the way past the pooler is one; null: none is set. */
  readonly direct: boolean | null
  readonly connections: { readonly used: number; readonly most: number }
  /** The newest change of the site's tables; null: there are none, or it cannot be seen. */
  readonly applied: number | null
  readonly rights: SchemaRights
  /** The newest that this program knows. */
  readonly known: number
}
