// The way to the hub, its checks in the order in which one stands on the other: our files, our certificate's days, the name,
// whether anybody listens, whether both sides trust each other, what is answered, and the time that the answer tells.
import { daysBetween } from '../eligibility/calendar.ts'
import { type Clock, clinicDay } from '../ground/clock.ts'
import type { FailureCode } from '../ground/failures.ts'
import type { Failure, Result } from '../ground/result.ts'
import {
  askHub,
  daysOfIdentity,
  doubtOf,
  type HubAnswer,
  type HubWay,
  hostOnTheWay,
  isNameKnown,
  isReached,
} from '../hub/pmh/inspection.ts'
import type { Check, Found } from './run.ts'

export interface HubPorts {
  readonly clock: Clock
  /** What the settings say and the files they name. Errors: SETTINGS_INVALID, SECRET_NOT_SET. null: nobody is asked with these settings. */
  readonly hub: () => Promise<Result<HubWay> | null>
  /** Whether this computer is in a network at all. */
  readonly isInNetwork: () => boolean
}

/** As the notice on the screen. */
const soonDays = 60
const toleratedMs = 120_000

const failed = (finding: Found['finding']): Found => ({ state: 'failed', finding })
const good = (finding: Found['finding']): Found => ({ state: 'ok', finding })
const notAsked: Found = { state: 'unused', finding: { code: 'hubNotAsked' } }

export function hubChecks({ clock, hub, isInNetwork }: HubPorts): readonly Check[] {
  let way: HubWay | null = null
  let asked: Result<HubAnswer> | null = null
  /** What is known of the way by then. */
  const on = (look: (known: HubWay) => Promise<Found>) => async () => (way ? look(way) : notAsked)
  /** What the one question has come to, at the step of the way that it is about. */
  const faultAt = async (step: Step, known: HubWay, fine: Found['finding']): Promise<Found> =>
    asked && !asked.ok && stepOf(asked.error.code) === step
      ? failed(await lineFault(asked.error.code, known))
      : good(fine)

  return [
    {
      name: 'hubFiles',
      after: ['settings'],
      async run() {
        const read = await hub()
        if (read === null) return notAsked
        if (!read.ok) return failed(unreadable(read.error))
        if (!daysOfIdentity(read.value).ok) return failed({ code: 'hubIdentityUnusable' })
        way = read.value
        return good({ code: 'hubFilesRead' })
      },
    },
    { name: 'hubCertificate', after: ['hubFiles'], run: on(async (known) => lookAtDays(known, clock)) },
    {
      name: 'hubName',
      after: ['hubFiles'],
      run: on(async (known) => {
        const host = hostOnTheWay(known)
        if (await isNameKnown(known)) return good({ code: 'nameKnown', host })
        if (!isInNetwork()) return failed({ code: 'networkOff' })
        return failed({ code: 'nameUnknown', host, isProxy: known.proxy !== null })
      }),
    },
    {
      name: 'hubLine',
      after: ['hubCertificate', 'hubName'],
      run: on(async (known) => {
        if (!(await isReached(known))) return failed({ code: 'hubUnreachable', host: hostOnTheWay(known) })
        asked = await askHub(known, clock)
        return faultAt('hubLine', known, { code: 'hubReached' })
      }),
    },
    {
      name: 'hubTls',
      after: ['hubLine'],
      run: on(async (known) => faultAt('hubTls', known, { code: 'tlsAgreed' })),
    },
    {
      name: 'hubAnswer',
      after: ['hubTls'],
      run: on(async (known) => faultAt('hubAnswer', known, { code: 'hubAnswers' })),
    },
    {
      name: 'clock',
      after: ['hubAnswer'],
      run: on(async () => {
        const offsetMs = asked?.ok ? asked.value.clockOffsetMs : null
        if (offsetMs === null) return { state: 'unknown', finding: { code: 'clockUntold' } }
        const off = Math.abs(offsetMs)
        if (off <= toleratedMs) return good({ code: 'clockRight', seconds: Math.round(off / 1000) })
        return failed({ code: 'clockOff', minutes: Math.round(off / 60_000), isBehind: offsetMs > 0 })
      }),
    },
  ]
}

/** A variable is not mended by laying a file. */
const unreadable = (failure: Failure): Found['finding'] =>
  failure.detail?.variable === undefined
    ? { code: 'hubFileMissing', field: failure.detail?.field ?? 'hub' }
    : { code: 'failure', failure }

function lookAtDays(way: HubWay, clock: Clock): Found {
  const days = daysOfIdentity(way)
  if (!days.ok) return failed({ code: 'hubIdentityUnusable' })
  const today = clinicDay(clock.now())
  const { from, to } = days.value
  const day = clinicDay(to)
  if (to < clock.now()) return failed({ code: 'certificateEnded', day })
  if (from > clock.now()) return failed({ code: 'certificateNotYet', day: clinicDay(from) })
  const left = daysBetween(today, day)
  return left < soonDays
    ? { state: 'warning', finding: { code: 'certificateEndsSoon', day, days: left } }
    : good({ code: 'certificateLasts', day, days: left })
}

type Step = 'hubLine' | 'hubTls' | 'hubAnswer'

/** Somebody listens there, by then: what failed is the way through a proxy, the greeting, or what was said. */
function stepOf(code: FailureCode): Step {
  if (code === 'HUB_UNREACHABLE' || code === 'HUB_PROXY_REFUSED') return 'hubLine'
  return code === 'HUB_UNTRUSTED' || code === 'HUB_CLIENT_REJECTED' ? 'hubTls' : 'hubAnswer'
}

async function lineFault(code: FailureCode, way: HubWay): Promise<Found['finding']> {
  switch (code) {
    case 'HUB_UNTRUSTED':
      return { code: 'hubUntrusted', why: await doubtOf(way) }
    case 'HUB_CLIENT_REJECTED':
      return { code: 'hubRefusesClinic' }
    case 'HUB_PROXY_REFUSED':
      return { code: 'proxyRefuses' }
    case 'HUB_UNREACHABLE':
      return { code: 'hubUnreachable', host: hostOnTheWay(way) }
    case 'HUB_TIMEOUT':
      return { code: 'hubSilent' }
    case 'HUB_ERROR':
    case 'HUB_RATE_LIMITED':
      return { code: 'hubTroubled' }
    // Somebody answers, and it is no hub's answer: another address of the same server, a portal on the way.
    case 'HUB_ANSWER_INVALID':
    case 'HUB_REFUSED':
      return { code: 'hubAddressWrong' }
    default:
      return { code: 'failure', failure: { code } }
  }
}
