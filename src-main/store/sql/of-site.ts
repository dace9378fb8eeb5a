// The port to a site's rows as they are, for a desk that keeps a copy of some and brings its own (store/away). A store that is one
// desk's has no site.
import type { DeskIdentity } from '../desk-identity.ts'
import type { Topic } from './topic.ts'

interface SiteRows {
  readonly topic: Topic
  /** What the hashes that stand for people are made with. */
  readonly indexKey: Uint8Array
  readonly desk: DeskIdentity
}

export interface OfSite {
  readonly site: SiteRows | null
}
