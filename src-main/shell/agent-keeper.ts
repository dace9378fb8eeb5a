// Keeps an agent at work beside the windows. One whose process has gone, by a bug or by a native library, is followed by
// another at once: the pages are told so, the store knows what was under way, and nothing that was confirmed is lost. Agents
// that go again and again are a fault that a person has to see: then the pages say so, and what to do. One that does not begin
// with these settings is not a fault: the pages say what is wrong in them, and it begins once they are mended.
import type { Away, Told, Unsettled } from '../contract/told.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import { isAwaited, type UnsettledOptions } from '../settings/unsettled.ts'
import { type AgentProcess, type OutsidePorts, startAgentProcess } from './agent-outside.ts'
import type { AgentPort, Outlook } from './agent-port.ts'
import { awayAt, type Door } from './doors.ts'

const losses = { atMost: 2, withinS: 60 }

/** Longest time for an end in order, in milliseconds: what hangs is ended as a crash would end it. */
const endLimitMs = 9_000

export interface KeeperPorts<P> extends OutsidePorts<P> {
  readonly uptimeS: () => number
  /** A later agent refuses to start: that is for a person to read. */
  readonly refused: (failure: Failure) => void
  /** Tells what is wrong in the settings, from `first` on; resolves once they can be used, or `signal` says that nobody waits. */
  readonly untilSettled: (more: Pick<UnsettledOptions, 'first' | 'told' | 'signal'>) => Promise<boolean>
  readonly endLimitMs?: number
}

export interface KeptAgent extends AgentPort {
  /** Resolves when the first agent is at work, or waits for its settings. Errors: why it does not start; AGENT_FAULT where it goes again and again. */
  start(): Promise<Result<void>>
  /** Nobody is at work any more, and nobody will be before the program is started anew. */
  hasFailed(): boolean
  /** Once, when that has come. */
  onFailed(listener: () => void): void
}

export function keepAgent<P>(ports: KeeperPorts<P>): KeptAgent {
  const { log, uptimeS } = ports
  const followers = new Map<Door, (told: Told) => void>()
  const outlookListeners = new Set<(outlook: Outlook) => void>()
  let outlook: Outlook | null = null
  let agent: AgentProcess | null = null
  let state: 'starting' | 'up' | 'away' = 'starting'
  let away: Away = { line: 'restarting' }
  let unusable: Failure | null = null
  let losing: readonly number[] = []
  let failed = () => {}
  let isLocked = false
  let isStopping = false
  const first = Promise.withResolvers<Result<void>>()
  const gone = Promise.withResolvers<void>()
  const ending = new AbortController()

  const isAway = (now: Away) => {
    state = 'away'
    away = now
    for (const [door, listener] of followers) listener(awayAt(door.name, now))
  }

  const began = (process: AgentProcess) => {
    state = 'up'
    // It has not heard what the one before was told.
    if (isLocked) process.sayLocked(true)
    for (const door of followers.keys()) process.follow(door)
    first.resolve(ok(undefined))
  }

  const ended = () => {
    agent = null
    if (isStopping) return gone.resolve()
    if (unusable) return void awaitSettings(unusable)
    log.write({ event: 'agentGone' })
    const goneAt = uptimeS()
    losing = [...losing.filter((at) => goneAt - at < losses.withinS), goneAt]
    const isEnough = losing.length > losses.atMost
    const now = { line: isEnough ? 'failed' : 'restarting' } as const
    if (state === 'starting') away = now
    else isAway(now)
    if (!isEnough) return begin()
    log.write({ event: 'agentGivenUp' })
    first.resolve(fail('AGENT_FAULT'))
    failed()
  }

  const awaitSettings = async (failure: Failure) => {
    unusable = null
    const told = (now: Unsettled) => {
      isAway(now)
      first.resolve(ok(undefined))
    }
    if (await ports.untilSettled({ first: failure, told, signal: ending.signal })) begin()
  }

  const begin = () => {
    const process = startAgentProcess(ports, {
      started: () => began(process),
      refused(failure) {
        if (isAwaited(failure)) {
          unusable = failure
          process.kill()
        } else if (state === 'starting') first.resolve({ ok: false, error: failure })
        else ports.refused(failure)
      },
      told(name, told) {
        for (const [door, listener] of followers) if (door.name === name) listener(told)
      },
      outlook(now) {
        outlook = now
        for (const listener of outlookListeners) listener(now)
      },
      ended,
    })
    agent = process
  }

  return {
    start() {
      begin()
      return first.promise
    },
    hasFailed: () => away.line === 'failed',
    onFailed(listener) {
      failed = listener
    },
    async call(door, name, request) {
      const answer = agent && state === 'up' ? await agent.call(door, name, request) : fail('AGENT_FAULT')
      // The page asks what to show; who was asked may have gone meanwhile.
      return !answer.ok && name === 'reception' && state === 'away' ? ok(awayAt(door.name, away)) : answer
    },
    follow(door, listener) {
      followers.set(door, listener)
      if (state === 'up') agent?.follow(door)
      else if (state === 'away') listener(awayAt(door.name, away))
    },
    onOutlook(listener) {
      outlookListeners.add(listener)
      if (outlook) listener(outlook)
    },
    sayLocked(locked) {
      isLocked = locked
      agent?.sayLocked(locked)
    },
    async stop() {
      isStopping = true
      ending.abort()
      if (!agent) return
      const { stop, kill } = agent
      stop()
      const limit = setTimeout(kill, ports.endLimitMs ?? endLimitMs)
      await gone.promise
      clearTimeout(limit)
    },
  }
}
