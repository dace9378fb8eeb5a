// What the shell hands to the page is not believed before it fits the contract.
import { describe, expect, test } from 'vitest'
import type { Line } from '../../src-main/contract/calls.ts'
import type { Outside } from '../../src-main/contract/outside.ts'
import { type Reception, receptionSchema } from '../../src-main/contract/reception.ts'
import { checked } from '../../src-renderer/bridge.ts'
import { scenes } from './scenes.ts'

const state = (revision: number): Reception => ({ ...scenes.waiting, revision })
const at = (revision: number) => ({ whole: state(revision) })

/** A screen that listens to an unchecked bridge, and the hands to feed it. */
function listening() {
  const seen: number[] = []
  const lines: Line[] = []
  let feed = (_value: unknown) => {}
  let tell = (_line: Line) => {}
  const outside: Outside = {
    call: async () => null,
    onReception(listener, onLine) {
      feed = listener
      tell = onLine
      return () => {}
    },
  }
  checked(outside, receptionSchema).onReception(
    ({ revision }) => seen.push(revision),
    (line) => lines.push(line),
  )
  return { seen, lines, feed: (value: unknown) => feed(value), tell: (line: Line) => tell(line) }
}

describe('a state from the agent', () => {
  test('is shown when it fits the contract', () => {
    const desk = listening()
    desk.feed(at(1))
    expect(desk.seen).toEqual([1])
    expect(desk.lines.at(-1)).toBe('up')
  })

  test.each([
    ['nothing', null],
    ['text', 'reception'],
    ['a state that is not said to be one', state(2)],
    ['a state without its visits', { whole: { ...state(2), visits: undefined } }],
    [
      'a state of a visit that nobody knows',
      { whole: { ...state(2), current: { ...scenes.reading.current, state: 'paused' } } },
    ],
    ['a failure that nobody knows', { whole: { ...state(2), readerFailure: { code: 'SOMETHING' } } }],
  ])('is not shown when it is %s, and the screen is marked as no longer true', (_what, value) => {
    const desk = listening()
    desk.feed(at(1))
    desk.feed(value)
    expect(desk.seen).toEqual([1])
    expect(desk.lines.at(-1)).toBe('faulty')
    desk.feed(at(3))
    expect(desk.seen).toEqual([1, 3])
    expect(desk.lines.at(-1)).toBe('up')
  })

  test('is taken away while the agent has gone, and the first one of the next agent is shown', () => {
    const desk = listening()
    desk.feed(at(5))
    desk.feed({ line: 'restarting' })
    expect(desk.lines).toEqual(['up', 'restarting'])
    // A change of before, on its way still, is of nothing that is shown.
    desk.feed({ after: 5, parts: { revision: 6 }, lists: {} })
    expect(desk.seen).toEqual([5])
    // It counts from one again.
    desk.feed(at(1))
    expect(desk.seen).toEqual([5, 1])
    desk.feed({ line: 'failed' })
    expect(desk.lines.at(-1)).toBe('failed')
    desk.feed({ line: 'shut' })
    expect(desk.lines.at(-1)).toBe('faulty')
  })

  test('never follows a newer one', () => {
    const desk = listening()
    for (const revision of [1, 3, 2, 3, 4]) desk.feed(at(revision))
    expect(desk.seen).toEqual([1, 3, 4])
  })

  test('comes as changes after the first one, and what has not changed stays the same object', () => {
    const views: Reception[] = []
    let feed = (_value: unknown) => {}
    const outside: Outside = {
      call: async () => null,
      onReception(listener) {
        feed = listener
        return () => {}
      },
    }
    checked(outside, receptionSchema).onReception(
      (view) => views.push(view),
      () => {},
    )
    feed(at(1))
    feed({ after: 1, parts: { revision: 2, today: '2026-11-24' }, lists: {} })
    expect(views.at(-1)).toEqual({ ...state(2), today: '2026-11-24' })
    expect(views[1]?.destinations).toBe(views[0]?.destinations)
  })

  test('is asked for as a whole where a change was missed, and not shown meanwhile', async () => {
    const seen: number[] = []
    let feed = (_value: unknown) => {}
    const asked: string[] = []
    const outside: Outside = {
      async call(name) {
        asked.push(name)
        return { ok: true, value: at(5) }
      },
      onReception(listener) {
        feed = listener
        return () => {}
      },
    }
    checked(outside, receptionSchema).onReception(
      ({ revision }) => seen.push(revision),
      () => {},
    )
    const change = (after: number) => feed({ after, parts: { revision: after + 1 }, lists: {} })
    // Told before the page has its first state.
    change(0)
    expect(asked).toEqual([])
    feed(at(1))
    change(3)
    change(4)
    await new Promise(setImmediate)
    expect([asked, seen]).toEqual([['reception'], [1, 5]])
    // Seen in the whole already.
    change(3)
    change(5)
    expect([asked, seen]).toEqual([['reception'], [1, 5, 6]])
  })

  test('is asked for again with the next change, where the page could make nothing of it', async () => {
    const seen: number[] = []
    const lines: Line[] = []
    let feed = (_value: unknown) => {}
    const answers = [{ whole: { ...state(2), visits: undefined } }, at(4)]
    const outside: Outside = {
      call: async () => ({ ok: true, value: answers.shift() }),
      onReception(listener) {
        feed = listener
        return () => {}
      },
    }
    checked(outside, receptionSchema).onReception(
      ({ revision }) => seen.push(revision),
      (line) => lines.push(line),
    )
    feed(at(1))
    feed({ after: 1, parts: { revision: 2, current: { state: 'paused' } }, lists: {} })
    expect([seen, lines.at(-1)]).toEqual([[1], 'faulty'])
    await new Promise(setImmediate)
    feed({ after: 2, parts: { revision: 3 }, lists: {} })
    await new Promise(setImmediate)
    expect([seen.at(-1), lines.at(-1)]).toEqual([4, 'up'])
  })

  test('that was asked for before the agent was gone for a moment is not shown any more', async () => {
    const seen: number[] = []
    const lines: Line[] = []
    let feed = (_value: unknown) => {}
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const outside: Outside = {
      call: () => promise,
      onReception(listener) {
        feed = listener
        return () => {}
      },
    }
    checked(outside, receptionSchema).onReception(
      ({ revision }) => seen.push(revision),
      (line) => lines.push(line),
    )
    feed(at(1))
    feed({ after: 3, parts: { revision: 4 }, lists: {} })
    feed({ line: 'turning' })
    resolve({ ok: true, value: at(5) })
    await new Promise(setImmediate)
    expect([seen, lines.at(-1)]).toEqual([[1], 'turning'])
    feed(at(1))
    expect([seen, lines.at(-1)]).toEqual([[1, 1], 'up'])
  })

  test('counts from one again after the agent was started anew', () => {
    const desk = listening()
    desk.feed(at(9))
    desk.tell('retrying')
    desk.feed(at(1))
    expect(desk.seen).toEqual([9, 1])
  })
})

describe('an answer to a call', () => {
  const answering = (call: Outside['call']) =>
    checked({ call, onReception: () => () => {} }, receptionSchema).call('reception', {})

  test('is given on when it fits the contract', async () => {
    const failure = { ok: false, error: { code: 'PIN_WRONG', detail: { triesLeft: 2 } } }
    expect(await answering(async () => failure)).toEqual(failure)
  })

  test('is a failure with a sentence when it does not fit or never comes', async () => {
    const fault = { ok: false, error: { code: 'AGENT_FAULT' } }
    expect(await answering(async () => ({ ok: 'yes' }))).toEqual(fault)
    expect(await answering(() => Promise.reject(new TypeError('Failed to fetch')))).toEqual(fault)
  })
})
