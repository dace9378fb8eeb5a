// Desks beside one terminal in any order of their single calls to the share, with ends in the middle of anything, sleeps and
// take-overs: a result is never two desks', and once all is quiet it is one's.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeskFiles } from '../../../src-main/hub/terminal/desk-claims.ts'
import {
  type ClaimAnswer,
  createDeskWatch,
  type DeskWatch,
  usualDeskTiming,
} from '../../../src-main/hub/terminal/desk-watch.ts'
import { type Call, foldersInMemory } from './folders-in-memory.ts'

const { beatMs, goneMs } = usualDeskTiming
const results = ['r0', 'r1', 'r2']

type Action =
  | { readonly what: 'beat' | 'takeOver' | 'leave'; readonly now: number }
  | { readonly what: 'claim'; readonly of: string; readonly now: number }

/** The action has asked for a call that is not its turn yet. */
class Paused extends Error {}

/**
 * A desk that makes one call to the share at a time. Its code runs to the end of an action without a pause, so it is run again
 * from its start for each call, with the answers that it has had: the same code comes to the same point.
 */
function steppedDesk(id: string, share: (call: Call) => unknown) {
  let answers: { readonly value?: unknown; readonly error?: unknown }[] = []
  let actions: Action[] = []
  let isUnderWay = false
  /** What it has taken, which outlives it. */
  const taken = new Set<string>()

  /** Runs what it has done since it was started; false: its next call is not its turn. */
  const run = (mayCall: boolean): { isDone: boolean; last: ClaimAnswer | null } => {
    let next = 0
    let mayStill = mayCall
    const call = (asked: Call): unknown => {
      if (next === answers.length) {
        if (!mayStill) throw new Paused()
        mayStill = false
        try {
          answers.push({ value: share(asked) })
        } catch (error) {
          answers.push({ error })
        }
      }
      const answer = answers[next]
      next++
      if (answer && 'error' in answer) throw answer.error
      return answer?.value
    }
    const files = new Proxy({} as DeskFiles, {
      get:
        (_target, name) =>
        (...given: unknown[]) =>
          call([name, ...given] as unknown as Call),
    })
    const desk = { id, name: id, site: null }
    const watch = createDeskWatch({ root: '/share', own: '/share/own', desk, timing: usualDeskTiming }, files)
    let last: ClaimAnswer | null = null
    try {
      for (const action of actions) last = carryOut(watch, action)
    } catch (error) {
      if (error instanceof Paused) return { isDone: false, last: null }
      throw error
    }
    return { isDone: true, last }
  }

  const step = (mayCall = true) => {
    if (!isUnderWay) return
    const { isDone, last } = run(mayCall)
    if (!isDone) return
    isUnderWay = false
    const action = actions.at(-1)
    if (action?.what === 'claim' && last === 'ours') taken.add(action.of)
  }
  return {
    id,
    taken,
    /** One call further, or the end of what is under way. */
    step,
    begin(action: Action) {
      if (isUnderWay) return
      actions.push(action)
      isUnderWay = true
    },
    finish() {
      while (isUnderWay) step()
    },
    /** Ended in the middle of anything; what it had been answered and not taken is forgotten. */
    kill() {
      answers = []
      actions = []
      isUnderWay = false
    },
  }
}

function carryOut(watch: DeskWatch, action: Action): ClaimAnswer | null {
  if (action.what === 'claim') return watch.claim(action.of, action.now)
  watch[action.what](action.now)
  return null
}

const desks = 3
const orders = fc.array(
  fc.record({
    desk: fc.nat({ max: desks - 1 }),
    what: fc.oneof(
      { weight: 12, arbitrary: fc.constant('step' as const) },
      { weight: 3, arbitrary: fc.constantFrom(...results) },
      { weight: 2, arbitrary: fc.constant('beat' as const) },
      { weight: 1, arbitrary: fc.constantFrom('takeOver', 'leave', 'kill', 'pass', 'sleep' as const) },
    ),
  }),
  { minLength: 20, maxLength: 150 },
)

describe('a result', () => {
  test('is never two desks’, and in the end it is one’s', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(orders, (order) => {
        const share = foldersInMemory('/share')
        const all = Array.from({ length: desks }, (_, at) => steppedDesk(`d${at}`, share))
        let now = 0
        for (const { desk: at, what } of order) {
          const desk = all[at]
          if (!desk) continue
          if (what === 'pass') now += beatMs
          else if (what === 'sleep') now += 3_600_000
          else if (what === 'kill') desk.kill()
          else if (what === 'step') desk.step()
          else if (what === 'beat' || what === 'takeOver' || what === 'leave') desk.begin({ what, now })
          else desk.begin({ what: 'claim', of: what, now })
          const owners = results.map((of) => all.filter(({ taken }) => taken.has(of)).map(({ id }) => id))
          expect(owners.filter((ids) => ids.length > 1)).toEqual([])
        }
        // All come back, and each looks at everything, until whoever was gone is known to be.
        for (let time = 0; time <= 2 * goneMs; time += beatMs) {
          now += beatMs
          for (const desk of all) {
            desk.finish()
            desk.begin({ what: 'beat', now })
            desk.finish()
          }
        }
        for (const desk of all)
          for (const of of results) {
            desk.begin({ what: 'claim', of, now })
            desk.finish()
          }
        expect(results.map((of) => all.filter(({ taken }) => taken.has(of)).length)).toEqual([1, 1, 1])
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
    )
  })
})
