// How the moves of an attempt become rows: by the table of visits, with their audit rows, or into a designed end. A state in
// which a person waits is saved at once; one that only passes is saved with the next.
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { failureOrigin } from '../ground/failures.ts'
import type { Log } from '../ground/log.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import { isIn, passingVisitStates, type VisitState, visitRules } from '../ground/states.ts'
import type { AuditEntry } from '../store/audit.ts'
import type { VisitRow, Visits } from '../store/visits.ts'
import { type Attempt, end, hasEnded, pastAttempt } from './attempt.ts'

/** Adds the time of `work` to one part of the attempt's timings. */
export async function timed<T>(
  current: Attempt,
  part: 'cardMs' | 'hubMs' | 'storeMs',
  work: () => Promise<T>,
): Promise<T> {
  const start = performance.now()
  try {
    return await work()
  } finally {
    current.timings[part] += performance.now() - start
  }
}

export interface RecorderPorts {
  readonly store: Pick<Visits, 'saveVisit' | 'visit'>
  readonly clock: Clock
  readonly log: Log
  /** Something of this attempt is to be shown. */
  readonly changed: (attempt: Attempt) => void
}

/** How every part of a check-in moves its visit on: by the rules, with its audit rows, or into a designed end. */
export type Recorder = ReturnType<typeof createRecorder>

export function createRecorder(ports: RecorderPorts) {
  const { store, clock, log, changed } = ports

  /** Visits whose end could not be saved: in the store they still stand at the counter. */
  const owed = new Map<string, { readonly visit: VisitRow; readonly audit: readonly AuditEntry[] }>()

  /** There is room again: whatever ended meanwhile ends in the store, too, as it did on the screen. */
  const settleOwed = async (): Promise<void> => {
    for (const [id, { visit, audit }] of owed) {
      const stored = (await store.visit(id))?.visit.state
      // An answer that was saved waits for a person, as after a restart.
      const isLeft = isIn(passingVisitStates, stored)
      const settled = isLeft ? await store.saveVisit(visit, audit) : ok(visit)
      // Somebody has gone on with it, here or at another desk: then it is theirs.
      if (!settled.ok && failureOrigin(settled.error.code) !== 'visit') return
      owed.delete(id)
      changed(pastAttempt(visit))
    }
  }

  /** Moves the visit on in memory and notes the audit row. Nobody waits in such a state, so the next save will do. */
  const pass = (current: Attempt, state: VisitState, at = clinicMoment(clock.now())): void => {
    const { visit } = current
    const isNew = visit.number === 0 && current.audit.length === 0
    if (!isNew && !visitRules.mayMove(visit.state, state))
      throw new Error(`a visit cannot go from ${visit.state} to ${state}`)
    current.visit = { ...visit, state, updatedAt: at }
    current.audit.push({ at, event: state, ...(current.visit.failure && { code: current.visit.failure.code }) })
  }

  /** Moves the visit on and saves it, with the audit rows of all states passed since the last save. */
  const move = async (
    current: Attempt,
    states: readonly VisitState[],
    change: Partial<Pick<VisitRow, 'failure' | 'patient'>> = {},
    outcome?: Parameters<Visits['saveVisit']>[2],
  ): Promise<Result<void>> => {
    // One move after the other; in between it may have come to its end.
    let isBehindOther = false
    for (; current.saving; isBehindOther = true) await current.saving.done
    const { visit: shown } = current
    const [next] = states
    if (isBehindOther && next && !visitRules.mayMove(shown.state, next)) return fail('VISIT_NOT_CURRENT')
    current.visit = { ...current.visit, failure: null, ...change }
    const at = clinicMoment(clock.now())
    // What could not be saved has happened before; what cannot be saved now does not happen.
    const earlier = owed.get(current.visit.id)?.audit ?? []
    const before = [...earlier, ...current.audit]
    for (const state of states) pass(current, state, at)
    const { visit, named } = current
    const audit = [...current.audit]
    const done = Promise.withResolvers<void>()
    current.saving = { shown, done: done.promise }
    let saved: Result<VisitRow>
    try {
      const rows = [...earlier, ...audit]
      saved = await timed(current, 'storeMs', () => store.saveVisit(visit, rows, { ...outcome, named }))
      current.audit = current.audit.slice(audit.length)
      // Not saved, yet shown: the receptionist must see what happened at the counter even when the disk is full.
      current.visit = saved.ok ? saved.value : { ...visit, state: 'failed', failure: saved.error }
    } finally {
      current.saving = null
      done.resolve()
    }
    if (saved.ok) {
      current.named = saved.value
      owed.delete(visit.id)
      await settleOwed()
    } else {
      const { code } = saved.error
      // Another desk has it: what was begun here is given up.
      if (visit.number > 0 && code !== 'VISIT_ELSEWHERE')
        owed.set(visit.id, { visit: current.visit, audit: [...before, { at, event: 'failed', code }] })
      end(current)
      // Whoever moved it may have been about to show what did not come of it.
      changed(current)
      void current.card?.end()
    }
    const { state, failure } = current.visit
    log.write({ event: 'visitMoved', visitId: visit.id, state, ...(failure && { code: failure.code }) })
    return saved.ok ? ok(undefined) : saved
  }

  const failVisit = async (current: Attempt, failure: Failure): Promise<Result<void>> => {
    if (hasEnded(current)) return { ok: false, error: failure }
    end(current)
    current.stop.abort()
    if (current.card && failureOrigin(failure.code) === 'card') {
      log.write({ event: 'cardFailed', visitId: current.visit.id, code: failure.code, apdus: current.card.trace })
    }
    await move(current, ['failed'], { failure })
    changed(current)
    await current.card?.end()
    return { ok: false, error: failure }
  }

  return { pass, move, failVisit, changed }
}
