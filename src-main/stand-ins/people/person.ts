// Somebody the sandbox hub knows.

import type { Category, Holdings } from './holdings.ts'
import type { Persona } from './persona.ts'

export interface Person
  extends Pick<Persona, 'id' | 'label' | 'name' | 'nameKana' | 'birthDate' | 'sex' | 'certificate'> {
  /** Who it is, where several cards of the gallery stand for one patient. */
  readonly patient?: string
  /** What was registered before anybody uploaded anything, on a day (YYYY-MM-DD). */
  holdings(day: string): Holdings
  /** What the person does not share with clinics, before they change it. */
  readonly withheld: readonly Category[]
  /** Where a resident lives; the sample patients live elsewhere. */
  readonly municipality?: { readonly code: string; readonly name: string }
}
