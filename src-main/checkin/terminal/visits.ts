// The use case beside the desk: a result of the terminal's face reader becomes a visit. Results are taken, and staff's
// choices about them made, one after the other, so that the same file never makes two visits; what cannot be stored is tried again.
import { createListeners } from '../../ground/listeners.ts'
import { stackOf } from '../../ground/log.ts'
import { type Failure, ok, type Result } from '../../ground/result.ts'
import type { Arrival } from '../../hub/terminal/face-results.ts'
import type { Lease } from '../../store/leases.ts'
import { type Candidate, type ChoicesPorts, openChoices } from './choices.ts'
import type { SharedFolderTurn } from './folder-turn.ts'
import { createTaking, type TakingPorts } from './taking.ts'

export type TerminalVisitPorts = ChoicesPorts &
  Pick<TakingPorts, 'store' | 'onLaidByProgram'> & {
    /** Among the desks of a site; null: this desk has its store to itself. */
    readonly turn: Pick<SharedFolderTurn, 'lease' | 'lost' | 'onTurn'> | null
  }

export interface TerminalVisits {
  /** `onVisit` is told the visit that it becomes, if it becomes one. */
  receive(arrival: Arrival, onVisit?: (visitId: string) => void): void
  onChange(listener: (visitId: string) => void): () => void
  /** Whom a waiting visit could be about; empty for every other visit. */
  candidates(visitId: string): readonly Candidate[]
  /**
   * Staff say whom a waiting visit is about: one of its candidates by `ref`, or null for somebody new. Errors:
   * VISIT_NOT_CURRENT, REQUEST_INVALID (no candidate), STORE_ codes.
   */
  choose(visitId: string, ref: string | null): Promise<Result<void>>
  /** Staff do not want it. Errors: VISIT_NOT_CURRENT, STORE_ codes. */
  cancel(visitId: string): Promise<Result<void>>
  /** Why the last result could not be stored; it is kept and tried again. */
  failure(): Failure | null
  /** Other desks have changed these; null: any. */
  follow(ids: readonly string[] | null): Promise<void>
  /** Resolves when everything received so far is stored. */
  settled(): Promise<void>
  /** Finishes what is being stored and takes nothing more. */
  stop(): Promise<void>
}

/** Between two tries to store a result, in milliseconds. */
const storeAgainMs = 5_000

export async function openTerminalVisits(ports: TerminalVisitPorts): Promise<TerminalVisits> {
  const { log, takingBack, turn: folder } = ports
  const listeners = createListeners<[visitId: string]>()
  const choices = await openChoices(ports, listeners.tell)
  /** Who wants to know what visit an arrival becomes, by its name. */
  const awaited = new Map<string, (visitId: string) => void>()
  let under: Lease | null = null
  /** Another desk may have taken them meanwhile, which the store knows. */
  const refused: Arrival[] = []
  const take = createTaking({
    ...ports,
    choices,
    async lease() {
      const leased = folder ? await folder.lease() : ok(null)
      under = leased.ok ? leased.value : null
      return leased
    },
    onBegun(name, visitId) {
      awaited.get(name)?.(visitId)
      listeners.tell(visitId)
    },
  })
  let turn: Promise<unknown> = Promise.resolve()
  let failure: Failure | null = null
  let isStopped = false

  /** One after the other; a bug in one costs the others nothing. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) }))
    return done
  }

  const receive = (arrival: Arrival, onVisit?: (visitId: string) => void): void => {
    const { name, message } = arrival
    if (onVisit) awaited.set(name, onVisit)
    log.write({ event: 'terminalFile', ...(!message.ok && { code: message.error.code }) })
    void inTurn(async () => {
      if (isStopped) return
      const taken = await take(arrival)
      if (!taken.ok && taken.error.code === 'LEASE_LOST') {
        // The file lies where it lay, for the desk whose turn it is: this one again, it may be.
        refused.push(arrival)
        if (under) folder?.lost(under)
        return
      }
      const isDone = taken.ok || taken.error.code === 'TERMINAL_FILE_KNOWN'
      failure = isDone ? null : taken.error
      if (isDone) awaited.delete(name)
      // The file may be gone from its folder by now: what was read of it is kept until the disk takes it.
      if (!isDone) setTimeout(receive, storeAgainMs, arrival).unref()
    }).catch(() => undefined)
  }

  folder?.onTurn((isOurs) => {
    if (isOurs) for (const arrival of refused.splice(0)) receive(arrival)
  })

  return {
    receive,
    onChange: listeners.add,
    failure: () => failure,
    candidates: choices.candidates,
    choose: (visitId, ref) =>
      inTurn(async () => {
        const offer = (back: () => Promise<Result<void>>) => takingBack.offer(visitId, () => inTurn(back))
        const chosen = await choices.choose(visitId, ref, offer)
        if (!chosen.ok) takingBack.withdraw(visitId)
        return chosen
      }),
    cancel: (visitId) => inTurn(() => choices.cancel(visitId)),
    follow: (ids) => inTurn(() => choices.follow(ids)),
    async settled() {
      await turn
    },
    async stop() {
      isStopped = true
      await turn
    },
  }
}
