// The desks of the site as this one knows them: their names, and which of them is heard of. What holds is for the store to say where
// something rests on it; this is for the screen, which says whose a visit is and whether its desk can still be asked.
import { createListeners } from '../ground/listeners.ts'
import { isIn, ownedVisitStates } from '../ground/states.ts'
import type { KnownDesk } from './leases.ts'
import type { StoredVisit } from './visits.ts'

export interface Desks {
  /** null: there is only one desk, or it is not known. */
  of(id: string | null): KnownDesk | null
  /** This one; null: there is no other. */
  here(): KnownDesk | null
  /** Another one has come, or one is heard of no more, or again. */
  onChange(listener: () => void): () => void
}

export function createDesks(): Desks & { heard(known: readonly KnownDesk[]): void } {
  const listeners = createListeners<[]>()
  let desks: readonly KnownDesk[] = []
  return {
    heard(known) {
      if (JSON.stringify(known) === JSON.stringify(desks)) return
      desks = known
      listeners.tell()
    },
    of: (id) => (desks.length > 1 ? (desks.find((desk) => desk.id === id) ?? null) : null),
    here: () => (desks.length > 1 ? (desks.find(({ isHere }) => isHere) ?? null) : null),
    onChange: listeners.add,
  }
}

/**
 * `here`: this desk goes on with it. `there`: another one does. `gone`: another one had it, and nothing is heard of that. `past`: it is
 * open no more. null: there is one desk only.
 */
export function whoseIs(desks: Pick<Desks, 'of'>, { visit, desk }: Pick<StoredVisit, 'visit' | 'desk'>) {
  const had = desks.of(desk)
  if (!had) return null
  if (had.isHere && isMoved(visit)) return 'here'
  if (!isIn(ownedVisitStates, visit.state)) return 'past'
  if (had.isHere) return 'here'
  return had.isHeard ? 'there' : 'gone'
}

/** It has come from another desk, and waits for its patient's card. */
export const isMoved = ({ state, failure }: StoredVisit['visit']): boolean =>
  state === 'failed' && failure?.code === 'VISIT_MOVED'
