// The use case: one patient at the counter. Card in → certificate and hub session side by side → PIN → proof → answer
// → one transaction with everything in it. Every step ends in a state with a next step for the receptionist; nothing
// here waits without a limit.
import type { CardCertificate } from '../card/certificate.ts'
import type { ReaderStatus } from '../card/reader.ts'
import type { CardFront } from '../card/verification-number.ts'
import type { FaceView, VisitView } from '../contract/reception.ts'
import type { Assessment } from '../eligibility/assessment.ts'
import type { Decision } from '../eligibility/confirmation.ts'
import type { Handed } from '../eligibility/handed.ts'
import type { Eligibility } from '../eligibility/model.ts'
import type { PersonDoubt } from '../eligibility/person-doubt.ts'
import { clinicDay } from '../ground/clock.ts'
import { failureOrigin } from '../ground/failures.ts'
import { createListeners } from '../ground/listeners.ts'
import { type Log, stackOf } from '../ground/log.ts'
import { type Failure, fail, failureOf, ok, type Result } from '../ground/result.ts'
import { visitRules } from '../ground/states.ts'
import type { RequeryItem } from '../hub/requeries.ts'
import type { VisitRow } from '../store/visits.ts'
import { type AnsweringPorts, createAnswering } from './answering.ts'
import {
  type Attempt,
  answerOf,
  end,
  enter,
  hasEnded,
  newAttempt,
  pastAttempt,
  type StageAt,
  stageAt,
  type VisitTimings,
} from './attempt.ts'
import { readCardHolder } from './card-holder.ts'
import { createIdentification, type IdentificationPorts } from './identification.ts'
import { createRecorder, type RecorderPorts } from './recorder.ts'

export type DeskPorts = IdentificationPorts &
  AnsweringPorts &
  Pick<RecorderPorts, 'store'> & {
    readonly log: Log
    /** The reader cards are taken from while it is plugged in; null: any. */
    readonly chosenReader: () => string | null
    /** The outbox has new rows. */
    readonly wakeHandover: () => void
  }

/** The visit at the counter, as the desk knows it. */
export interface CurrentVisit {
  readonly visit: VisitRow
  readonly pin: { readonly triesLeft: number; readonly wrong: boolean } | null
  readonly hold: Failure | null
  readonly certificate: CardCertificate | null
  readonly face: FaceView | null
  readonly holder: VisitView['holder']
  readonly staleNumber: string | null
  readonly doubt: PersonDoubt | null
  readonly eligibility: Eligibility | null
  readonly assessment: Assessment | null
  readonly handed: Handed | null
  readonly timings: VisitTimings
}

export interface Desk {
  current(): CurrentVisit | null
  /**
   * What lies on the reader beside the visit at the counter: `waiting` a card that is not read before that visit has
   * ended, `left` the last patient's card, when they are gone.
   */
  otherCard(): 'waiting' | 'left' | null
  /** With the id of the visit that has changed, where one has. */
  onChange(listener: (visitId: string | undefined) => void): () => void
  /** Errors: VISIT_NOT_CURRENT, PIN_LAST_TRY (not asked yet), else what the card or the hub says. */
  enterPin(visitId: string, pin: string, spendLastTry: boolean): Promise<Result<void>>
  /**
   * Opens the face in the chip with what is printed on the card. Errors: VISIT_NOT_CURRENT, REQUEST_INVALID (no such
   * day), FACE_CODE_ codes, else what the card says.
   */
  readFace(visitId: string, front: CardFront, spendLastTry: boolean): Promise<Result<void>>
  /**
   * Who the card says it belongs to, for a visit that the hub's absence has ended. Errors: VISIT_NOT_CURRENT,
   * CARD_NOT_PRESENT, PIN_LAST_TRY (not asked yet), else what the card says.
   */
  readAttributes(visitId: string, pin: string, spendLastTry: boolean): Promise<Result<void>>
  /**
   * The card alone, where the hub takes it: its PIN was proved here before. Errors: VISIT_NOT_CURRENT,
   * HUB_PIN_PROOF_NEEDED (the PIN is still asked), else what the hub says.
   */
  identifyByTap(visitId: string): Promise<Result<void>>
  /** What staff saw when they compared the face with the person. Errors: VISIT_NOT_CURRENT, else what the hub says. */
  confirmFace(visitId: string, isSame: boolean): Promise<Result<void>>
  /**
   * Staff say whether the source means the person it meant before (see CurrentVisit.doubt). Errors: VISIT_NOT_CURRENT,
   * HUB_PERSON_DIFFERS (it does not: the visit ends), else what the store says.
   */
  confirmPerson(visitId: string, isSame: boolean): Promise<Result<void>>
  /**
   * Decides every difference that asks for it, and confirms the visit. Errors: VISIT_NOT_CURRENT, REQUEST_INVALID (one
   * is left, or got what was not offered), else what the store says.
   */
  decide(visitId: string, decisions: readonly Omit<Decision, 'at'>[]): Promise<Result<void>>
  /** Asks the source once more before anything is decided. Errors: VISIT_NOT_CURRENT, else what the hub says. */
  askAgain(visitId: string): Promise<Result<void>>
  /** Judges the answer at the counter anew, after the clinic has changed something of its own. */
  reassess(): void
  /** The clinic's own number of the visit's patient has been said, or taken away; it is saved already. */
  renumber(visitId: string, number: string | null): void
  /**
   * Brings a visit back to the counter whose answer still waits for a person. Errors: VISIT_NOT_CURRENT while somebody
   * else is there, or when nothing waits.
   */
  takeUp(visitId: string): Promise<Result<void>>
  cancel(visitId: string): Promise<Result<void>>
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

/** How long a result of the day before stays at the counter after the day has turned, in milliseconds. */
const lingersMs = 15 * 60_000

export function createDesk(ports: DeskPorts): Desk {
  const { readers, source, store, clock, log } = ports
  const listeners = createListeners<[visitId: string | undefined]>()
  let attempt: Attempt | null = null
  /** Readers whose card has already had its attempt: a new one starts when the card is laid anew. */
  const seen = new Set<string>()
  /** Something is being done for these: nothing else begins meanwhile. */
  const working = new WeakSet<Attempt>()
  /** When somebody was last at the attempt. */
  let touchedAt = clock.now().getTime()
  /** The visit that the turn of the day has ended: whoever still acts on it hears why. */
  let turnedId: string | null = null

  /** `what` when it is not the attempt at the counter. */
  const changed = (what: Attempt | null = attempt) => {
    listeners.tell(what?.visit.id)
  }
  const recorder = createRecorder({ store, clock, log, changed })
  const answering = createAnswering(ports, recorder)
  const identification = createIdentification(ports, recorder, answering)

  /** Runs one part of an attempt; a bug in it ends the visit in a designed state instead of leaving a spinner. */
  const guarded = async (current: Attempt, part: () => Promise<Result<void>>): Promise<Result<void>> => {
    try {
      return await part()
    } catch (error) {
      log.write({ event: 'fault', visitId: current.visit.id, where: stackOf(error) })
      const failure = failureOf(error)
      return hasEnded(current) ? { ok: false, error: failure } : recorder.failVisit(current, failure)
    }
  }

  const touch = () => {
    touchedAt = clock.now().getTime()
  }

  /** `wasSeen`: the card has lain there since its last attempt. */
  const begin = async (reader: string, wasSeen: boolean): Promise<void> => {
    const before = attempt && {
      visit: attempt.visit,
      read: attempt.read,
      isLying: attempt.card !== null && attempt.visit.reader === reader && wasSeen,
    }
    const gone = attempt
    const current = newAttempt(reader, before, clock.now())
    working.add(current)
    attempt = current
    touch()
    if (gone && isOfAnotherDay(gone)) changed(gone)
    await guarded(current, () => identification.identify(current, reader))
    working.delete(current)
    // A hub that refuses or is down shows at once, not after the patient has typed.
    const session = await current.session?.answer
    if (!session || session.ok || working.has(current)) return
    const { error } = session
    await guarded(current, async () => {
      const last = await identification.hubLost(current, error)
      return last.ok ? ok(undefined) : last
    })
  }

  const settleLate: Desk['settleLate'] = async (visit, item) => {
    // It may have been overtaken while the source was thinking.
    const stored = await store.visit(visit.id)
    if (!visit.patient || stored?.visit.state !== 'offline') return
    const current = attempt?.visit.id === visit.id ? attempt : pastAttempt(stored.visit)
    await answering.answerLate(current, visit.patient, item)
  }

  const takeUp = async (visitId: string): Promise<Result<void>> => {
    const current = await answering.reopened(visitId)
    if (!current || (attempt && !hasEnded(attempt))) return fail('VISIT_NOT_CURRENT')
    attempt = current
    touch()
    changed()
    return ok(undefined)
  }

  const start = (reader: string) => {
    const wasSeen = seen.has(reader)
    seen.add(reader)
    void begin(reader, wasSeen)
  }

  /** What is at the counter was begun on another day than today. */
  const isOfAnotherDay = (current: Attempt) => current.visit.day !== clinicDay(clock.now())

  /** Identified by nobody yet, it begins anew as a visit of today with the card that still lies there. */
  const beginAnew = async (current: Attempt): Promise<void> => {
    turnedId = current.visit.id
    if (!hasEnded(current)) await guarded(current, () => recorder.failVisit(current, { code: 'VISIT_DAY_TURNED' }))
    const { reader } = current.visit
    if (attempt === current && readers.list().some(({ name, state }) => name === reader && state === 'card'))
      start(reader)
  }

  const keepDay = async (): Promise<void> => {
    const current = attempt
    if (!current || working.has(current) || !isOfAnotherDay(current)) return
    if (!hasEnded(current) && !stageAt(current, 'deciding')) return beginAnew(current)
    // What waits for a person stays in the list. A result that somebody is just reading is not taken from them.
    if (Math.abs(clock.now().getTime() - touchedAt) < lingersMs) return
    attempt = null
    changed(current)
    look()
  }

  /** Readers with a card, of those that count: the chosen one if that is plugged in. */
  const withCard = (list: readonly ReaderStatus[] = readers.list()) => {
    const chosen = ports.chosenReader()
    const mine = list.some(({ name }) => name === chosen) ? list.filter(({ name }) => name === chosen) : list
    return mine.filter(({ state }) => state === 'card')
  }

  /** Takes the next card: one that has not had its attempt. */
  const look = (list?: readonly ReaderStatus[]) => {
    const next = withCard(list).find(({ name }) => !seen.has(name))
    if (next && (!attempt || hasEnded(attempt))) start(next.name)
  }

  const unsubscribe = readers.onChange((list) => {
    for (const name of [...seen]) {
      if (!list.some((reader) => reader.name === name && reader.state === 'card')) seen.delete(name)
    }
    const current = attempt
    // Once the hub has answered the card is no longer needed: it may go while somebody decides.
    if (current && needsCard(current) && !working.has(current) && !seen.has(current.visit.reader)) {
      // With its reader gone (unplugged, its service down) nobody knows where the card is.
      const hasReader = list.some(({ name }) => name === current.visit.reader)
      const code = hasReader ? 'CARD_REMOVED' : 'READER_UNAVAILABLE'
      void guarded(current, () => recorder.failVisit(current, { code }))
    }
    look(list)
  })

  const open = (visitId: string): Attempt | null => (attempt?.visit.id === visitId ? attempt : null)

  /** One thing at a time, and only in the stage that it belongs to. */
  const atCounter = async <At extends 'identifying' | 'doubting' | 'deciding'>(
    visitId: string,
    at: At,
    part: (current: Attempt, stage: StageAt<At>) => Promise<Result<void>>,
  ): Promise<Result<void>> => {
    const current = open(visitId)
    if (visitId === turnedId) return fail('VISIT_DAY_TURNED')
    const stage = current && stageAt(current, at)
    if (!current || !stage || working.has(current)) return fail('VISIT_NOT_CURRENT')
    touch()
    const isLate = at !== 'deciding' && isOfAnotherDay(current)
    working.add(current)
    const result = isLate ? fail('VISIT_DAY_TURNED') : await guarded(current, () => part(current, stage))
    working.delete(current)
    if (!result.ok && result.error.code === 'VISIT_DAY_TURNED') await beginAnew(current)
    return result
  }

  look()

  return {
    current: () => attempt && currentVisit(attempt),
    otherCard() {
      const cards = withCard()
      if (attempt) return cards.some(({ name }) => !seen.has(name)) ? 'waiting' : null
      return cards.length > 0 ? 'left' : null
    },
    onChange: listeners.add,
    enterPin: (visitId, pin, spendLastTry) =>
      atCounter(visitId, 'identifying', (current, stage) =>
        identification.identifyWithPin(current, stage, pin, spendLastTry),
      ),
    readFace: (visitId, front, spendLastTry) =>
      atCounter(visitId, 'identifying', (current) => identification.readFace(current, front, spendLastTry)),
    confirmFace: (visitId, isSame) =>
      atCounter(visitId, 'identifying', (current, stage) => identification.identifyByFace(current, stage, isSame)),
    identifyByTap: (visitId) => atCounter(visitId, 'identifying', identification.identifyByTap),
    confirmPerson: (visitId, isSame) =>
      atCounter(visitId, 'doubting', (current, stage) => answering.confirmPerson(current, stage, isSame)),
    decide: (visitId, decisions) =>
      atCounter(visitId, 'deciding', (current, stage) => answering.decide(current, stage, decisions)),
    askAgain: (visitId) => atCounter(visitId, 'deciding', answering.askAgain),
    reassess() {
      if (attempt) answering.reassess(attempt)
    },
    renumber(visitId, number) {
      const current = open(visitId)
      if (!current) return
      current.visit = { ...current.visit, patientNumber: number }
      current.staleNumber = null
      changed()
    },
    async readAttributes(visitId, pin, spendLastTry) {
      const current = open(visitId)
      const failure = current?.visit.state === 'failed' ? current.visit.failure : null
      const isHubLost = failure !== null && failureOrigin(failure.code) === 'hub'
      if (!current?.certificate || !isHubLost || working.has(current)) return fail('VISIT_NOT_CURRENT')
      working.add(current)
      const place = { reader: current.visit.reader, certificate: current.certificate.der }
      const read = await readCardHolder(readers, place, pin, { spendLastTry })
      working.delete(current)
      if (!read.ok) return read
      const still = stageAt(current, 'ended')
      if (still) enter(current, { ...still, holder: read.value })
      changed()
      return ok(undefined)
    },
    takeUp,
    async cancel(visitId) {
      const current = open(visitId)
      if (!current || !visitRules.mayDo(current.visit.state, 'cancel')) return fail('VISIT_NOT_CURRENT')
      end(current)
      current.stop.abort()
      await recorder.move(current, ['cancelled'], { failure: { code: 'VISIT_CANCELLED' } })
      changed()
      await current.card?.end()
      return ok(undefined)
    },
    async retry(visitId) {
      const current = open(visitId)
      if (!current || !visitRules.mayDo(current.visit.state, 'retry')) return fail('VISIT_NOT_CURRENT')
      const reader = readers.list().find(({ name, state }) => name === current.visit.reader && state === 'card')
      if (!reader) return fail('CARD_NOT_PRESENT')
      // Somebody has looked at the cables: what was said of the line before may be old.
      if (source.line().state === 'down') await source.warmUp()
      start(reader.name)
      return ok(undefined)
    },
    async close(visitId) {
      const current = open(visitId)
      if (!current || !visitRules.mayDo(current.visit.state, 'close')) return fail('VISIT_NOT_CURRENT')
      attempt = null
      changed(current)
      // With a second reader the next patient's card may already be waiting.
      look()
      return ok(undefined)
    },
    settleLate,
    keepDay,
    look: () => look(),
    async stop() {
      unsubscribe()
      if (attempt) {
        end(attempt)
        attempt.stop.abort()
        await attempt.card?.end()
      }
    },
  }
}

/** Once the hub has answered the card is no longer needed: it may go while somebody decides. */
const needsCard = ({ stage }: Attempt) => stage.at === 'reading' || stage.at === 'identifying' || stage.at === 'asking'

function currentVisit(attempt: Attempt): CurrentVisit {
  const { visit, stage, certificate, staleNumber, timings, card } = attempt
  const answer = answerOf(attempt)
  return {
    visit,
    pin: stage.at === 'identifying' ? stage.pin : null,
    hold: stage.at === 'reading' || stage.at === 'identifying' ? stage.hold : null,
    certificate,
    face: stage.at === 'identifying' ? stage.face : null,
    holder: stage.at === 'ended' ? stage.holder : null,
    staleNumber,
    doubt: stage.at === 'doubting' ? stage.doubt : null,
    eligibility: stage.at === 'doubting' ? stage.eligibility : (answer?.eligibility ?? null),
    assessment: answer?.assessment ?? null,
    handed: stage.at === 'ended' ? stage.handed : null,
    timings: { ...timings, apdus: card?.apdus ?? 0 },
  }
}
