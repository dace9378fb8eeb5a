// One stretch of the year's desk: the agent from a morning to the evening on which it is ended, with everything that goes wrong at a
// counter thrown by dice. The hub, the reader and the cards are the training clinic's.
import { join } from 'node:path'
import { type Agent, startAgent } from '../../src-main/agent.ts'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { isQuestion } from '../../src-main/eligibility/difference.ts'
import type { Log, LogEntry } from '../../src-main/ground/log.ts'
import { isIn, passingVisitStates } from '../../src-main/ground/states.ts'
import { openFileLog } from '../../src-main/settings/file-log.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import type { Fault } from '../../src-main/stand-ins/hub/faults.ts'
import { entries } from '../agent/entries.ts'
import { atDesk } from '../at-desk.ts'
import { eventually, must, root } from '../support.ts'
import type { DeskClock } from './dates.ts'

const people = [
  'nanbyo',
  'kodomo',
  'kosei-hitorioya',
  'none',
  'withheld',
  'ended',
  'gaiji',
  'renewal-soon',
  'grace',
  'expired',
]

const hubFaults: readonly Fault[] = [
  { kind: 'error' },
  { kind: 'hangUp' },
  { kind: 'answerLost' },
  { kind: 'halfAnswer' },
  { kind: 'notJson' },
  { kind: 'wrongSchema' },
  { kind: 'tooLarge' },
  { kind: 'duplicateRecords' },
  { kind: 'redirect' },
  { kind: 'slow', ms: 30 },
  { kind: 'down' },
  { kind: 'expiredCertificate' },
]

/** Of check-ins, how many meet a fault of the hub, and how many a card that is pulled. */
const share = { hub: 0.12, pulled: 0.03 }

export interface Stretch {
  readonly agent: Agent
  readonly renewedCards: boolean
  /** Whether retention has run since the desk was opened, or since the last word of this. */
  hasRetained(): boolean
  forget(): void
  /** One patient. */
  checkIn(isHubDown: boolean): Promise<void>
  /** Resolves when nothing is under way any more. */
  end(): Promise<void>
}

export interface StretchOptions {
  readonly dataDir: string
  readonly clock: DeskClock
  readonly random: () => number
  readonly version: string
  readonly onFault: (entry: LogEntry) => void
  readonly onHappening: (what: string) => void
}

const isAtRest = (visit: VisitView) => !isIn(passingVisitStates, visit.state) || visit.doubt !== null

export async function openStretch(options: StretchOptions): Promise<Stretch> {
  const { dataDir, clock, random, version, onFault, onHappening } = options
  const file = openFileLog(join(dataDir, 'logs'), clock)
  let retained = false
  const log: Log = {
    write(entry) {
      if (entry.event === 'fault') onFault(entry)
      if (entry.event === 'retentionRun' && entry.count !== undefined) retained = true
      file.write(entry)
    },
    ...(file.tidy && { tidy: file.tidy }),
  }
  const agent = must(
    await startAgent({
      dataDir,
      settings: must(await loadSettings(dataDir)),
      keyStore: openHeadlessKey(dataDir),
      migrationsDir: join(root, 'migrations'),
      entries,
      clock,
      log,
      version,
      takeBackMs: 0,
      hubPauseMs: { first: 20, longest: 200 },
    }),
  )
  const { training } = agent
  if (!training) throw new Error('the year is a training clinic’s')
  const call = (name: string, request: unknown) => agent.call(atDesk, name, request)
  const current = (): VisitView | null => agent.reception().current
  const oneOf = <T>(all: readonly T[]): T => {
    const one = all[Math.floor(random() * all.length)]
    if (one === undefined) throw new Error('nothing to choose among')
    return one
  }

  /** What a person does with a visit that waits for one. */
  const answer = async (visit: VisitView): Promise<void> => {
    const { together } = visit.assessment?.order ?? {}
    if (together && !together.used) await call('chooseHelps', { visitId: visit.id, used: together.benefits })
    const now = current()
    const open = now?.state === 'answered' ? (now.assessment?.differences ?? []).filter(isQuestion) : []
    const decisions = open.map(({ key, choices }) => ({
      key,
      choice: oneOf(choices.filter((each) => each !== 'askAgain')),
    }))
    if (open.length > 0) await call('decideDifferences', { visitId: visit.id, decisions })
  }

  return {
    agent,
    renewedCards: training.renewed.includes('cards') || training.renewed.includes('certificates'),
    hasRetained: () => retained,
    forget() {
      retained = false
    },
    async checkIn(isHubDown) {
      const dice = random()
      const fault = isHubDown ? ({ kind: 'down' } as const) : dice < share.hub ? oneOf(hubFaults) : null
      const isPulled = !isHubDown && dice > 1 - share.pulled
      if (fault) onHappening(fault.kind)
      if (isPulled) onHappening('cardPulled')
      if (fault && !isHubDown) training.sandbox.setFault(fault)
      if (isPulled) training.reader.setQuirks({ pulledAt: 3 + Math.floor(random() * 20) })
      const before = current()?.id
      await call('insertTrainingCard', { persona: oneOf(people) })
      await eventually('the card is read', () => {
        const visit = current()
        return visit !== null && visit.id !== before && (visit.pin !== null || isAtRest(visit))
      })
      const visit = current()
      if (visit?.pin) await call('enterPin', { visitId: visit.id, pin: '1234', lastTry: false })
      await eventually('the visit is at rest', () => {
        const now = current()
        return now === null || (now.pin === null && isAtRest(now))
      })
      const now = current()
      if (now?.state === 'answered') await answer(now)
      await call('removeTrainingCard', {})
      if (fault && !isHubDown) training.sandbox.setFault(null)
      if (isPulled) training.reader.setQuirks({})
      const left = current()
      if (left && left.state !== 'answered' && isAtRest(left)) await call('closeVisit', { visitId: left.id })
    },
    async end() {
      await agent.settled()
      await agent.stop()
    },
  }
}
