// The list of parts as one: every call, page and piece of the screen that they offer together. What nobody offers does not
// compile where it is asked for; what two offer is refused at the start.
import type { Part } from '../contract/part.ts'

type Together<Each> = (Each extends unknown ? (each: Each) => void : never) extends (all: infer All) => void
  ? All
  : never
type CallsIn<P> = P extends { readonly calls: infer C } ? C : never
type PagesIn<P> = P extends { readonly pages: infer C } ? C : never
type ViewIn<P> = P extends { readonly view: () => infer V } ? V : never

export function callsOf<const P extends readonly Part[]>(parts: P): Together<CallsIn<P[number]>> {
  return merged(parts.map(({ calls = {} }) => calls))
}

export function pagesOf<const P extends readonly Part[]>(parts: P): Together<PagesIn<P[number]>> {
  return merged(parts.map(({ pages = {} }) => pages))
}

/** The piece of each as it is now. */
export function viewOf<const P extends readonly Part[]>(parts: P): () => Together<ViewIn<P[number]>> {
  return () => merged(parts.map(({ view }) => view?.() ?? {}))
}

/**
 * Ends them one after the other, the last opened first: nobody loses what they stand on. One that throws keeps nobody else from its end,
 * the data folder's lock least of all; the bug is thrown when all have ended.
 */
export async function closeAll(parts: readonly Part[]): Promise<void> {
  const faults: unknown[] = []
  for (const part of parts.toReversed()) {
    try {
      await part.close?.()
    } catch (error) {
      faults.push(error)
    }
  }
  if (faults.length > 1) throw new AggregateError(faults)
  if (faults.length > 0) throw faults[0]
}

/** One after the other. */
export async function inTurn(...works: readonly (() => Promise<void>)[]): Promise<void> {
  for (const work of works) await work()
}

function merged(each: readonly object[]) {
  const names = each.flatMap(Object.keys)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) throw new Error(`two parts offer ${twice}`)
  return Object.assign({}, ...each)
}
