// The line to the hub and the time, as the screen is told of them, and the person who says that the date is right.
import type { PartWith } from '../contract/part.ts'
import type { Reception } from '../contract/reception.ts'
import { clinicDay, clinicMoment, daysLater } from '../ground/clock.ts'
import type { SourceLine } from '../hub/source.ts'
import { openTrustedTime, type TrustedTime, type TrustedTimePorts } from './trusted-time.ts'

export async function openTime(ports: TrustedTimePorts) {
  const { source, clock } = ports
  const time = await openTrustedTime(ports)
  return {
    time,
    holds: time.holds,
    follows: { clock: time.readSeen },
    /** What a visit has to know of it. */
    forVisits: { believed: time.believed, clockFailure: time.failureOf },
    calls: { confirmClock: ({ today }) => time.confirm(today) },
    view() {
      const now = clock.now()
      const clockDoubt = clockView(time, now)
      const line = source.line()
      // Whoever is told that the clock is off needs no notice about it besides.
      return { hub: hubView(clockDoubt?.kind === 'off' ? { ...line, clockOffsetMs: null } : line, now), clockDoubt }
    },
  } satisfies PartWith
}

/** What the screen is told of a clock that is in doubt. */
function clockView(time: Pick<TrustedTime, 'doubt' | 'holds'>, now: Date): Reception['clockDoubt'] {
  const doubt = time.doubt()
  if (!doubt) return null
  return { kind: doubt.kind, now: clinicMoment(now), other: clinicMoment(doubt.other), isHeld: time.holds() !== null }
}

/** Clinic IT hears of the end of the client certificate from 60 days before. */
const noticeDays = 60
/** Clocks that differ by less than two minutes trouble nobody; certificates and sessions count in hours. */
const clockToleranceMs = 120_000

function hubView({ state, since, identityEnds, clockOffsetMs }: SourceLine, now: Date): Reception['hub'] {
  const endsSoon = identityEnds && identityEnds < daysLater(now, noticeDays)
  const isOff = clockOffsetMs !== null && Math.abs(clockOffsetMs) > clockToleranceMs
  return {
    state,
    since: clinicMoment(since),
    certificateEndsOn: endsSoon ? clinicDay(identityEnds) : null,
    clockOffsetS: isOff ? Math.round(clockOffsetMs / 1000) : null,
  }
}
