// Which schemes there are today: the master the program comes with, and what the hub's says besides. The hub is asked in
// the background when the agent starts, when the line is back and once a day; nobody at the counter ever waits for it.
import { type SchemeMaster, updatedMaster } from '../eligibility/schemes.ts'
import type { SchemeMasterSource } from './scheme-master.ts'

export interface SchemeBook {
  master(): SchemeMaster
  /** Asks the hub whether there is a newer one; true if there was. What we hold stays when the hub does not answer. */
  refresh(): Promise<boolean>
}

export function createSchemeBook(source: SchemeMasterSource, shipped: SchemeMaster): SchemeBook {
  let held: { readonly etag: string; readonly master: SchemeMaster } | null = null
  return {
    master: () => held?.master ?? shipped,
    async refresh() {
      const answer = await source.fetchSchemes(held?.etag ?? null)
      if (!answer.ok || !answer.value) return false
      const { etag, master } = answer.value
      held = { etag, master: updatedMaster(shipped, master) }
      return true
    },
  }
}
