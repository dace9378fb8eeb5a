// What a page is told is little, and puts together what the agent means: for any change, and for nothing that was missed.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createTeller, follow, type Told, toldSchema, type View } from '../../src-main/contract/told.ts'
import { randomFrom } from '../random.ts'
import { scenes } from '../renderer/scenes.ts'

interface Small extends View {
  readonly list: readonly { readonly id: number; readonly name: string }[]
  readonly current: { readonly name: string } | null
  readonly names: readonly string[]
}

const viewSchema = z.looseObject({ revision: z.int() })

/** Through JSON, as it goes over the wire. */
const sent = (told: Told): Told => toldSchema.parse(JSON.parse(JSON.stringify(told)))

const viewSeen = (seen: unknown): View | null => viewSchema.parse(seen)

test('any changes one after the other give the page what the agent means', () => {
  const random = randomFrom(20_261_128)
  const below = (limit: number) => Math.floor(random() * limit)
  for (let walk = 0; walk < 300; walk++) {
    const tell = createTeller()
    let view: Small = { revision: 1, list: [], current: null, names: [] }
    let seen: unknown = follow(null, sent(tell(view)))
    for (let step = 0; step < 20; step++) {
      const list = [...view.list]
      const change = below(7)
      if (change === 0) list.unshift({ id: step, name: `${below(3)}` })
      if (change === 1) list.splice(below(list.length + 1), below(3))
      if (change === 2 && list.length > 0) list[below(list.length)] = { id: step, name: `${below(3)}` }
      if (change === 3) list.reverse()
      if (change === 6) {
        // Several at once, far from each other.
        for (let at = below(4); at < list.length; at += 1 + below(4)) list[at] = { id: step, name: `${below(3)}` }
        if (below(2) === 0) list.unshift({ id: step, name: 'new' })
      }
      view = {
        revision: view.revision + 1,
        list,
        current: change === 4 ? null : { name: `${below(3)}` },
        names: change === 5 ? [] : list.map(({ name }) => name),
      }
      seen = follow(viewSeen(seen), sent(tell(view)))
      expect(seen).toEqual(view)
    }
  }
})

describe('of a list of 1,000 visits', () => {
  const [row] = scenes.result.visits
  if (!row) throw new Error('the scene has no visit')
  const long = {
    ...scenes.result,
    revision: 1,
    visits: Array.from({ length: 1000 }, (_, index) => ({ ...row, number: 1000 - index })),
  }
  const bytes = (told: Told) => JSON.stringify(told).length
  const toldAfter = (visits: typeof long.visits) => {
    const tell = createTeller()
    const whole = bytes(tell(long))
    const next = { ...long, revision: 2, visits }
    return { whole, change: bytes(tell(next)) }
  }

  test.each([
    ['a row that changes', long.visits.map((visit, at) => (at === 500 ? { ...visit, isHeldUp: true } : visit))],
    ['a visit that begins', [{ ...row, number: 1001 }, ...long.visits]],
    ['a visit that is put away', long.visits.slice(1)],
    ['nothing', long.visits],
    [
      'two that change at both ends',
      long.visits.map((visit, at) => (at % 999 === 0 ? { ...visit, isHeldUp: true } : visit)),
    ],
    [
      'a visit that begins while one far below changes',
      [
        { ...row, number: 1001 },
        ...long.visits.map((visit, at) => (at === 900 ? { ...visit, isHeldUp: true } : visit)),
      ],
    ],
    [
      'one that is put away while one far below changes',
      long.visits.map((visit, at) => (at === 900 ? { ...visit, isHeldUp: true } : visit)).slice(1),
    ],
  ])('%s costs no more than its rows', (_what, visits) => {
    const { whole, change } = toldAfter(visits)
    expect(whole).toBeGreaterThan(100_000)
    expect(change).toBeLessThan(1_000)
  })
})

test.each<[string, View | null, Told]>([
  ['before anything else', null, { after: 1, parts: { revision: 2 }, lists: {} }],
  ['after one that was missed', { revision: 1 }, { after: 2, parts: { revision: 3 }, lists: {} }],
  [
    'with rows that are not there',
    { revision: 1 },
    { after: 1, parts: { revision: 2 }, lists: { list: [{ at: 0, removed: 1, rows: [] }] } },
  ],
])('a change that comes %s gives nothing to show', (_what, view, told) => {
  expect(follow(view, told)).toBeNull()
})
