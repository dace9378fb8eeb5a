// An agent of a hospital's desk, which stands on the site's server, and where that is gone on what the desk keeps of its own: it is
// ended in order and begun again on the other one, in the same process. For the shells it is one agent: pages are told that it turns
// until it has, calls that come meanwhile go to the next one, whoever is signed in stays so, and what they had to be told about visits
// of other desks stays with them. What is at the counter then ends as at every start, so that nothing of it is done twice; a PIN is
// typed anew, by whom it belongs to. A desk that has its records itself has nothing of this.
import { setTimeout as pause } from 'node:timers/promises'
import type { Away } from '../contract/told.ts'
import type { Clock } from '../ground/clock.ts'
import { createListeners } from '../ground/listeners.ts'
import { type Log, stackOf } from '../ground/log.ts'
import { fail, failureOf, ok, type Result } from '../ground/result.ts'
import { createServerWatch } from '../store/server-watch.ts'
import { createCallGate } from './call-gate.ts'
import { createLateMerge } from './late-merge.ts'
import { createServerView, type ServerView } from './server-view.ts'
import type { Agent, AgentOptions, StandingAgent } from './terms.ts'
import { createWayBack, type WayBackTiming } from './way-back.ts'

/** The site's records and the desk's own, as this needs them. */
interface Grounds {
  /** Errors: those of startAgent; AWAY_NOT_READY: there is nothing to go on alone with. */
  start(isAlone: boolean, more: Pick<AgentOptions, 'siteServer' | 'handedOn'>): Promise<Result<StandingAgent>>
  /** Something was written alone and has not come to the site. */
  isUnmerged(): boolean
  /** Whether the server's records can be opened now. */
  reach(): Promise<Result<void>>
  /** Takes what was written alone to the server: all of it or nothing. */
  merge(): Promise<Result<unknown>>
}

export interface EitherTiming extends WayBackTiming {
  /** For how long the server is silent before the desk goes on alone. */
  readonly aloneAfterMs: number
}

export const usualTiming: Omit<EitherTiming, 'aloneAfterMs'> = {
  backAfterMs: 5_000,
  lookMs: 2_500,
  patienceMs: 60_000,
  mergePauseMs: { first: 60_000, longest: 1_800_000 },
}

/** For how long calls that are under way are waited for before the agent is ended. */
const callsMs = 10_000
/** Between two tries to begin where neither ground can be had. */
const retryMs = 2_000

interface Ports {
  readonly grounds: Grounds
  readonly timing: EitherTiming
  readonly clock: Clock
  readonly log: Log
}

type Begun = Promise<Result<StandingAgent>>

/** How an agent is begun. `more`: what it is given, and that it is begun. */
function createBeginning(
  { grounds, server, log }: Pick<Ports, 'grounds' | 'log'> & { readonly server: ServerView },
  more: (isAlone: boolean) => Pick<AgentOptions, 'siteServer' | 'handedOn'>,
) {
  const start = async (isAlone: boolean): Begun => {
    server.silent(null, false)
    const started = await grounds.start(isAlone, more(isAlone))
    if (started.ok) log.write({ event: 'siteServer', state: isAlone ? 'alone' : 'up' })
    return started
  }
  const merge = async (): Promise<Result<unknown>> => {
    const tried = await grounds.merge()
    // Where the line went only after it had come, it has come.
    const merged = grounds.isUnmerged() ? tried : ok(undefined)
    log.write({ event: 'siteServer', state: 'merge', ...(!merged.ok && { code: merged.error.code }) })
    server.mergeEnded(merged)
    return merged
  }
  return {
    merge,
    alone: () => start(true),
    /** What was written alone is merged first, or else gone on with. */
    async anywhere(): Begun {
      if (grounds.isUnmerged()) {
        const merged = await merge()
        if (!merged.ok) {
          const alone = await start(true)
          // Of another day, or damaged, it is not gone on with: it waits for the next try, and the desk works with the others.
          if (alone.ok) return alone
        }
      }
      const started = await start(false)
      if (started.ok || started.error.code !== 'STORE_UNREACHABLE') return started
      const alone = await start(true)
      return !alone.ok && alone.error.code === 'AWAY_NOT_READY' ? started : alone
    },
    /** A bug is noted, and tried again: there is nobody else to show it. */
    async tried(next: () => Begun): Begun {
      try {
        return await next()
      } catch (error) {
        const failure = failureOf(error)
        if (failure.code === 'AGENT_FAULT') log.write({ event: 'fault', where: stackOf(error) })
        return { ok: false, error: failure }
      }
    },
  }
}

/** What the next one is given. A bug at its end is noted: whoever is at the counter waits for the next one. */
async function endOf(agent: StandingAgent | null, isCutOff: boolean, log: Log) {
  let handedOn: AgentOptions['handedOn']
  try {
    handedOn = agent?.handOn()
    await agent?.stop(isCutOff)
  } catch (error) {
    log.write({ event: 'fault', where: stackOf(error) })
  }
  return handedOn
}

/** Errors: those of a start on the site's server. Throws as that does. */
export async function startOnEitherGround({ grounds, timing, clock, log }: Ports): Promise<Result<Agent>> {
  const server = createServerView({ clock, aloneAfterMs: timing.aloneAfterMs, isUnmerged: grounds.isUnmerged })
  const receptions = createListeners<Parameters<Parameters<Agent['onReception']>[0]>>()
  const absences = createListeners()
  const calls = createCallGate()
  const ending = new AbortController()
  const isEnding = () => ending.signal.aborted
  let isOnOwn = false
  let handedOn: AgentOptions['handedOn']
  let away: Away | null = null
  let turning: Promise<void> | null = null
  const tellAway = (now: Away | null) => {
    away = now
    absences.tell()
  }

  /** While the first agent begins nothing is heard yet. */
  let hear: (silentMs: number | null) => void = () => undefined
  const watch = createServerWatch((silentMs) => {
    if (!turning && !isEnding() && !isOnOwn) hear(silentMs)
  })
  const begin = createBeginning({ grounds, server, log }, (isAlone) => {
    isOnOwn = isAlone
    watch.beginAnew()
    return { siteServer: server.port(watch.ear), handedOn }
  })

  const first = await begin.anywhere()
  if (!first.ok) {
    watch.close()
    return first
  }
  let agent: StandingAgent | null = null
  let shown = first.value.reception()
  const standOn = (next: StandingAgent) => {
    agent = next
    shown = next.reception()
    next.onReception((reception) => {
      shown = reception
      // Of one that ends nobody shows anything any more.
      if (!away) receptions.tell(reception)
    })
  }
  standOn(first.value)

  /** Ends the agent and begins the next one, as often as it takes. */
  const turn = async (next: () => Begun, isCutOff: boolean) => {
    calls.shut()
    tellAway({ line: 'turning' })
    await calls.ended(callsMs)
    await late.ended()
    const ended = agent
    agent = null
    handedOn = await endOf(ended, isCutOff, log)
    for (let how = next; ; how = begin.anywhere) {
      const begun = await begin.tried(how)
      if (begun.ok) {
        standOn(begun.value)
        tellAway(null)
        break
      }
      if (isEnding()) break
      tellAway({ line: 'unsettled', failure: begun.error, files: [] })
      await pause(retryMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
    back.tried()
    calls.open()
  }
  const turnTo = (next: () => Begun, isCutOff: boolean) => {
    turning ??= turn(next, isCutOff)
      .catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) }))
      .finally(() => {
        turning = null
      })
  }
  hear = (silentMs) => {
    const mayGoAlone = agent?.hasCopy() ?? false
    server.silent(silentMs, mayGoAlone)
    if (mayGoAlone && silentMs !== null && silentMs >= timing.aloneAfterMs) turnTo(begin.alone, true)
  }
  const back = createWayBack({
    timing,
    isWanted: () => isOnOwn && !turning && !isEnding(),
    reach: grounds.reach,
    atCounter: () => agent?.atCounter() ?? null,
    hasMergeFailed: server.hasMergeFailed,
    goBack: () => turnTo(begin.anywhere, false),
  })
  const late = createLateMerge({
    pauseMs: timing.mergePauseMs,
    isWanted: () => !isOnOwn && !turning && !isEnding() && grounds.isUnmerged(),
    merge: begin.merge,
    log,
  })

  return ok({
    firstStart: first.value.firstStart,
    reception: () => shown,
    onReception: receptions.add,
    call: (by, name, request) => calls.pass(async () => (await agent?.call(by, name, request)) ?? fail('AGENT_FAULT')),
    settled: () => calls.pass(async () => agent?.settled()),
    timings: () => agent?.timings() ?? null,
    get training() {
      return agent?.training ?? null
    },
    absence: { now: () => away, onChange: absences.add },
    async stop() {
      ending.abort()
      watch.close()
      back.close()
      await turning
      await late.close()
      await agent?.stop()
    },
  })
}
