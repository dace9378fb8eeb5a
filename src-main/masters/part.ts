// The national master of local schemes in the running agent: what was imported counts in every judgement from then on.
import type { LocalSchemes } from '../eligibility/local/judge.ts'
import type { LocalMasters } from '../store/local-masters.ts'
import { createLocalSchemeBook } from './book.ts'

export interface MastersPorts {
  readonly store: LocalMasters
  /** Patients are invented, and so is the master: what is assumed of its codes holds. */
  readonly training: boolean
  /** What counts until a first one is imported, by number and day; null: nothing is said then. */
  readonly meanwhile: LocalSchemes | null
}

export async function openMasters({ store, training, meanwhile }: MastersPorts) {
  const book = createLocalSchemeBook(store, training ? 'assumed' : 'confirmed')
  const issues = await store.masterIssues()
  return {
    /** null: none was imported. */
    localSchemes: (): LocalSchemes | null => (issues.length > 0 ? book : meanwhile),
  }
}
