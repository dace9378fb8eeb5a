// Visits that a crash or a shutdown left at the counter: nobody stands there any more, so they end, and the next card begins
// anew. An answer that has come already keeps waiting for a person.
import { type Clock, clinicMoment } from '../ground/clock.ts'
import type { Log } from '../ground/log.ts'
import type { Failure } from '../ground/result.ts'
import { isIn, passingVisitStates, type VisitMove } from '../ground/states.ts'
import type { Visits } from '../store/visits.ts'

export async function interruptVisits(ports: {
  readonly store: Pick<Visits, 'openVisits' | 'saveVisit'>
  readonly clock: Clock
  readonly log: Log
}): Promise<void> {
  const { store, clock, log } = ports
  for (const visit of await store.openVisits()) {
    if (!isIn(passingVisitStates, visit.state)) continue
    const { to: state }: VisitMove = { from: visit.state, to: 'failed' }
    const at = clinicMoment(clock.now())
    const failure: Failure = { code: 'VISIT_INTERRUPTED' }
    const audit = [{ at, event: 'interrupted', code: failure.code }] as const
    const saved = await store.saveVisit({ ...visit, state, failure, updatedAt: at }, audit)
    const { code } = saved.ok ? failure : saved.error
    log.write({ event: 'visitMoved', visitId: visit.id, state: saved.ok ? state : visit.state, code })
  }
}
