// Visits whose patient is known and whose answer is still owed: as soon as the source can be reached again they are asked
// about in one re-query, without their cards, and each answer goes to its visit. Nobody has to remember them, and a
// restart takes the queue up again from the store.
import { type Clock, clinicDay } from '../contract/clock.ts'
import { type Log, stackOf } from '../contract/log.ts'
import { type Failure, ok, type Result } from '../contract/result.ts'
import type { RequeryItem, RequerySource } from '../hub/requeries.ts'
import type { EligibilitySource } from '../hub/source.ts'
import type { Store, VisitRecord } from '../store/store.ts'
import { askWithoutCards } from './requery.ts'

/** What becomes of a visit when the source has answered about its patient, or does not know them. */
export type SettleLate = (visit: VisitRecord, item: RequeryItem) => Promise<void>

export interface LaterPorts {
  readonly source: RequerySource & Pick<EligibilitySource, 'line' | 'onLineChange'>
  readonly store: Pick<Store, 'offlineVisits'>
  readonly clock: Clock
  readonly log: Log
  readonly settle: SettleLate
  /** The day the source is asked about, when it is not the visit's (rehearsals); YYYY-MM-DD. */
  readonly asOf?: string | undefined
  readonly pauseMs?: { readonly first: number; readonly longest: number } | undefined
}

export interface Later {
  /** There may be something to ask. */
  wake(): void
  close(): Promise<void>
}

/** How long an answer is worth asking for: over a long weekend, and before the claim of the month is made. */
const owedDays = 7

export function createLater(ports: LaterPorts): Later {
  const { source, store, clock, log, pauseMs = { first: 5_000, longest: 300_000 } } = ports
  const stop = new AbortController()
  let running = Promise.resolve()
  let isRunning = false
  let isWanted = false
  let pause = pauseMs.first
  let timer: NodeJS.Timeout | undefined

  /** Asks about all visits of one day and settles each as its answer comes. */
  const askAbout = async (asOf: string, visits: readonly VisitRecord[]): Promise<Result<void>> => {
    const visitOf = new Map(visits.flatMap((visit) => (visit.patient ? [[visit.patient.ref, visit] as const] : [])))
    const settle = async (items: readonly RequeryItem[]) => {
      for (const item of items) {
        const visit = visitOf.get(item.patientRef)
        if (visit) await ports.settle(visit, item)
      }
    }
    return askWithoutCards(source, { asOf, patientRefs: [...visitOf.keys()] }, settle, stop.signal)
  }

  const askAll = async (): Promise<Result<void>> => {
    const since = clinicDay(new Date(clock.now().getTime() - owedDays * 86_400_000))
    const days = Map.groupBy(await store.offlineVisits(since), (visit) => ports.asOf ?? visit.day)
    for (const [asOf, visits] of days) {
      const asked = await askAbout(asOf, visits)
      if (!asked.ok) return asked
      log.write({ event: 'askedLater', count: visits.length })
    }
    return ok(undefined)
  }

  const run = async () => {
    try {
      while (isWanted && !stop.signal.aborted && source.line().state !== 'down') {
        isWanted = false
        const asked = await askAll()
        if (asked.ok) pause = pauseMs.first
        else putOff(asked.error)
      }
    } catch (error) {
      log.write({ event: 'fault', where: stackOf(error) })
    } finally {
      isRunning = false
    }
  }

  /** The line tells when it is back; whatever else went wrong is tried again after a while. */
  const putOff = ({ code, detail }: Failure) => {
    log.write({ event: 'askedLater', code })
    const seconds = detail?.retryAfterS
    timer = setTimeout(later.wake, seconds === undefined ? pause : seconds * 1_000).unref()
    pause = Math.min(pause * 2, pauseMs.longest)
  }

  const later: Later = {
    wake() {
      clearTimeout(timer)
      isWanted = true
      if (isRunning) return
      isRunning = true
      running = run()
    },
    async close() {
      unsubscribe()
      clearTimeout(timer)
      stop.abort()
      await running
    },
  }
  const unsubscribe = source.onLineChange(() => {
    if (source.line().state === 'up') later.wake()
  })
  return later
}
