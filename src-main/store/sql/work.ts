// The rules of the store, written once for every engine: a piece of work asks for one statement after the other and is given
// what each one answers. An engine on this computer answers at once, one over a line when the answer has come; either does
// all of a work in one transaction or nothing of it.

/**
 * Text, numbers, bytes (Uint8Array) and null: in the order of the question marks, or one record of them by the names behind @;
 * a name that the statement does not have is left out.
 */
export type Values = readonly unknown[]

/** What a statement says to each engine. */
interface Text {
  readonly text: string
  readonly postgres: string
}

export interface Asked extends Text {
  readonly values: Values
  /** Only the first row is wanted. */
  readonly isOne?: true
}

export interface Answered {
  readonly rows: readonly unknown[]
  /** How many rows a statement without rows of its own has changed. */
  readonly changes: number
}

export type Work<T> = Generator<Asked, T, Answered>

export interface Statement extends Text {
  /** The first row; undefined: there is none. */
  get(...values: Values): Work<unknown>
  all(...values: Values): Work<readonly unknown[]>
  run(...values: Values): Work<Pick<Answered, 'changes'>>
}

/** `postgres`: its own words, where it does not understand or would not do what the others do. */
export const statement = (text: string, postgres = text): Statement => ({
  text,
  postgres,
  *get(...values) {
    return (yield { text, postgres, values, isOne: true }).rows[0]
  },
  *all(...values) {
    return (yield { text, postgres, values }).rows
  },
  *run(...values) {
    return yield { text, postgres, values }
  },
})

/** The work for each item, in their order. */
export function* each<I, T>(items: Iterable<I>, work: (item: I) => Work<T>): Work<T[]> {
  const done: T[] = []
  for (const item of items) done.push(yield* work(item))
  return done
}
