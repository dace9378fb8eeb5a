// The self-test in the running agent: begun by a call, told line by line, kept until the next one. Nothing at the counter
// waits for it, and the page may be left meanwhile.
import type { PartWith } from '../contract/part.ts'
import type { SelfTestView } from '../contract/self-test.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { type Log, stackOf } from '../ground/log.ts'
import type { News } from '../ground/news.ts'
import { ok } from '../ground/result.ts'
import { type Check, runChecks } from './run.ts'

export interface SelfTestPartPorts {
  /** Made anew for each run. */
  readonly checks: (cardWaitMs: number) => readonly Check[]
  readonly clock: Clock
  readonly news: News
  readonly log: Log
}

/** How long somebody may take to find a card. */
const cardWaitMs = 30_000

export function createSelfTest({ checks, clock, news, log }: SelfTestPartPorts) {
  let view: SelfTestView = { isRunning: false, isCardAwaited: false, startedAt: null, lines: [] }
  let running: Promise<void> | null = null
  const show = (change: Partial<SelfTestView>) => {
    view = { ...view, ...change }
    news.tell()
  }

  const run = async (withCard: boolean) => {
    show({ isRunning: true, isCardAwaited: withCard, startedAt: clinicMoment(clock.now()), lines: [] })
    try {
      const lines = await runChecks(checks(withCard ? cardWaitMs : 0), (now) => show({ lines: [...now] }))
      const failed = lines.filter(({ state }) => state === 'failed').length
      log.write({ event: 'selfTest', count: failed })
    } catch (error) {
      log.write({ event: 'fault', where: stackOf(error) })
    } finally {
      running = null
      show({ isRunning: false })
    }
  }

  return {
    /** Resolves when none is running. */
    settled: async () => void (await running),
    calls: {
      async startSelfTest({ withCard }) {
        // A second press goes with the run that is under way.
        running ??= run(withCard)
        return ok(undefined)
      },
    },
    pages: { selfTest: { view: async () => ({ name: 'selfTest', ...view }) } },
    // What hangs in a share is not waited for.
    close: async () => undefined,
  } satisfies PartWith
}
