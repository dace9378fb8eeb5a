// What a change costs on a day of 1,000 visits: to say it, to carry it as JSON and to put it together, against the state as
// a whole in the same run. What the page then checks is the same for both and not counted.
import type { Reception } from '../../src-main/contract/reception.ts'
import { createTeller, follow, toldSchema, type View } from '../../src-main/contract/told.ts'
import { scenes } from '../renderer/scenes.ts'
import { median } from './measure.ts'

const runs = 200

export function benchTold(): Record<string, number> {
  const [row] = scenes.result.visits
  if (!row) throw new Error('the scene has no visit')
  const visits = Array.from({ length: 1000 }, (_, index) => ({ ...row, number: 1000 - index }))
  const state = (revision: number): Reception => ({
    ...scenes.result,
    revision,
    visits: visits.map((visit, at) => (at === revision % 1000 ? { ...visit, isHeldUp: true } : visit)),
  })
  const times: { readonly change: number; readonly whole: number }[] = []
  const tell = createTeller()
  let seen: View = state(0)
  tell(seen)
  let changeBytes = 0
  let wholeBytes = 0
  for (let revision = 1; revision <= runs; revision++) {
    const next = state(revision)
    const start = performance.now()
    const told = JSON.stringify(tell(next))
    const followed = follow(seen, toldSchema.parse(JSON.parse(told)))
    const between = performance.now()
    const whole = JSON.stringify(createTeller()(next))
    follow(null, toldSchema.parse(JSON.parse(whole)))
    const end = performance.now()
    if (followed === null) throw new Error('the change does not follow')
    seen = next
    changeBytes = told.length
    wholeBytes = whole.length
    times.push({ change: between - start, whole: end - between })
  }
  return {
    'told.changeBytes': changeBytes,
    'told.wholeBytes': wholeBytes,
    'told.changeToWhole': median(times.map(({ change, whole }) => change / whole)),
  }
}
