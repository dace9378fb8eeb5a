// The rules of the store, written once for every engine: a piece of work asks for one statement after the other and is given
// what each one answers. An engine on this computer answers at once, one over a line when the answer has come; either does
// all of a work in one transaction or nothing of it.
//
// A line makes waiting dear, and whoever waits in a transaction keeps all other writers of the site waiting. So a work says what
// it need not wait for: what it only tells (`tell`), and what it asks at once (`together`, `atOnce`).

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
  /** Nobody looks at what comes of it. */
  readonly isTold?: true
}

export interface Answered {
  readonly rows: readonly unknown[]
  /** How many rows a statement without rows of its own has changed. */
  readonly changes: number
}

/** Statements are asked in their order, as many at once as the work knows of, and are answered in the same order. */
export type Work<T> = Generator<readonly Asked[], T, readonly Answered[]>

export interface Statement extends Text {
  /** The first row; undefined: there is none. */
  get(...values: Values): Work<unknown>
  all(...values: Values): Work<readonly unknown[]>
  run(...values: Values): Work<Pick<Answered, 'changes'>>
  /** The work goes on without knowing what comes of it; where it fails, all of the work does. */
  tell(...values: Values): Work<void>
}

function* ask(asked: Asked): Work<Answered> {
  const [answered] = yield [asked]
  if (!answered) throw new Error('a statement was asked for and not answered')
  return answered
}

/** `postgres`: its own words, where it does not understand or would not do what the others do. */
export const statement = (text: string, postgres = text): Statement => ({
  text,
  postgres,
  *get(...values) {
    return (yield* ask({ text, postgres, values, isOne: true })).rows[0]
  },
  *all(...values) {
    return (yield* ask({ text, postgres, values })).rows
  },
  *run(...values) {
    return yield* ask({ text, postgres, values })
  },
  *tell(...values) {
    yield [{ text, postgres, values, isTold: true }]
  },
})

/** The work for each item, in their order. */
export function* each<I, T>(items: Iterable<I>, work: (item: I) => Work<T>): Work<T[]> {
  const done: T[] = []
  for (const item of items) done.push(yield* work(item))
  return done
}

/** So that the last one of a long list does not wait for its answer longer than a desk waits for any. */
const mostAtOnce = 100

/** The same where no work builds on another one: what all of them ask first is asked at once, and so on. */
export function* atOnce<I, T>(items: readonly I[], work: (item: I) => Work<T>): Work<T[]> {
  const slices = Array.from({ length: Math.ceil(items.length / mostAtOnce) }, (_, slice) => slice * mostAtOnce)
  const done = yield* each(slices, (from) => inStep(items.slice(from, from + mostAtOnce), work))
  return done.flat()
}

function* inStep<I, T>(items: readonly I[], work: (item: I) => Work<T>): Work<T[]> {
  const running = items.map((item) => {
    const its = work(item)
    return { its, step: its.next() }
  })
  for (;;) {
    const asked = running.map(({ step }) => (step.done ? [] : step.value))
    const done = running.flatMap(({ step }) => (step.done ? [step.value] : []))
    if (done.length === running.length) return done
    const answers = [...(yield asked.flat())]
    for (const [at, one] of running.entries()) {
      const own = answers.splice(0, asked[at]?.length)
      if (!one.step.done) one.step = one.its.next(own)
    }
  }
}

/** Two works of which neither builds on the other. */
export function* together<A, B>(one: Work<A>, other: Work<B>): Work<readonly [A, B]> {
  let [first, second] = [one.next(), other.next()]
  while (!first.done || !second.done) {
    const asked = first.done ? [] : first.value
    const answers = yield [...asked, ...(second.done ? [] : second.value)]
    if (!first.done) first = one.next(answers.slice(0, asked.length))
    if (!second.done) second = other.next(answers.slice(asked.length))
  }
  return [first.value, second.value]
}
