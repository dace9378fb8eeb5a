// Today's visits as the screen shows them, kept in memory so that a change at the counter reads one visit from the
// store and not the whole day.
import type { Store, StoredVisit } from '../store/store.ts'

export interface Roster {
  /** Newest first. */
  visits(): readonly StoredVisit[]
  find(visitId: string): StoredVisit | undefined
  /** Reads one visit again. */
  refresh(visitId: string): Promise<void>
  /** Turns to another day. */
  turnTo(day: string): Promise<void>
}

export async function openRoster(store: Store, today: string): Promise<Roster> {
  let day = today
  let visits: StoredVisit[] = [...(await store.visitsOfDay(day))]
  return {
    visits: () => visits,
    find: (visitId) => visits.find(({ visit }) => visit.id === visitId),
    async refresh(visitId) {
      const stored = await store.visit(visitId)
      const others = visits.filter(({ visit }) => visit.id !== visitId)
      const isToday = stored && stored.visit.day === day
      visits = isToday ? [...others, stored].sort((a, b) => b.visit.number - a.visit.number) : others
    },
    async turnTo(nextDay) {
      day = nextDay
      visits = [...(await store.visitsOfDay(day))]
    },
  }
}
