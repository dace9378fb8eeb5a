// Which sound a change of the desk's state asks for: one at most, the most pressing. It goes by what has become so since the
// state before, so that a page that was reloaded, or opened a second time, calls nobody to what was there already.
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import type { SignalKind } from '../../src-main/contract/signals.ts'
import { openByHand } from '../../src-main/eligibility/handed.ts'
import { confirmedStates, isIn, needsPerson, type VisitState } from '../../src-main/ground/states.ts'

/** What a sound can be about; the rest of the state makes none. */
export type Heard = Pick<Reception, 'current' | 'visits' | 'otherCard' | 'readerFailure' | 'asking'>

/** The first one counts. */
const bySeverity = ['error', 'attention', 'cardLeft', 'done'] as const satisfies readonly SignalKind[]

export function signalOf(before: Heard, now: Heard): SignalKind | null {
  const found = new Set([
    ofCounter(before.current, now.current),
    ofList(before, now),
    ofReader(before, now),
    ofOthers(before, now),
  ])
  return bySeverity.find((kind) => found.has(kind)) ?? null
}

/** The visit at the counter: how it stood, and how it stands. */
function ofCounter(before: VisitView | null, now: VisitView | null): SignalKind | null {
  if (!now) return null
  const earlier = before?.id === now.id ? before : null
  const has = (state: VisitState) => now.state === state && earlier?.state !== state
  // It goes on with the next card.
  if (has('failed') && now.failure?.code === 'VISIT_MOVED') return null
  if (has('failed') || has('offline')) return 'error'
  // A PIN that was wrong is one try less; the same answer in another state is none.
  if (now.pin?.wrong && (!earlier?.pin?.wrong || earlier.pin.triesLeft !== now.pin.triesLeft)) return 'error'
  if (now.hold && now.hold.code !== earlier?.hold?.code) return 'attention'
  if (now.doubt && !earlier?.doubt) return 'attention'
  if (has('answered')) return 'attention'
  // What was opened again is confirmed already.
  if (!earlier || isIn(confirmedStates, earlier.state) || !isIn(confirmedStates, now.state)) return null
  return now.handed && openByHand(now.handed) > 0 ? 'attention' : 'done'
}

/** The list: results of the terminal come without anybody at the counter, and files may be held up at any time. */
function ofList(before: Heard, now: Heard): SignalKind | null {
  if (before.visits === now.visits) return null
  const earlier = new Map(before.visits.map((visit) => [visit.id, visit]))
  let found: SignalKind | null = null
  for (const visit of now.visits) {
    const old = earlier.get(visit.id)
    if (old === visit) continue
    if (visit.isHeldUp && !old?.isHeldUp) return 'error'
    // The counter's own is told by the counter.
    if (visit.id === now.current?.id) continue
    if (needsPerson(visit) && !(old && needsPerson(old))) found = 'attention'
    else if (!found && !old && isIn(confirmedStates, visit.state)) found = 'done'
  }
  return found
}

/** Another desk asks for a visit of this one. */
function ofOthers({ asking: before }: Heard, { asking: now }: Heard): SignalKind | null {
  const known = before?.asked.map(({ visitId }) => visitId) ?? []
  return now?.asked.some(({ visitId }) => !known.includes(visitId)) ? 'attention' : null
}

function ofReader(before: Heard, now: Heard): SignalKind | null {
  if (now.readerFailure && now.readerFailure.code !== before.readerFailure?.code) return 'error'
  if (now.otherCard === before.otherCard) return null
  if (now.otherCard === 'left') return 'cardLeft'
  return now.otherCard === 'waiting' ? 'attention' : null
}
