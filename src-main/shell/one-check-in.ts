// One check-in without a screen, through the very calls the screen uses: what `--once` runs, and what the first start
// shows as a sample.
import type { Agent } from '../agent.ts'
import type { Reception, VisitView } from '../contract/reception.ts'
import type { AnswerState, Category } from '../eligibility/model.ts'
import { failureClass } from '../ground/failures.ts'
import type { Failure, Result } from '../ground/result.ts'
import { isIn, underWayStates, visitRules } from '../ground/states.ts'
import { explained } from '../words/setting-faults.ts'
import { atCommandLine } from './doors.ts'

/** The steps of a check-in in their order, for whoever watches. */
type Step = 'cardRead' | 'answered' | 'handedOver'

export interface CheckIn {
  readonly visitId: string
  readonly answers: Record<Category, AnswerState>
  /** 公費 that are handed over, with what has ended. */
  readonly benefits: number
  /** 公費 that a file lacks and that staff have to enter themselves. */
  readonly byHand: number
  /** Absolute paths. */
  readonly files: readonly string[]
  readonly apdus: number
  readonly timings: Record<'cardMs' | 'hubMs' | 'storeMs' | 'handoverMs' | 'totalMs', number>
}

export interface CheckInRequest {
  /** Lay this sample card on the virtual reader; absent: wait for a card on a real one. */
  readonly persona?: string
  readonly pin: string
  /** How long to wait for a card on a real reader. */
  readonly cardWaitMs: number
  readonly onStep?: (step: Step, ms: number) => void
}

/** Another desk's turn is taken over within ten seconds. */
const otherDeskMs = 15_000

/** Runs one check-in to its delivered files. Never spends the last PIN try. Errors: whatever ends the visit, VISIT_UNDECIDED. */
export async function runCheckIn(agent: Agent, request: CheckInRequest): Promise<Result<CheckIn>> {
  const began = performance.now()
  if (request.persona !== undefined) {
    const inserted = await agent.call(atCommandLine, 'insertTrainingCard', { persona: request.persona })
    if (!inserted.ok) return inserted
  }
  const waiting = await until(agent, ({ current }) => current !== null, request.cardWaitMs)
  if (!waiting?.current) {
    return { ok: false, error: agent.reception().readerFailure ?? { code: 'CARD_NOT_PRESENT' } }
  }
  // On a real reader the time starts with the card, not with the waiting for it.
  const start = request.persona === undefined ? performance.now() : began
  const enterPin = async (before: string | null): Promise<Result<VisitView>> => {
    const isNext = (visit: VisitView | null) => visit?.id !== before && (visit?.pin != null || isOver(visit))
    const current = (await until(agent, ({ current }) => isNext(current), 60_000))?.current
    if (!current?.pin) return { ok: false, error: current?.failure ?? { code: 'CARD_NOT_PRESENT' } }
    if (before === null) request.onStep?.('cardRead', performance.now() - start)
    const entered = await agent.call(atCommandLine, 'enterPin', {
      visitId: current.id,
      pin: request.pin,
      lastTry: false,
    })
    if (entered.ok) return { ok: true, value: current }
    // Midnight has come between card and PIN: the card that lies there has become a visit of the new day.
    if (entered.error.code === 'VISIT_DAY_TURNED' && before === null) return enterPin(current.id)
    await agent.call(atCommandLine, 'cancelVisit', { visitId: current.id })
    return entered
  }
  const entered = await enterPin(null)
  if (!entered.ok) return entered
  const confirmed = performance.now()
  request.onStep?.('answered', confirmed - start)
  await agent.settled()
  // At a site it may be another desk's turn to bring the files.
  const isUnderWay = ({ current }: Reception) =>
    current?.deliveries.some(({ state, failure }) => isIn(underWayStates, state) && !failure) ?? false
  await until(agent, (reception) => !isUnderWay(reception), otherDeskMs)
  const done = performance.now()
  const visit = agent.reception().current
  const heldUp = visit?.deliveries.find(({ state }) => state !== 'delivered' && state !== 'acknowledged')
  // Whoever has no screen cannot answer it; nothing has been handed over, and nothing is lost.
  if (visit && (visit.doubt || visitRules.mayDo(visit.state, 'decide')))
    return { ok: false, error: { code: 'VISIT_UNDECIDED' } }
  if (!visit?.answers) return { ok: false, error: visit?.failure ?? { code: 'AGENT_FAULT' } }
  if (heldUp) return { ok: false, error: heldUp.failure ?? { code: 'DESTINATION_MISSING' } }
  request.onStep?.('handedOver', done - start)

  const { answers } = visit
  const timings = agent.timings()
  const round = (ms: number) => Math.round(ms * 10) / 10
  return {
    ok: true,
    value: {
      visitId: visit.id,
      answers: {
        medicalSubsidy: answers.medicalSubsidy.state,
        vaccination: answers.vaccination.state,
        checkup: answers.checkup.state,
      },
      benefits: visit.handed?.items.length ?? 0,
      byHand: Math.max(0, ...visit.deliveries.map(({ byHand }) => byHand)),
      files: visit.deliveries.flatMap(({ path }) => (path === null ? [] : [path])),
      apdus: timings?.apdus ?? 0,
      timings: {
        cardMs: round(timings?.cardMs ?? 0),
        hubMs: round(timings?.hubMs ?? 0),
        storeMs: round(timings?.storeMs ?? 0),
        handoverMs: round(done - confirmed),
        totalMs: round(done - start),
      },
    },
  }
}

/** A failure as scripts get it. */
export function describeFailure(failure: Failure): { code: string; class: string; message: string; next: string } {
  return { code: failure.code, class: failureClass[failure.code], ...explained(failure) }
}

const isOver = (visit: VisitView | null): boolean => visit === null || visitRules.mayDo(visit.state, 'retry')

/** The first state that fits; null when none came in time. */
function until(agent: Agent, fits: (reception: Reception) => boolean, limitMs: number): Promise<Reception | null> {
  const now = agent.reception()
  if (fits(now)) return Promise.resolve(now)
  return new Promise((resolve) => {
    const finish = (reception: Reception | null) => {
      clearTimeout(timer)
      unsubscribe()
      resolve(reception)
    }
    const timer = setTimeout(() => finish(null), limitMs)
    const unsubscribe = agent.onReception((reception) => fits(reception) && finish(reception))
  })
}
