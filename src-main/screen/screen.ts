// What the screen shows as a whole, put together from the parts of the agent anew once for all changes that come together,
// and what somebody looks up on it.
import type { CurrentVisit } from '../checkin/current-visit.ts'
import type { Page } from '../contract/pages.ts'
import type { Pages, PartWith } from '../contract/part.ts'
import type { Reception, VisitView } from '../contract/reception.ts'
import { createListeners } from '../ground/listeners.ts'
import { type Log, stackOf } from '../ground/log.ts'
import type { News } from '../ground/news.ts'
import { ok, Refusal } from '../ground/result.ts'
import type { StoredVisit } from '../store/visits.ts'
import { hiddenField, mapTexts, showHidden } from '../text/hidden.ts'
import type { LookedAt } from './looked-at.ts'
import type { Roster } from './roster.ts'
import { createTurning } from './turning.ts'
import { createVisitsView, type VisitsViewPorts } from './visits-view.ts'

type Visits = Pick<Reception, 'current' | 'visits' | 'shown'>

export interface ScreenPorts extends VisitsViewPorts {
  readonly version: string
  readonly today: () => string
  readonly desk: { current(): CurrentVisit | null }
  readonly roster: Roster
  readonly lookedAt: LookedAt
  /** What was paid before a visit under its certificates. */
  readonly paidBefore: (visit: StoredVisit) => Promise<VisitView['paid']>
  /** What the other parts know. */
  readonly view: () => Omit<Reception, 'revision' | 'version' | 'today' | 'page' | keyof Visits>
  readonly pages: Omit<Pages, 'counter'>
  readonly news: News
  /** Turns the day where it is over. */
  readonly keepDay: () => Promise<void>
  readonly log: Log
}

export function createScreen(ports: ScreenPorts) {
  const { lookedAt, roster, news, log } = ports
  const pages: Pages = { ...ports.pages, counter: { view: async () => ({ name: 'counter' }) } }
  const visitsView = createVisitsView(ports)
  const listeners = createListeners<[reception: Reception]>()
  let revision = 0
  let page: Page = { name: 'counter' }
  /** Of the visits that are shown in full. */
  let paid: ReadonlyMap<string, VisitView['paid']> = new Map()
  let publishing: Promise<void> | null = null
  let isClosed = false

  const whole = (): Reception =>
    readable({
      ...ports.view(),
      ...visitsView(ports.desk.current(), lookedAt.visitId(), paid),
      revision: ++revision,
      version: ports.version,
      today: ports.today(),
      page,
    })
  let reception = whole()

  /** Visits that have changed and could not be read since. */
  const unread = new Set<string>()
  const readPage = async () => {
    page = await pages[lookedAt.page()].view()
  }
  const toCounter = (): Page => {
    lookedAt.turnTo('counter')
    return { name: 'counter' }
  }
  const readPaid = async () => {
    const read = new Map<string, VisitView['paid']>()
    for (const id of [ports.desk.current()?.visit.id, lookedAt.visitId()]) {
      const stored = id && roster.find(id)
      if (stored) read.set(stored.visit.id, await ports.paidBefore(stored))
    }
    paid = read
  }

  /** Something has changed. Resolves once everybody has been told; of what the store does not say now, as it was. */
  const publish = (): Promise<void> => {
    publishing ??= new Promise(setImmediate).then(async () => {
      publishing = null
      if (isClosed) return
      await ports.keepDay()
      const refusals: Refusal[] = []
      for (const id of new Set([...unread, ...news.take()])) {
        unread.add(id)
        if (await isRead(roster.refresh(id), refusals)) unread.delete(id)
      }
      await isRead(readPaid(), refusals)
      // While a page is read somebody may turn elsewhere.
      do if (!(await isRead(readPage(), refusals)) && page.name !== lookedAt.page()) page = toCounter()
      while (page.name !== lookedAt.page())
      reception = whole()
      listeners.tell(reception)
      // Whoever has called is told.
      if (refusals[0]) throw refusals[0]
    })
    return publishing
  }
  // Nobody waits for it: what goes wrong is noted, and the next change tries again.
  news.onNews(
    () =>
      void publish().catch((error: unknown) => {
        if (!(error instanceof Refusal)) log.write({ event: 'fault', where: stackOf(error) })
      }),
  )

  return {
    /** As it was told last. */
    reception: () => reception,
    onReception: listeners.add,
    publish,
    calls: {
      reception: async () => ok(undefined),
      ...createTurning(lookedAt, (name) => pages[name].open?.()),
    },
    async close() {
      isClosed = true
    },
  } satisfies PartWith
}

/** Whether the store has said it. */
async function isRead(reading: Promise<void>, refusals: Refusal[]): Promise<boolean> {
  try {
    await reading
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    refusals.push(error)
    return false
  }
}

/**
 * A mark in a name that turns the writing direction would show another name, so it is shown for what it is. A character
 * that stands by itself keeps its own, and is named by its code. The rows of the list have been looked at when they were
 * made, and the sample cards are our own: both are long, and go out with every change.
 */
function readable(view: Reception): Reception {
  const { visits, training, ...rest } = view
  if (hiddenField(rest) === null) return view
  return {
    ...mapTexts(rest, (text, field) => (field === 'character' ? text : showHidden(text))),
    visits,
    training,
  }
}
