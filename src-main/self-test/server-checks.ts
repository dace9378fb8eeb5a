// The server that keeps a site's data, as one desk sees it: whether it answers and is one that may be used, how long its certificate
// lasts, whose turn it is to change its tables, what would be lost with it, and whether there is room for all desks.
import { daysBetween } from '../eligibility/calendar.ts'
import { type Clock, clinicDay } from '../ground/clock.ts'
import type { Result } from '../ground/result.ts'
import type { ServerLook } from '../ground/server-look.ts'
import type { Check, Found } from './run.ts'

export interface ServerPorts {
  readonly clock: Clock
  /** null: this desk has its data itself. Errors: STORE_ codes, SECRET_NOT_SET. */
  readonly server: (() => Promise<Result<ServerLook>>) | null
}

const oldestServer = 14
/** A certificate is renewed by somebody else, who has to be asked. */
const soonDays = 30
/** Times of the trail are the desk's, those of leases the server's: more than this is seen when they are compared. */
const toleratedMs = 10_000
/** Fewer are left than a few more desks need. */
const fewLeft = 10

const good = (finding: Found['finding']): Found => ({ state: 'ok', finding })
const warning = (finding: Found['finding']): Found => ({ state: 'warning', finding })
const failed = (finding: Found['finding']): Found => ({ state: 'failed', finding })

export function serverChecks({ clock, server }: ServerPorts): readonly Check[] {
  if (!server) return []
  let seen: ServerLook | null = null
  const on = (name: Check['name'], judge: (look: ServerLook) => Found): Check => ({
    name,
    after: ['server'],
    run: async () => (seen ? judge(seen) : { state: 'unknown', finding: { code: 'because', check: 'server' } }),
  })
  return [
    {
      name: 'server',
      after: ['settings'],
      async run() {
        const looked = await server()
        if (!looked.ok) return failed({ code: 'failure', failure: looked.error })
        seen = looked.value
        const { release, isUtf8, isStandby } = seen
        if (release < oldestServer) return failed({ code: 'serverTooOld', release, oldest: oldestServer })
        if (!isUtf8) return failed({ code: 'serverEncoding' })
        return isStandby ? failed({ code: 'serverIsStandby' }) : good({ code: 'serverAnswers', release })
      },
    },
    on('serverCertificate', ({ certificateEnds }) => lookAtCertificate(certificateEnds, clock)),
    on('serverTables', lookAtTables),
    on('serverRights', lookAtRights),
    on('serverSafety', ({ hasStandby, commit }) =>
      hasStandby
        ? good({ code: 'serverDoubled' })
        : // What copies a whole disk is not seen from here.
          { state: 'unknown', finding: { code: 'serverAlone', isLazy: commit === 'off' } },
    ),
    on('serverClock', ({ aheadMs }) => {
      const seconds = Math.round(Math.abs(aheadMs) / 1_000)
      return Math.abs(aheadMs) <= toleratedMs
        ? good({ code: 'serverClockRight', seconds })
        : warning({ code: 'serverClockOff', seconds, isBehind: aheadMs > 0 })
    }),
    on('serverWay', ({ isPooled, direct }) => {
      if (direct === false) return warning({ code: 'serverNotHeard' })
      if (!isPooled) return good({ code: 'serverHeard', isPooled })
      return direct ? good({ code: 'serverHeard', isPooled }) : warning({ code: 'serverPooled' })
    }),
    on('serverRoom', ({ connections: { used, most } }) =>
      most - used < fewLeft ? warning({ code: 'serverFull', used, most }) : good({ code: 'serverRoom', used, most }),
    ),
  ]
}

function lookAtCertificate(ends: Date | null, clock: Clock): Found {
  if (ends === null) return { state: 'unused', finding: { code: 'serverOnThisComputer' } }
  const day = clinicDay(ends)
  const days = Math.max(0, daysBetween(clinicDay(clock.now()), day))
  return days < soonDays
    ? warning({ code: 'serverCertificateEndsSoon', day, days })
    : good({ code: 'serverCertificateLasts', day, days })
}

function lookAtTables({ applied, known, rights }: ServerLook): Found {
  if (applied === null) {
    return rights === 'lacking'
      ? { state: 'unknown', finding: { code: 'because', check: 'serverRights' } }
      : { state: 'unused', finding: { code: 'serverTablesNone' } }
  }
  if (applied === known) return good({ code: 'serverTablesFit', applied })
  return warning(
    applied > known
      ? { code: 'serverTablesNewer', applied, known }
      : { code: 'serverTablesOlder', applied, known, mayChange: rights === 'owner' },
  )
}

function lookAtRights({ rights }: ServerLook): Found {
  switch (rights) {
    case 'owner':
      return good({ code: 'serverRightsOwner' })
    case 'desk':
      return good({ code: 'serverRightsDesk' })
    case 'lacking':
    case 'none':
      return failed({ code: 'serverRightsLacking', isMissing: rights === 'none' })
  }
}
