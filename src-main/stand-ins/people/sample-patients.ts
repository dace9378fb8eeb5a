// The sample patients of the training clinic: who they are, with what is registered for them.
import type { Person } from './person.ts'
import { personasOn } from './personas.ts'
import { sampleHoldings, samplesWithheld } from './sample-holdings.ts'

/** The sample patients of a day (YYYY-MM-DD). */
export const samplePatientsOn = (today: string): readonly Person[] =>
  personasOn(today).map((persona) => ({
    ...persona,
    holdings: (day) => sampleHoldings(persona.id, day),
    withheld: samplesWithheld(persona.id),
  }))
