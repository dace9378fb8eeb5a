// A row that has been checked is not checked again: of a long list that comes with every change nearly all rows are the very objects that
// the last check has given out. Only those are known again; what comes from outside, or was made of one of them, is checked.
import { z } from 'zod'

/** A list of what `schema` says. What it gives out must not be changed. */
export function checkedRows<T extends object>(schema: z.ZodType<T>): z.ZodType<T[]> {
  const known = new WeakMap<object, T>()
  const knownAs = (row: unknown) => (typeof row === 'object' && row !== null ? known.get(row) : undefined)
  return z.array(z.unknown()).transform((given, context): T[] =>
    given.map((row, place) => {
      const before = knownAs(row)
      if (before) return before
      const checked = schema.safeParse(row)
      if (checked.success) {
        known.set(checked.data, checked.data)
        return checked.data
      }
      for (const { path, message } of checked.error.issues) {
        context.addIssue({ code: 'custom', path: [place, ...path], message })
      }
      return z.NEVER
    }),
  )
}
