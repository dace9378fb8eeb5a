// What a change costs on a day of 1,000 visits: to say it, to carry it as JSON and to put it together, against the state as
// a whole in the same run; its bytes against those on a day of 20. What the page then checks is the same for both and not
// counted.
import type { Reception } from '../../src-main/contract/reception.ts'
import { createTeller, follow, toldSchema, type View } from '../../src-main/contract/told.ts'
import { scenes } from '../renderer/scenes.ts'
import { type Figures, spread } from './measure.ts'

const runs = 200

/** A day of so many visits, one after the other of which changes. */
function tellDay(count: number) {
  const [row] = scenes.result.visits
  if (!row) throw new Error('the scene has no visit')
  // The same number of digits in both.
  const visits = Array.from({ length: count }, (_, index) => ({ ...row, number: 9000 - index }))
  const state = (revision: number): Reception => ({
    ...scenes.result,
    revision: 1000 + revision,
    visits: visits.map((visit, at) => (at === revision % 2 ? { ...visit, isHeldUp: true } : visit)),
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
  return { changeBytes, wholeBytes, changeToWhole: spread(times.map(({ change, whole }) => change / whole)) }
}

export function benchTold(): Figures {
  const day = tellDay(1000)
  return {
    'told.changeBytes': day.changeBytes,
    'told.changeBytesAt1000To20': day.changeBytes / tellDay(20).changeBytes,
    'told.wholeBytes': day.wholeBytes,
    'told.changeToWhole': day.changeToWhole,
  }
}
