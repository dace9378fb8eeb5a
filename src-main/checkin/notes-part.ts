// A short note of reception on a visit ("pays on Friday", "paper seen"). It is the clinic's own: it stays in the store with its
// visit and goes with it, and no file, no call and no log has a place for it.
import type { PartWith } from '../contract/part.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import type { News } from '../ground/news.ts'
import type { Visits } from '../store/visits.ts'

export function createNotes(ports: {
  readonly store: Pick<Visits, 'noteVisit'>
  readonly clock: Clock
  readonly news: News
}) {
  const { store, clock, news } = ports
  return {
    calls: {
      async noteVisit({ visitId, note }) {
        const noted = await store.noteVisit(visitId, note === '' ? null : note, { at: clinicMoment(clock.now()) })
        news.tell(visitId)
        return noted
      },
    },
  } satisfies PartWith
}
