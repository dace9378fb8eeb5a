// No time is trusted alone. The computer's clock is compared with the hub's `Date` and with the newest time that was ever
// believed, which the database keeps. While they contradict each other nothing is deleted and, where a patient's day is at
// stake, nothing is handed over; a person is asked, or the clock is mended, whichever comes first.
import { type Clock, clinicDay, clinicMoment } from '../ground/clock.ts'
import type { Log } from '../ground/log.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { EligibilitySource } from '../hub/source.ts'
import type { Retention } from '../store/retention.ts'

/** What contradicts the clock: `off`: the hub; `ahead` and `behind`: the newest time believed so far. */
interface ClockDoubt {
  readonly kind: 'off' | 'ahead' | 'behind'
  /** The time that the hub tells now, or the newest time believed so far. */
  readonly other: Date
}

export interface TrustedTime {
  /** What asks a person; null: nothing does, or the hub has not had its say yet. */
  doubt(): ClockDoubt | null
  /** The clock, or what is believed in its place. */
  believed(): Date
  /** Somebody or something else than the clock itself says that it is right: what may be deleted by it. */
  isConfirmed(): boolean
  /** Why nothing is handed over: CLOCK_WRONG; null: nothing is in the way. */
  holds(): Failure | null
  /**
   * What the file of a visit has to wait for that is confirmed now under this day: CLOCK_WRONG, or VISIT_DAY_WRONG where the
   * day itself is in doubt and a person has to look at it once the clock is right.
   */
  failureOf(visitDay: string): Failure | null
  /** A person says that `today` is the date. Errors: REQUEST_INVALID (the clock says another one by now). */
  confirm(today: string): Promise<Result<void>>
  /** Compares again: with everything that happens at the desk, and every half a minute where nothing does. */
  look(): Promise<void>
  /** Another desk may have seen a newer time. */
  readSeen(): Promise<void>
  /** The hub has been asked for the first time, whether it answered or not. */
  hubWasAsked(): Promise<void>
  /** The clock was right since the doubt began: what was held for that alone is let go. Until it is, all is held. */
  onCleared(letGo: () => Promise<void>): void
  /** Doubt or confirmation have changed. */
  onChange(listener: () => void): void
}

export interface TrustedTimePorts {
  readonly clock: Clock
  readonly store: Pick<Retention, 'seenTime' | 'noteTime'>
  readonly source: Pick<EligibilitySource, 'line' | 'warmUp'>
  /** The training hub runs on this computer's clock: it confirms nothing. */
  readonly training: boolean
  readonly log: Log
  /** Milliseconds that no setting of the clock moves. */
  readonly monotonic?: () => number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** A clinic is closed over a long weekend; whatever is longer is looked at. In milliseconds. */
const jumpMs = 4 * 24 * hourMs
/** Corrections of the system clock are smaller. */
const backMs = hourMs
/** So close to the hub's clock ours is right. */
const closeMs = 5 * minuteMs
/** How often the newest time is kept. */
const noteMs = 10 * minuteMs

export async function openTrustedTime(ports: TrustedTimePorts): Promise<TrustedTime> {
  const { clock, store, source, training, log, monotonic = () => performance.now() } = ports
  const parse = (text: string | null) => (text === null ? null : new Date(text))
  const readSeen = async () => {
    seen = parse(await store.seenTime())
  }
  let seen: Date | null = null
  await readSeen()
  /** How far from the hub's clock ours was when a person said that it is right; null: nobody has. */
  let personSaid: { readonly offsetMs: number | null } | null = null
  let isHubAsked = false
  let told: string | null = null
  let asking: Promise<void> | null = null
  let cleared: () => Promise<void> = async () => undefined
  let changed: () => void = () => undefined
  /** Where the clock and the steady one stood when the doubt began; null once what it held has been let go. */
  let began: { readonly wall: number; readonly steady: number; readonly isHeld: boolean } | null = null

  const offset = () => source.line().clockOffsetMs
  const isNear = (a: number | null, b: number | null) => a !== null && b !== null && Math.abs(a - b) <= closeMs

  /** Whether the hub contradicts the clock in something that matters. */
  const isOff = (offsetMs: number): boolean => {
    const now = clock.now().getTime()
    const isAnotherDay = clinicDay(new Date(now)) !== clinicDay(new Date(now + offsetMs))
    return Math.abs(offsetMs) > hourMs || (Math.abs(offsetMs) > closeMs && isAnotherDay)
  }

  const hubConfirms = () => !training && isNear(offset(), 0)

  const doubt = (): ClockDoubt | null => {
    const now = clock.now()
    const offsetMs = offset()
    if (offsetMs !== null && isOff(offsetMs) && !(personSaid && isNear(personSaid.offsetMs, offsetMs))) {
      return { kind: 'off', other: new Date(now.getTime() + offsetMs) }
    }
    if (!seen || hubConfirms()) return null
    const passed = now.getTime() - seen.getTime()
    if (passed > jumpMs) return { kind: 'ahead', other: seen }
    return passed < -backMs ? { kind: 'behind', other: seen } : null
  }

  const isHeldBy = ({ kind }: ClockDoubt) => kind === 'off' || !training

  const isConfirmed = () => {
    if (doubt() || !isHubAsked) return false
    // A person's word counts while the hub is not there to contradict it.
    return training || hubConfirms() || (personSaid !== null && offset() === null)
  }

  const note = async (now: Date): Promise<Result<void>> => {
    const passed = seen === null ? 0 : now.getTime() - seen.getTime()
    const noted = await store.noteTime(clinicMoment(now), passed > jumpMs || passed < -backMs)
    if (noted.ok) seen = now
    return noted
  }

  /** The newest time only grows, unless it was wrong itself. */
  const keep = async (): Promise<void> => {
    const now = clock.now()
    const passed = seen === null ? null : now.getTime() - seen.getTime()
    const isNewDay = seen !== null && clinicDay(now) > clinicDay(seen)
    if (passed === null || passed >= noteMs || passed < -backMs || isNewDay) await note(now)
  }

  /** The doubt is over. Was the clock set meanwhile, or was it right all the time? */
  const wasRight = () => {
    if (!began) return false
    return isNear(clock.now().getTime() - began.wall, monotonic() - began.steady)
  }

  const tell = async (isCleared: boolean): Promise<void> => {
    const now = doubt()
    const state = now?.kind ?? (isConfirmed() ? 'confirmed' : 'unconfirmed')
    if (state === told) return
    told = state
    if (now) personSaid = null
    if (now) began ??= { wall: clock.now().getTime(), steady: monotonic(), isHeld: isHeldBy(now) }
    log.write({ event: 'clockCompared', state })
    try {
      if (isCleared) await cleared()
    } finally {
      if (!doubt()) began = null
    }
    changed()
  }

  const look = async (): Promise<void> => {
    // Set under a running program: what the hub said of it before is worth nothing.
    if (offset() === null && isHubAsked && source.line().state === 'up') {
      asking ??= source.warmUp().finally(() => {
        asking = null
      })
      await asking
    }
    const isOver = doubt() === null
    const isCleared = isOver && wasRight()
    if (isOver && (isHubAsked || training)) await keep()
    await tell(isCleared)
  }

  return {
    doubt: () => (isHubAsked ? doubt() : null),
    believed: () => doubt()?.other ?? clock.now(),
    readSeen,
    isConfirmed,
    holds: () => {
      const found = doubt()
      return (found ? isHeldBy(found) : began?.isHeld) ? { code: 'CLOCK_WRONG' } : null
    },
    failureOf(visitDay) {
      const found = doubt()
      if (!found || !isHeldBy(found)) return null
      const isRightDay = found.kind === 'off' && clinicDay(found.other) === visitDay
      return { code: isRightDay ? 'CLOCK_WRONG' : 'VISIT_DAY_WRONG' }
    },
    async confirm(today) {
      if (today !== clinicDay(clock.now())) return fail('REQUEST_INVALID', { field: 'today' })
      if (!doubt()) return ok(undefined)
      const noted = await note(clock.now())
      if (!noted.ok) return noted
      personSaid = { offsetMs: offset() }
      log.write({ event: 'clockConfirmed' })
      await tell(wasRight())
      return ok(undefined)
    },
    look,
    async hubWasAsked() {
      isHubAsked = true
      told = null
      await look()
    },
    onCleared(letGo) {
      cleared = letGo
    },
    onChange(listener) {
      changed = listener
    },
  }
}
