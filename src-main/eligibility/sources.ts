// The documents behind the rules of a rule file, by the names its rules give them.
import { z } from 'zod'
import type { Basis } from './basis.ts'

export const sourceSchema = z.strictObject({
  title: z.string(),
  date: z.iso.date(),
  /** Whether the text was read. A rule that nobody could confirm only warns. */
  confirmed: z.boolean(),
  /** Which public text was read for it. */
  read: z.string(),
})
type Source = z.infer<typeof sourceSchema>
export type Sources = Readonly<Record<string, Source>>

/** Throws for a name that the file does not have, which its test finds. */
export function basisOf(sources: Sources, name: string): Basis {
  const source = sources[name]
  if (!source) throw new Error(`no source ${name}`)
  return { title: source.title, date: source.date, confirmed: source.confirmed }
}
