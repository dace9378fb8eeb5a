// The kiosk (再来受付機): a place of its own beside the counter, where patients check in by themselves. It promises that
// nobody is left with the last one's page, that no last try of a PIN is spent there, and that whatever needs a person waits
// at the desk under the number that the patient was shown. It attends to one patient at a time, and lets go of a visit as
// soon as the patient has nothing more to do there.
import type { KioskState, KioskStep, KioskWhy } from '../contract/kiosk.ts'
import { type Clock, clinicDay } from '../ground/clock.ts'
import { type FailureCode, failureClass, failureOrigin } from '../ground/failures.ts'
import type { Failure } from '../ground/result.ts'
import { confirmedStates, isIn, passingVisitStates } from '../ground/states.ts'
import type { VisitRow } from '../store/visits.ts'
import type { Before } from './attempt.ts'
import type { CurrentVisit } from './current-visit.ts'

/** In milliseconds. */
const limits = {
  /** Nobody has entered a PIN: whoever it was has gone. */
  pin: 180_000,
  /** The end is shown while the card lies there, and then only that it does. */
  card: 60_000,
  /** The end is shown after the card was lifted. */
  lifted: 15_000,
}
/** How often it is looked whether one of them is over. */
const tickMs = 1_000
/** Visits that are remembered for the desk. */
const calledLimit = 100

/** The place where the patient at the kiosk is attended to: a counter like the desk's. */
interface KioskPlace {
  current(): CurrentVisit | null
  /** Ends it without waiting for whatever is being done for it. */
  turnAway(visitId: string, failure: Failure): Promise<void>
  cancel(visitId: string, why: 'VISIT_CANCELLED'): Promise<unknown>
  /** Is not about this visit any more, whatever it waits for; what its card showed. */
  letGo(visitId: string): Uint8Array | null
  untouchedMs(): number
}

export interface KioskPorts {
  /** Of its number slips; null: asked each time. */
  readonly printer: string | null
  readonly clock: Clock
  readonly place: KioskPlace
  readonly reader: { readonly isThere: () => boolean; readonly hasCard: () => boolean }
  readonly isLocked: () => boolean
  /** Something of its own, without a visit of which it is told by itself. */
  readonly changed: () => void
}

interface Ended {
  readonly visit: VisitRow
  readonly read: Uint8Array | null
  /** null: all went well. */
  readonly why: KioskWhy | null
}

export type Kiosk = ReturnType<typeof createKiosk>

export function createKiosk({ clock, printer, place, reader, isLocked, changed }: KioskPorts) {
  let isOpen = true
  /** What the patient who was last attended to is shown, since when, and since when without their card. */
  let shown: { readonly ended: Ended; readonly since: number; liftedAt: number | null } | null = null
  /** Visits that ended here without a confirmation, by their id. */
  const called = new Map<string, Ended>()

  const now = () => clock.now().getTime()
  const isOver = (since: number, limit: number) => Math.abs(now() - since) >= limit

  const remember = (ended: Ended) => {
    called.set(ended.visit.id, ended)
    for (const [id, { visit }] of called) {
      if (called.size > calledLimit || visit.day !== clinicDay(clock.now())) called.delete(id)
    }
  }

  /** Whether the patient has nothing more to do here, and lets go of the visit then. */
  const settle = (): void => {
    const current = place.current()
    if (!current) return
    const { visit } = current
    const away = turnedAway(current)
    if (away) return void place.turnAway(visit.id, { code: away })
    if (isIn(passingVisitStates, visit.state)) {
      shown = null
      called.delete(visit.id)
      return
    }
    const ended = { visit, read: place.letGo(visit.id), why: whyOf(visit) }
    if (ended.why) remember(ended)
    shown = { ended, since: now(), liftedAt: reader.hasCard() ? null : now() }
    changed()
  }

  const clear = () => {
    shown = null
    changed()
  }

  const tick = () => {
    const current = place.current()
    if (current?.pin && place.untouchedMs() >= limits.pin) void place.cancel(current.visit.id, 'VISIT_CANCELLED')
    if (!shown) return
    if (isOver(shown.since, limits.card)) clear()
    else if (shown.liftedAt !== null && isOver(shown.liftedAt, limits.lifted)) clear()
  }
  const ticking = setInterval(tick, tickMs)
  ticking.unref()

  const step = (): KioskStep => {
    if (!isOpen || isLocked() || !reader.isThere()) return { kind: 'off' }
    const current = place.current()
    if (current) return attending(current)
    const isCardThere = reader.hasCard()
    if (!shown) return { kind: isCardThere ? 'cardLeft' : 'waiting' }
    const { visit, why } = shown.ended
    const number = visit.number > 0 ? visit.number : null
    if (why || number === null) return { kind: 'called', number, why: why ?? 'staff', isCardThere }
    return { kind: 'slip', number, startedAt: visit.startedAt, isCardThere }
  }

  return {
    isOpen: () => isOpen,
    /** Switched on or off by reception; whoever is at it comes to the desk. */
    async open(open: boolean): Promise<void> {
      isOpen = open
      const current = place.current()
      if (!open && current) await place.turnAway(current.visit.id, { code: 'VISIT_TO_DESK' })
      if (!open) shown = null
      changed()
    },
    /** Something of the visit here has changed. */
    settle,
    /** A card was laid or lifted, a reader plugged or unplugged. */
    cardsMoved(): void {
      if (shown && shown.liftedAt === null && !reader.hasCard()) shown.liftedAt = now()
    },
    /** The desk attends to this visit, or has said that nobody needs to. */
    seenTo(visitId: string): boolean {
      return called.delete(visitId)
    },
    /** A visit that this card began here, and that goes on wherever the card is laid next. */
    endedWith(certificate: Uint8Array): Before | null {
      const found = [...called.values()].findLast(({ read }) => read && Buffer.from(read).equals(certificate))
      return found ? { visit: found.visit, read: found.read, isLying: false } : null
    },
    view(): KioskState {
      const current = place.current()
      const today = clinicDay(clock.now())
      return {
        isOpen,
        printer,
        step: step(),
        visit: current && { id: current.visit.id, number: current.visit.number || null },
        called: [...called.values()].flatMap(({ visit: { id: visitId, number, startedAt, day }, why }) =>
          why && why !== 'again' && number > 0 && day === today ? [{ visitId, number, startedAt, why }] : [],
        ),
      }
    },
    close(): void {
      clearInterval(ticking)
    },
  }
}

/** With what a visit ends here although the patient could go on: a person has to be there for it. */
function turnedAway({ pin, doubt }: CurrentVisit): FailureCode | null {
  if (doubt) return 'VISIT_TO_DESK'
  if (pin?.triesLeft === 0) return 'PIN_BLOCKED'
  return pin?.triesLeft === 1 ? 'PIN_LAST_TRY' : null
}

function attending({ visit, pin }: CurrentVisit): KioskStep {
  if (pin && pin.triesLeft > 1) return { kind: 'pin', visitId: visit.id, ...pin }
  return { kind: visit.state === 'reading' || visit.state === 'identifying' ? 'reading' : 'working' }
}

/** What is said to patients in words of their own; the rest goes by where a failure comes from. */
const whys: Partial<Record<FailureCode, KioskWhy>> = {
  PIN_BLOCKED: 'pin',
  PIN_LAST_TRY: 'lastTry',
  CARD_CERTIFICATE_EXPIRED: 'certificate',
  CARD_CERTIFICATE_INVALID: 'otherCard',
  CARD_UNSUPPORTED: 'otherCard',
  CARD_TOKEN_UNKNOWN: 'otherCard',
}

function whyOf({ state, failure }: VisitRow): KioskWhy | null {
  if (isIn(confirmedStates, state)) return null
  if (state === 'offline') return 'line'
  if (!failure) return 'staff'
  const isPassing = failureClass[failure.code] === 'transient'
  const origin = failureOrigin(failure.code)
  if (isPassing && origin === 'card') return 'again'
  return whys[failure.code] ?? (isPassing && origin === 'hub' ? 'line' : 'staff')
}
