// Visits whose patient is known and whose answer is still owed: as soon as the source can be reached again they are asked
// about in one re-query, without their cards, and each answer goes to its visit. Nobody has to remember them, and a
// restart takes the queue up again from the store.
import { type Clock, clinicDay, daysLater } from '../ground/clock.ts'
import { failureClass } from '../ground/failures.ts'
import { ok, type Result } from '../ground/result.ts'
import { askWithoutCards } from '../hub/ask-without-cards.ts'
import type { RequeryItem, RequerySource } from '../hub/requeries.ts'
import type { VisitRow, Visits } from '../store/visits.ts'
import { type BackgroundPorts, type BackgroundWork, createBackgroundWork } from './background-work.ts'

/** What becomes of a visit when the source has answered about its patient, or does not know them. */
type SettleLate = (visit: VisitRow, item: RequeryItem) => Promise<void>

export interface OwedAnswersPorts extends BackgroundPorts {
  readonly source: BackgroundPorts['source'] & RequerySource
  readonly store: Pick<Visits, 'offlineVisits'>
  readonly clock: Clock
  readonly settle: SettleLate
  /** The day the source is asked about, when it is not the visit's (rehearsals); YYYY-MM-DD. */
  readonly asOf?: string | undefined
}

/** How long an answer is worth asking for: over a long weekend, and before the claim of the month is made. */
const owedDays = 7

export function createOwedAnswers(ports: OwedAnswersPorts): BackgroundWork {
  const { source, store, clock, log } = ports

  /** Asks about all visits of one day and settles each as its answer comes. */
  const askAbout = async (asOf: string, visits: readonly VisitRow[], signal: AbortSignal): Promise<Result<void>> => {
    const visitOf = new Map(visits.flatMap((visit) => (visit.patient ? [[visit.patient.ref, visit] as const] : [])))
    const settle = async (items: readonly RequeryItem[]) => {
      for (const item of items) {
        const visit = visitOf.get(item.patientRef)
        if (visit) await ports.settle(visit, item)
      }
    }
    return askWithoutCards(source, { asOf, patientRefs: [...visitOf.keys()] }, settle, signal)
  }

  return createBackgroundWork(ports, 'owedAnswers', 'askedLater', async (signal) => {
    const since = clinicDay(daysLater(clock.now(), -owedDays))
    const days = Map.groupBy(await store.offlineVisits(since), (visit) => ports.asOf ?? visit.day)
    let done: Result<void> = ok(undefined)
    for (const [asOf, visits] of days) {
      const asked = await askAbout(asOf, visits, signal)
      if (asked.ok) log.write({ event: 'askedLater', count: visits.length })
      // Without the line no day gets its answers; what is wrong with one day's answers costs the others nothing.
      else if (failureClass[asked.error.code] === 'transient') return asked
      else done = asked
    }
    return done
  })
}
