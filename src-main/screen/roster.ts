// The visits as the screen lists them: today's, those of earlier days whose answer or file still waits for a person, and the
// one that is still at the counter after the day has turned. Kept in memory, so that a change at the counter reads one visit from
// the store and not the whole day.
import type { Follows } from '../ground/changes.ts'
import { waitsForStaff } from '../ground/states.ts'
import type { StoredVisit, Visits } from '../store/visits.ts'

export interface Roster {
  /** Newest first. */
  visits(): readonly StoredVisit[]
  find(visitId: string): StoredVisit | undefined
  /** Reads one visit again. */
  refresh(visitId: string): Promise<void>
  /** Turns to another day. */
  turnTo(day: string): Promise<void>
  readonly follows: Follows
}

/** `atCounter`: the id of the visit that is at the counter, if any. `asTried`: what is known of one beyond what is stored. */
export async function openRoster(
  store: Pick<Visits, 'openVisitsOfSite' | 'choosingVisits' | 'conflictVisits' | 'visit' | 'visitsOfDay'>,
  today: string,
  atCounter: () => string | undefined,
  asTried: (stored: StoredVisit) => StoredVisit = (stored) => stored,
): Promise<Roster> {
  let day = today
  const isListed = ({ visit, deliveries }: StoredVisit) =>
    visit.day === day ||
    waitsForStaff(visit.state) ||
    deliveries.some(({ state }) => state === 'conflict') ||
    visit.id === atCounter()
  const load = async (): Promise<StoredVisit[]> => {
    const open = (await store.openVisitsOfSite()).filter(({ state }) => waitsForStaff(state))
    const asked = [...(await store.choosingVisits()), ...(await store.conflictVisits())]
    const waiting = [...open, ...asked].filter((visit) => visit.day !== day)
    const ids = new Set([...waiting.map(({ id }) => id), atCounter()])
    const earlier = await Promise.all([...ids].map((id) => (id === undefined ? null : store.visit(id))))
    const visits = new Map((await store.visitsOfDay(day)).map((stored) => [stored.visit.id, stored]))
    for (const stored of earlier) if (stored) visits.set(stored.visit.id, stored)
    return [...visits.values()].map(asTried).sort(newestFirst)
  }
  let visits = await load()
  /** One reading after the other: an earlier one that comes later would bring back what was. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }
  const readAnew = () =>
    inTurn(async () => {
      visits = await load()
    })
  const refresh = (visitId: string) =>
    inTurn(async () => {
      const stored = await store.visit(visitId)
      const others = visits.filter(({ visit }) => visit.id !== visitId)
      visits = stored && isListed(stored) ? [...others, asTried(stored)].sort(newestFirst) : others
    })
  return {
    visits: () => visits,
    find: (visitId) => visits.find(({ visit }) => visit.id === visitId),
    refresh,
    async turnTo(nextDay) {
      day = nextDay
      await readAnew()
    },
    follows: {
      async visit(ids) {
        if (ids === null) await readAnew()
        else for (const id of ids) await refresh(id)
      },
    },
  }
}

const newestFirst = ({ visit: a }: StoredVisit, { visit: b }: StoredVisit) =>
  a.day === b.day ? b.number - a.number : a.day < b.day ? 1 : -1
