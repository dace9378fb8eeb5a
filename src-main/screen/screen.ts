// What the screen shows beside the counter: a visit of the list, or a page; and the whole as listeners get it, put together
// anew once for all changes that come together.
import type { TrustedTime } from '../background/trusted-time.ts'
import type { CallRequest } from '../contract/calls.ts'
import type { Reception } from '../contract/reception.ts'
import { clinicMoment } from '../ground/clock.ts'
import { createListeners } from '../ground/listeners.ts'
import { hiddenField, mapTexts, showHidden } from '../text/hidden.ts'
import type { Roster } from './roster.ts'

type PageName = CallRequest<'openPage'>['page']

export interface Screen {
  /** As it was told last. */
  reception(): Reception
  onReception(listener: (reception: Reception) => void): () => void
  /** Something has changed, of this visit where one is given. Resolves once everybody has been told. */
  publish(visitId?: string): Promise<void>
  /** As `publish`, for whoever does not wait for it: what goes wrong is noted, and the next change tries again. */
  tell(visitId?: string): void
  /** This visit has changed in the store; what is published next shows it. */
  refresh(visitId: string): void
  page(): PageName
  /** Shows a visit of the list, or with null the counter. */
  show(visitId: string | null): void
  /** As `show`, unless somebody is looking another one up. */
  suggest(visitId: string): void
  turnTo(page: PageName): Promise<void>
  /** Another day: what is no longer listed is no longer looked up. */
  dayTurned(): void
}

export interface ScreenPorts {
  readonly roster: Pick<Roster, 'refresh' | 'find'>
  /** Turns the day where it is over. */
  readonly keepDay: () => Promise<void>
  /** The content of a page as it is now. */
  readonly pageOf: (name: PageName) => Promise<Reception['page']>
  readonly viewOf: (state: {
    readonly revision: number
    readonly shownId: string | null
    readonly page: Reception['page']
  }) => Reception
  readonly fault: (error: unknown) => void
}

/** What the screen is told of a clock that is in doubt. */
export function clockView(time: Pick<TrustedTime, 'doubt' | 'holds'>, now: Date): Reception['clockDoubt'] {
  const doubt = time.doubt()
  if (!doubt) return null
  return { kind: doubt.kind, now: clinicMoment(now), other: clinicMoment(doubt.other), isHeld: time.holds() !== null }
}

export function createScreen({ roster, keepDay, pageOf, viewOf, fault }: ScreenPorts): Screen {
  const listeners = createListeners<[reception: Reception]>()
  const stale = new Set<string>()
  let revision = 0
  let shownId: string | null = null
  let page: Reception['page'] = { name: 'counter' }
  let publishing: Promise<void> | null = null

  const view = () => readable(viewOf({ revision: ++revision, shownId, page }))
  let reception = view()

  const screen: Screen = {
    reception: () => reception,
    onReception: listeners.add,
    publish(visitId) {
      if (visitId) stale.add(visitId)
      publishing ??= new Promise(setImmediate).then(async () => {
        publishing = null
        await keepDay()
        const ids = [...stale]
        stale.clear()
        for (const id of ids) await roster.refresh(id)
        const opened = await pageOf(page.name)
        // Meanwhile somebody may have turned elsewhere.
        if (opened.name === page.name) page = opened
        reception = view()
        listeners.tell(reception)
      })
      return publishing
    },
    tell: (visitId) => void screen.publish(visitId).catch(fault),
    refresh: (visitId) => void stale.add(visitId),
    page: () => page.name,
    show(visitId) {
      shownId = visitId
      page = { name: 'counter' }
    },
    suggest(visitId) {
      shownId ??= visitId
    },
    async turnTo(name) {
      page = await pageOf(name)
    },
    dayTurned() {
      if (shownId !== null && !roster.find(shownId)) shownId = null
    },
  }
  return screen
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
