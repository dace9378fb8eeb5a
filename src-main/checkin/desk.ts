// The use case: one patient at the counter. Card in → certificate and hub session side by side → PIN → proof → answer
// → one transaction with everything in it. Every step ends in a state with a next step for the receptionist; nothing
// here waits without a limit. What people do with a visit as a whole is written here; what they do in one of its stages in
// `stage-acts`, and what happens by itself in `beginning` and `day-turn`.
import { failureOrigin } from '../ground/failures.ts'
import { createListeners } from '../ground/listeners.ts'
import type { Log } from '../ground/log.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { type VisitAct, visitRules } from '../ground/states.ts'
import type { RequeryItem } from '../hub/requeries.ts'
import { isMoved } from '../store/desks.ts'
import type { VisitRow } from '../store/visits.ts'
import { type AnsweringPorts, createAnswering } from './answering.ts'
import { type Attempt, end, enter, pastAttempt, stageAt } from './attempt.ts'
import { createBeginning } from './beginning.ts'
import { readCardHolder } from './card-holder.ts'
import { type ChangedElsewhere, createChangedElsewhere } from './changed-elsewhere.ts'
import { createCounter } from './counter.ts'
import { type CurrentVisit, currentVisit } from './current-visit.ts'
import { createDayTurn } from './day-turn.ts'
import { createIdentification, type IdentificationPorts } from './identification.ts'
import { createLaidCards, type LaidCardsPorts } from './laid-cards.ts'
import { createLettingGo, type LettingGo } from './letting-go.ts'
import { createRecorder, type RecorderPorts } from './recorder.ts'
import { createStageActs, type StageActs } from './stage-acts.ts'

export type DeskPorts = IdentificationPorts &
  AnsweringPorts &
  Pick<RecorderPorts, 'store'> &
  LaidCardsPorts & {
    readonly log: Log
    /** The outbox has new rows. */
    readonly wakeHandover: () => void
  }

/** Also whatever people do in a stage of the visit. */
export interface Desk extends StageActs, LettingGo, ChangedElsewhere {
  current(): CurrentVisit | null
  /**
   * What lies on the reader beside the visit at the counter: `waiting` a card that is not read before that visit has
   * ended, `left` the last patient's card, when they are gone.
   */
  otherCard(): 'waiting' | 'left' | null
  /** With the id of the visit that has changed, where one has. */
  onChange(listener: (visitId: string | undefined) => void): () => void
  /**
   * Who the card says it belongs to, for a visit that the hub's absence has ended. Errors: VISIT_NOT_CURRENT,
   * CARD_NOT_PRESENT, PIN_LAST_TRY (not asked yet), else what the card says.
   */
  readAttributes(visitId: string, pin: string, spendLastTry: boolean): Promise<Result<void>>
  /** Judges the answer at the counter anew, after the clinic has changed something of its own. */
  reassess(): void
  /**
   * Brings a visit back to the counter whose answer still waits for a person, or that has come from another desk and waits for its
   * patient's card. Errors: VISIT_NOT_CURRENT while somebody else is there, or when nothing waits.
   */
  takeUp(visitId: string): Promise<Result<void>>
  cancel(visitId: string, why: 'VISIT_CANCELLED' | 'VISIT_STOPPED_BY_PATIENT'): Promise<Result<void>>
  retry(visitId: string): Promise<Result<void>>
  close(visitId: string): Promise<Result<void>>
  /** What the source said of a visit that was left without its answer; nothing if that has been overtaken. */
  settleLate(visit: VisitRow, item: RequeryItem): Promise<void>
  /** The day may have turned: puts away what is left of another day, and begins anew with a card that waits for its PIN. */
  keepDay(): Promise<void>
  /** Takes the next card that lies there; for when another reader has been chosen. */
  look(): void
  stop(): Promise<void>
}

export function createDesk(ports: DeskPorts): Desk {
  const { readers, lengths, source, store, clock, log } = ports
  const listeners = createListeners<[visitId: string | undefined]>()
  const recorder = createRecorder({ store, clock, log, changed: ({ visit }) => listeners.tell(visit.id) })
  const answering = createAnswering(ports, recorder)
  const identification = createIdentification(ports, recorder, answering)
  const cards = createLaidCards(ports)
  const counter = createCounter({ clock, log, recorder })
  const beginning = createBeginning({ clock, cards, counter, identification, recorder })
  const dayTurn = createDayTurn({ clock, cards, counter, beginning, recorder })

  /** Something of whoever is at the counter now. */
  const changed = () => listeners.tell(counter.attempt()?.visit.id)
  /** The attempt of this visit, if a person may do this about it. */
  const attemptFor = (visitId: string, act: VisitAct): Attempt | null => {
    const current = counter.attemptOf(visitId)
    return current && visitRules.mayDo(current.visit.state, act) ? current : null
  }

  const lettingGo = createLettingGo({ counter, beginning, recorder })

  const unsubscribe = readers.onChange((list) => beginning.cardsMoved(list))
  beginning.look()

  return {
    current() {
      const current = counter.attempt()
      return current && currentVisit(current)
    },
    otherCard() {
      if (counter.attempt()) return cards.next() === null ? null : 'waiting'
      return cards.isAny() ? 'left' : null
    },
    onChange: listeners.add,
    ...createStageActs({ counter, dayTurn, identification, answering }),
    ...lettingGo,
    ...createChangedElsewhere({ store, counter, letGo: lettingGo.letGo, changed }),
    reassess() {
      const current = counter.attempt()
      if (current) answering.reassess(current)
    },
    async readAttributes(visitId, pin, spendLastTry) {
      const current = counter.attemptOf(visitId)
      const failure = current?.visit.state === 'failed' ? current.visit.failure : null
      const isHubLost = failure !== null && failureOrigin(failure.code) === 'hub'
      if (!current?.certificate || !isHubLost || counter.isBusy(current)) return fail('VISIT_NOT_CURRENT')
      const place = { reader: current.visit.reader, lengths, certificate: current.certificate.der }
      const result = await counter.alone(current, async () => {
        const read = await readCardHolder(readers, place, pin, { spendLastTry })
        if (!read.ok) return read
        const still = stageAt(current, 'ended')
        if (still) enter(current, { ...still, holder: read.value })
        return ok(undefined)
      })
      if (result.ok) changed()
      return result
    },
    async takeUp(visitId) {
      const current = (await answering.reopened(visitId)) ?? (await movedHere(store, visitId))
      if (!current || !counter.isFree()) return fail('VISIT_NOT_CURRENT')
      counter.seat(current)
      changed()
      return ok(undefined)
    },
    async cancel(visitId, why) {
      const current = attemptFor(visitId, 'cancel')
      if (!current) return fail('VISIT_NOT_CURRENT')
      end(current)
      current.stop.abort()
      await recorder.move(current, ['cancelled'], { failure: { code: why } })
      changed()
      await current.card?.end()
      return ok(undefined)
    },
    async retry(visitId) {
      const current = attemptFor(visitId, 'retry')
      if (!current) return fail('VISIT_NOT_CURRENT')
      const { reader } = current.visit
      if (!cards.liesOn(reader)) return fail('CARD_NOT_PRESENT')
      // Somebody has looked at the cables: what was said of the line before may be old.
      if (source.line().state === 'down') await source.warmUp()
      beginning.start(reader)
      return ok(undefined)
    },
    async close(visitId) {
      const current = attemptFor(visitId, 'close')
      if (!current) return fail('VISIT_NOT_CURRENT')
      counter.leave()
      recorder.changed(current)
      // With a second reader the next patient's card may already be waiting.
      beginning.look()
      return ok(undefined)
    },
    async settleLate(visit, item) {
      // It may have been overtaken while the source was thinking.
      const stored = await store.visit(visit.id)
      if (!visit.patient || stored?.visit.state !== 'offline') return
      const current = counter.attemptOf(visit.id) ?? pastAttempt(stored.visit)
      await answering.answerLate(current, visit.patient, item)
    },
    keepDay: dayTurn.keepDay,
    look: () => beginning.look(),
    async stop() {
      unsubscribe()
      const current = counter.attempt()
      if (!current) return
      end(current)
      current.stop.abort()
      await current.card?.end()
    },
  }
}

/** One that has come from another desk: the next card is its patient's. */
async function movedHere(store: DeskPorts['store'], visitId: string): Promise<Attempt | null> {
  const stored = await store.visit(visitId)
  return stored && isMoved(stored.visit) ? { ...pastAttempt(stored.visit), isAwaited: true } : null
}
