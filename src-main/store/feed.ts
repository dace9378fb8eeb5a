// What other desks of the site have changed, as soon as they have. A desk that has its store to itself is never told anything.
import type { Heard } from '../ground/changes.ts'

/** What it rejects with is no matter here: the same is told again later. */
export type FeedListener = (heard: Heard) => Promise<void>

export interface Feed {
  /**
   * From now on, with everything since the store was opened: what others have committed, each thing at least once and after it can
   * be read; one telling after the other. Never what this desk has changed itself. Returns what ends it.
   */
  watch(listener: FeedListener): () => void
}
