// Where an engine of the store keeps its data, as the contract sees it.
import type { Store } from '../../../src-main/store/store.ts'

export interface Place {
  /** Opens it; after the store before it was closed, with what was stored. It is closed after the test at the latest. */
  open(): Promise<Store>
}

/** Each an empty one. */
export type NewPlace = () => Place
