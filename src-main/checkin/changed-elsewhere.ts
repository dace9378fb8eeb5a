// What is done about the visit at the counter beside it, here or at another desk, while somebody stands there: its 診察券番号 or
// spelling is said, and another desk may get the answer that it was left without. The counter shows it, and writes nothing over it.
import type { Naming, Visits } from '../store/visits.ts'
import type { Counter } from './counter.ts'
import type { LettingGo } from './letting-go.ts'

export interface ChangedElsewhere {
  /** The clinic's own number or spelling of the visit's patient has been said, or taken away; it is saved already. */
  carry(visitId: string, said: Partial<Naming>): void
  /**
   * Other desks have changed these visits; null: any. Returns the visit of the counter where it has been answered elsewhere: then it
   * is let go of, and stands in the list as any other. Throws a Refusal where the store cannot be read.
   */
  follow(ids: readonly string[] | null): Promise<string | null>
}

export function createChangedElsewhere(ports: {
  readonly store: Pick<Visits, 'visit'>
  readonly counter: Pick<Counter, 'attempt' | 'attemptOf'>
  readonly letGo: LettingGo['letGo']
  /** Something of whoever is at the counter now. */
  readonly changed: () => void
}): ChangedElsewhere {
  const { store, counter, letGo, changed } = ports
  const carry: ChangedElsewhere['carry'] = (visitId, said) => {
    const current = counter.attemptOf(visitId)
    if (!current) return
    current.visit = { ...current.visit, ...said }
    current.named = { ...current.named, ...said }
    if (said.patientNumber !== undefined) current.staleNumber = null
    changed()
  }
  return {
    carry,
    async follow(ids) {
      const current = counter.attempt()
      if (!current || (ids && !ids.includes(current.visit.id))) return null
      const { id } = current.visit
      const { visit } = (await store.visit(id)) ?? {}
      if (!visit || counter.attempt() !== current) return null
      if (current.visit.state === 'offline' && visit.state !== 'offline') {
        letGo(id)
        return id
      }
      const { patientNumber, confirmedName } = visit
      const isNamed = patientNumber === current.named.patientNumber && confirmedName === current.named.confirmedName
      if (!isNamed) carry(id, { patientNumber, confirmedName })
      return null
    },
  }
}
