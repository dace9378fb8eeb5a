// What a work of the store's rules asks at once, and what it does not wait for.
import { expect, test } from 'vitest'
import { type Answered, atOnce, each, statement, together, type Work } from '../../src-main/store/sql/work.ts'

const find = statement('SELECT ?')
const note = statement('UPDATE ?')

/** Answers every statement with what was put in; `asked` is what was asked at once, each time. */
function run<T>(work: Work<T>): { readonly done: T; readonly asked: readonly (readonly unknown[])[] } {
  const asked: unknown[][] = []
  let step = work.next()
  while (!step.done) {
    asked.push(step.value.flatMap(({ values, isTold }) => (isTold ? values.map((value) => `${value}!`) : values)))
    step = work.next(step.value.map(({ values }): Answered => ({ rows: values, changes: 0 })))
  }
  return { done: step.value, asked }
}

function* twice(what: string): Work<string> {
  return `${yield* find.get(`${what}1`)} ${yield* find.get(`${what}2`)}`
}

test('one after the other each is waited for', () => {
  expect(run(each(['a', 'b'], twice))).toEqual({ done: ['a1 a2', 'b1 b2'], asked: [['a1'], ['a2'], ['b1'], ['b2']] })
})

test('at once, all are asked for what they ask first, and each is given its own answers', () => {
  function* some(what: string): Work<unknown> {
    if (what === 'none') return 'none'
    if (what === 'told') return yield* note.tell('told')
    return yield* what === 'both' ? together(find.get('x'), find.get('y')) : twice(what)
  }
  expect(run(atOnce(['a', 'none', 'both', 'told', 'b'], some))).toEqual({
    done: ['a1 a2', 'none', ['x', 'y'], undefined, 'b1 b2'],
    asked: [
      ['a1', 'x', 'y', 'told!', 'b1'],
      ['a2', 'b2'],
    ],
  })
  expect(run(atOnce([], twice))).toEqual({ done: [], asked: [] })
})

test('of a long list a hundred are asked at once', () => {
  const numbers = Array.from({ length: 250 }, (_, number) => number)
  const { done, asked } = run(atOnce(numbers, (number) => find.get(number)))
  expect(done).toEqual(numbers)
  expect(asked.map(({ length }) => length)).toEqual([100, 100, 50])
})

test('together, the shorter one has ended before the longer one', () => {
  expect(run(together(find.get('x'), twice('a')))).toEqual({ done: ['x', 'a1 a2'], asked: [['x', 'a1'], ['a2']] })
  expect(run(together(twice('a'), find.get('x')))).toEqual({ done: ['a1 a2', 'x'], asked: [['a1', 'x'], ['a2']] })
})
