// The use case: one patient at the counter. Card in → certificate and hub session side by side → PIN → proof → answer
// → one transaction with everything in it. Every step ends in a state with a next step for the receptionist; nothing
// here waits without a limit, and no PIN is sent to the card before the hub has answered.
import { randomBytes } from 'node:crypto'
import { type CardCertificate, checkCardCertificate, isIssuedBy, verifiesSignature } from '../card/certificate.ts'
import type { Holder } from '../card/holder.ts'
import type { DecodePhoto } from '../card/photo.ts'
import type { ReaderStatus, Readers } from '../card/reader.ts'
import { type CardFront, verificationNumberB } from '../card/verification-number.ts'
import { type Clock, clinicDay, clinicMoment } from '../contract/clock.ts'
import { failureClass } from '../contract/failures.ts'
import { type Log, stackOf } from '../contract/log.ts'
import type { FaceView, VisitView } from '../contract/reception.ts'
import { type Failure, fail, ok, type Result } from '../contract/result.ts'
import type { VisitState } from '../contract/visit.ts'
import { assess, type ClinicContext } from '../eligibility/assess.ts'
import type { Assessment, Difference } from '../eligibility/assessment.ts'
import { confirm, type Decision, undecided } from '../eligibility/confirmation.ts'
import type { Eligibility, Patient } from '../eligibility/model.ts'
import type { ConfirmedVisit } from '../handover/document.ts'
import type { RequerySource } from '../hub/requeries.ts'
import type { EligibilitySource, HubSession } from '../hub/source.ts'
import type { CardLink, NewDelivery, Store, VisitRecord } from '../store/store.ts'
import { type Attempt, createRecorder, newAttempt, pastAttempt, timed, type VisitTimings } from './attempt.ts'
import { readCardHolder } from './card-holder.ts'
import { openCounterCard } from './counter-card.ts'
import type { SettleLate } from './later.ts'
import { lateEligibility, unreachableEligibility } from './offline.ts'
import { askWithoutCards } from './requery.ts'

export interface DeskPorts {
  readonly readers: Readers
  readonly source: EligibilitySource & RequerySource
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly training: boolean
  /** How long answers, and the cards they were given for, are kept. */
  readonly retentionDays: number
  /** Decodes the photo of a card's face into PNG. */
  readonly decodePhoto: DecodePhoto
  /** The reader cards are taken from while it is plugged in; null: any. */
  readonly chosenReader: () => string | null
  /** What the clinic brings to a judgement, as it is now. */
  readonly clinic: () => ClinicContext
  /** Renders the confirmed visit for every destination (handover/). */
  readonly render: (visit: ConfirmedVisit) => readonly NewDelivery[]
  /** The outbox has new rows. */
  readonly wakeHandover: () => void
  /** The day the hub is asked about, when it is not today (rehearsals); YYYY-MM-DD. */
  readonly asOf?: string
}

/** The visit at the counter, as the desk knows it. */
export interface CurrentVisit {
  readonly visit: VisitRecord
  readonly pin: { readonly triesLeft: number; readonly wrong: boolean } | null
  readonly hold: Failure | null
  readonly certificate: CardCertificate | null
  readonly face: FaceView | null
  readonly holder: VisitView['holder']
  readonly eligibility: Eligibility | null
  readonly assessment: Assessment | null
  readonly timings: VisitTimings
}

export interface Desk {
  current(): CurrentVisit | null
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
  /** What staff saw when they compared the face with the person. Errors: VISIT_NOT_CURRENT, else what the hub says. */
  confirmFace(visitId: string, isSame: boolean): Promise<Result<void>>
  /**
   * Decides every difference that asks for it, and confirms the visit. Errors: VISIT_NOT_CURRENT, REQUEST_INVALID (one
   * is left, or got what was not offered), else what the store says.
   */
  decide(visitId: string, decisions: readonly Omit<Decision, 'at'>[]): Promise<Result<void>>
  /** Asks the source once more before anything is decided. Errors: VISIT_NOT_CURRENT, else what the hub says. */
  askAgain(visitId: string): Promise<Result<void>>
  /** Judges the answer at the counter anew, after the clinic has changed something of its own. */
  reassess(): void
  /**
   * Brings a visit back to the counter whose answer still waits for a person. Errors: VISIT_NOT_CURRENT while somebody
   * else is there, or when nothing waits.
   */
  takeUp(visitId: string): Promise<Result<void>>
  cancel(visitId: string): Promise<Result<void>>
  retry(visitId: string): Promise<Result<void>>
  close(visitId: string): Promise<Result<void>>
  /** What the source said of a visit that was left without its answer; nothing if that has been overtaken. */
  readonly settleLate: SettleLate
  /** Takes the next card that lies there; for when another reader has been chosen. */
  look(): void
  stop(): Promise<void>
}

/** A hub session older than this is opened anew before the PIN is used; people take their time to remember a PIN. */
const sessionFreshMs = 60_000

export function createDesk(ports: DeskPorts): Desk {
  const { readers, source, store, clock, log } = ports
  const { pass, move } = createRecorder(ports)
  const listeners = new Set<(visitId: string | undefined) => void>()
  let attempt: Attempt | null = null
  /** Readers whose card has already had its attempt: a new one starts when the card is laid anew. */
  const seen = new Set<string>()

  /** `what` when it is not the attempt at the counter. */
  const changed = (what: Attempt | null = attempt) => {
    for (const listener of listeners) listener(what?.visit.id)
  }

  const failVisit = async (current: Attempt, failure: Failure): Promise<Result<void>> => {
    if (current.ended) return { ok: false, error: failure }
    current.pin = null
    current.face = null
    current.ended = true
    current.stop.abort()
    if (current.card && /^(CARD|READER)_/.test(failure.code)) {
      log.write({ event: 'cardFailed', visitId: current.visit.id, code: failure.code, apdus: current.card.trace })
    }
    await move(current, ['failed'], { failure })
    changed()
    await current.card?.end()
    return { ok: false, error: failure }
  }

  /** Runs one part of an attempt; a bug in it ends the visit in a designed state instead of leaving a spinner. */
  const guarded = async (current: Attempt, part: () => Promise<Result<void>>): Promise<Result<void>> => {
    try {
      return await part()
    } catch (error) {
      log.write({ event: 'fault', visitId: current.visit.id, where: stackOf(error) })
      if (!current.ended) return failVisit(current, { code: 'AGENT_FAULT' })
      return fail('AGENT_FAULT')
    }
  }

  const openHubSession = (current: Attempt, certificate: Uint8Array) => {
    const answer = timed(current, 'hubMs', () => source.openSession(certificate, 'pin', current.stop.signal))
    current.session = { opened: clock.now().getTime(), answer }
    return answer
  }

  const begin = async (reader: string): Promise<void> => {
    const current = newAttempt(reader, attempt?.visit ?? null, clock.now())
    attempt = current
    await guarded(current, () => identify(current, reader))
    current.busy = false
    // A hub that refuses or is down shows at once, not after the patient has typed.
    const session = await current.session?.answer
    if (session && !session.ok && !current.busy) await guarded(current, () => hubLost(current, session.error))
  }

  const identify = async (current: Attempt, reader: string): Promise<Result<void>> => {
    pass(current, 'reading')
    changed()
    const card = openCounterCard({
      readers,
      reader,
      onHold(hold) {
        current.hold = hold
        changed()
      },
    })
    current.card = card
    const identity = await timed(current, 'cardMs', () => card.identity())
    if (current.ended) return fail('VISIT_CANCELLED')
    if (!identity.ok) return failVisit(current, identity.error)
    const der = identity.value.certificate
    const checked = checkCardCertificate(der, clock.now())
    if (!checked.ok) return failVisit(current, checked.error)
    current.certificate = { ...checked.value, der }

    void openHubSession(current, der)
    const triesRead = timed(current, 'cardMs', () => card.triesLeft())
    // Saved while card and hub answer.
    const moved = await move(current, ['identifying'])
    const tries = await triesRead
    if (!moved.ok || current.ended) return moved
    if (!tries.ok) return failVisit(current, tries.error)
    current.pin = { triesLeft: tries.value, wrong: false }
    if (tries.value === 0) current.audit.push({ at: clinicMoment(clock.now()), event: 'pinBlocked' })
    changed()
    return moved
  }

  const identifyWithPin = async (current: Attempt, pin: string, spendLastTry: boolean): Promise<Result<void>> => {
    const { card, certificate } = current
    if (!card || !certificate || !current.session) return fail('VISIT_NOT_CURRENT')
    if (current.pin?.triesLeft === 0) return fail('PIN_BLOCKED')
    const stale = clock.now().getTime() - current.session.opened > sessionFreshMs
    const session = await (stale ? openHubSession(current, certificate.der) : current.session.answer)
    const lost = session.ok ? ok(undefined) : await hubLost(current, session.error)
    if (!lost.ok) return lost

    // Without the hub the card signs our own challenge: whoever knows its PIN is the person we know this card by.
    const challenge = session.ok ? session.value.challenge : randomBytes(32)
    const signature = await timed(current, 'cardMs', () =>
      card.sign(challenge, Buffer.from(pin, 'latin1'), { spendLastTry }),
    )
    if (!signature.ok) return refusedPin(current, signature.error)
    if (current.ended) return fail('VISIT_CANCELLED')

    current.pin = null
    current.face = null
    pass(current, 'asking')
    changed()
    // The card has done its work: it is reset while the hub answers.
    const proof = { method: 'pin', signature: signature.value } as const
    const isHolder = () => verifiesSignature(certificate.der, challenge, signature.value)
    const prove = async () => {
      if (!session.ok) return withoutHub(current, session.error, isHolder)
      const patient = await timed(current, 'hubMs', () => source.prove(session.value, proof, current.stop.signal))
      return patient.ok ? ask(current, session.value, patient.value) : withoutHub(current, patient.error, isHolder)
    }
    const [answer] = await Promise.all([prove(), card.end()])
    return answer
  }

  /**
   * The hub does not answer. A card we know can still be identified, and says so before anybody types; else this is the
   * end. Unless the hub has taken the certificate before, it is checked as far as the card allows: by the CA it carries.
   */
  const hubLost = async (current: Attempt, failure: Failure): Promise<Result<void>> => {
    const { certificate, card } = current
    if (current.ended || current.known) return current.ended ? { ok: false, error: failure } : ok(undefined)
    const mayKnow = failureClass[failure.code] === 'transient'
    const known = mayKnow && certificate ? await store.latestEligibilityOfCard(certificate.der) : null
    if (!known || !certificate || !card) return failVisit(current, failure)
    if (!(await current.session?.answer)?.ok) {
      const issuer = await timed(current, 'cardMs', () => card.issuer())
      if (!issuer.ok) return failVisit(current, issuer.error)
      if (!isIssuedBy(certificate.der, issuer.value)) return failVisit(current, { code: 'CARD_CERTIFICATE_INVALID' })
    }
    current.known = known
    current.hold = failure
    changed()
    return ok(undefined)
  }

  /** The hub is not there to say who the card's holder is: what we hold of them, if anything. */
  const withoutHub = async (current: Attempt, failure: Failure, isHolder: () => boolean): Promise<Result<void>> => {
    if (current.ended) return fail('VISIT_CANCELLED')
    const lost = await hubLost(current, failure)
    if (!lost.ok || !current.known) return lost
    if (!isHolder()) return failVisit(current, { code: 'CARD_RESPONSE_INVALID' })
    return goOffline(current, current.known.patient, failure, current.known)
  }

  const readFace = async (current: Attempt, front: CardFront, spendLastTry: boolean): Promise<Result<void>> => {
    const { card } = current
    if (!card) return fail('VISIT_NOT_CURRENT')
    const number = verificationNumberB(front)
    if (!number.ok) return number
    const holder = await timed(current, 'cardMs', () => card.readHolder(number.value, { spendLastTry }))
    if (current.ended) return fail('VISIT_CANCELLED')
    // A card that has gone ends the visit; whatever else it says, the PIN is still there.
    if (!holder.ok) return holder.error.code === 'CARD_REMOVED' ? failVisit(current, holder.error) : holder
    const photo = await ports.decodePhoto(holder.value.face.photo)
    if (current.ended) return fail('VISIT_CANCELLED')
    if (!photo.ok) return photo
    current.face = faceView(holder.value, photo.value)
    current.audit.push({ at: clinicMoment(clock.now()), event: 'faceRead' })
    changed()
    return ok(undefined)
  }

  const identifyByFace = async (current: Attempt, isSame: boolean): Promise<Result<void>> => {
    const { card, certificate, face } = current
    if (!card || !certificate || !face) return fail('VISIT_NOT_CURRENT')
    if (!isSame) return failVisit(current, { code: 'FACE_NOT_CONFIRMED' })
    const comparedAt = clinicMoment(clock.now())
    current.audit.push({ at: comparedAt, event: 'faceConfirmed' })
    current.pin = null
    current.face = null
    pass(current, 'asking')
    changed()
    const { signal } = current.stop
    const [session] = await Promise.all([
      timed(current, 'hubMs', () => source.openSession(certificate.der, 'visual', signal)),
      card.end(),
    ])
    const isHolder = () => current.known?.patient.birthDate === face.birthDate
    if (!session.ok) return withoutHub(current, session.error, isHolder)
    const proof = { method: 'visual', comparedAt: clinicMoment(clock.now()) } as const
    const patient = await timed(current, 'hubMs', () => source.prove(session.value, proof, signal))
    if (!patient.ok) return withoutHub(current, patient.error, isHolder)
    // The hub must mean the person whose photo was compared.
    if (patient.value.birthDate !== face.birthDate) return failVisit(current, { code: 'HUB_ANSWER_INVALID' })
    return ask(current, session.value, patient.value)
  }

  const refusedPin = async (current: Attempt, failure: Failure): Promise<Result<void>> => {
    if (failure.code === 'PIN_WRONG' && (failure.detail?.triesLeft ?? 0) > 0 && !current.ended) {
      current.pin = { triesLeft: failure.detail?.triesLeft ?? 0, wrong: true }
      changed()
      return { ok: false, error: failure }
    }
    if (failure.code === 'PIN_LAST_TRY' || failure.code === 'PIN_FORMAT') {
      // Another program may have spent tries since they were read: the screen has to ask for consent now.
      if (failure.code === 'PIN_LAST_TRY' && !current.ended) {
        current.pin = { triesLeft: 1, wrong: current.pin?.wrong ?? false }
        changed()
      }
      return { ok: false, error: failure }
    }
    if (failure.code !== 'PIN_WRONG' && failure.code !== 'PIN_BLOCKED') return failVisit(current, failure)
    // Locked, now or already: the face in the chip is still a way.
    if (!current.ended) {
      current.pin = { triesLeft: 0, wrong: failure.code === 'PIN_WRONG' }
      current.audit.push({ at: clinicMoment(clock.now()), event: 'pinBlocked' })
      changed()
    }
    return fail('PIN_BLOCKED')
  }

  const ask = async (current: Attempt, session: HubSession, patient: Patient): Promise<Result<void>> => {
    const asOf = ports.asOf ?? current.visit.day
    const [answer, known] = await Promise.all([
      timed(current, 'hubMs', () => source.fetchEligibility(session, patient, asOf, current.stop.signal)),
      store.known(patient.ref),
    ])
    if (current.ended) return fail('VISIT_CANCELLED')
    if (!answer.ok) {
      if (failureClass[answer.error.code] !== 'transient') return failVisit(current, answer.error)
      return goOffline(current, patient, answer.error, known.versions[0] ?? null)
    }
    current.inquiry = { session, patient, known }
    const judged = await judge(current, answer.value)
    if (judged.ok) await overtake(current, patient)
    return judged
  }

  /**
   * One patient, proved by the card: what is new or as before is confirmed without a further question, in one transaction
   * with the answer. What has changed, ended or gone missing waits in `answered` for a person.
   */
  const judge = async (current: Attempt, eligibility: Eligibility): Promise<Result<void>> => {
    const { inquiry, visit } = current
    if (!inquiry) return fail('VISIT_NOT_CURRENT')
    current.eligibility = eligibility
    current.assessment = assess(eligibility, inquiry.known, ports.clinic())
    const states: VisitState[] = visit.state === 'answered' ? [] : ['answered']
    if (undecided(current.assessment.differences, []).length === 0) {
      return confirmVisit(current, [...states, 'confirmed'], [], eligibility)
    }
    current.ended = false
    const saved = await move(current, states, { patient: inquiry.patient }, versionOf(current, eligibility))
    changed(current)
    return saved
  }

  /** `version`: the answer, where it has not been saved yet. */
  const confirmVisit = async (
    current: Attempt,
    states: readonly VisitState[],
    decisions: readonly Decision[],
    version?: Eligibility,
  ): Promise<Result<void>> => {
    const { eligibility, assessment, inquiry } = current
    if (!eligibility || !assessment || !inquiry) return fail('VISIT_NOT_CURRENT')
    current.ended = true
    const at = clinicMoment(clock.now())
    const { differences, order } = assessment
    const before = inquiry.known.confirmation
    const confirmation = confirm({ before, today: eligibility, differences, order, decisions, at })
    current.assessment = { ...assessment, differences: differences.map((each) => withDecision(each, decisions)) }
    const deliveries = ports.render({
      visitId: current.visit.id,
      visitNumber: current.visit.number,
      visitDay: current.visit.day,
      confirmedAt: at,
      training: ports.training,
      patientNumber: null,
      eligibility: confirmation.eligibility,
    })
    const outcome = { ...(version && versionOf(current, version)), confirmation, deliveries }
    const saved = await move(current, states, { patient: inquiry.patient }, outcome)
    changed(current)
    if (saved.ok) ports.wakeHandover()
    return saved
  }

  const decide = async (current: Attempt, choices: readonly Omit<Decision, 'at'>[]): Promise<Result<void>> => {
    const at = clinicMoment(clock.now())
    const decisions = choices.map((choice) => ({ ...choice, at }))
    const open = undecided(current.assessment?.differences ?? [], decisions)
    if (open.length > 0) return fail('REQUEST_INVALID', { field: 'decisions' })
    current.audit.push({ at, event: 'differencesDecided' })
    return confirmVisit(current, ['confirmed'], decisions)
  }

  const askAgain = async (current: Attempt): Promise<Result<void>> => {
    const { inquiry, eligibility } = current
    if (!inquiry || !eligibility) return fail('VISIT_NOT_CURRENT')
    const answer = await timed(current, 'hubMs', () => inquire(current, inquiry, eligibility.asOf))
    if (current.ended) return fail('VISIT_CANCELLED')
    // The first answer still stands, and so does the question.
    if (!answer.ok) return answer
    current.audit.push({ at: clinicMoment(clock.now()), event: 'askedAgain' })
    return judge(current, answer.value)
  }

  /** With the card's session where there is one, else by the patient's reference. */
  const inquire = async (
    { stop }: Attempt,
    { session, patient }: NonNullable<Attempt['inquiry']>,
    asOf: string,
  ): Promise<Result<Eligibility>> => {
    if (session) return source.fetchEligibility(session, patient, asOf, stop.signal)
    let answer: Result<Eligibility> = fail('HUB_ANSWER_INVALID')
    const asked = await askWithoutCards(
      source,
      { asOf, patientRefs: [patient.ref] },
      async (item) => {
        answer = item.outcome === 'answered' ? ok({ patient, ...item.answer }) : fail('HUB_PATIENT_UNKNOWN')
      },
      stop.signal,
    )
    return asked.ok ? answer : asked
  }

  /** Of a patient who came to the counter again, only the last visit still waits for its answer. */
  const overtake = async (current: Attempt, patient: Patient): Promise<void> => {
    for (const visit of await store.offlineVisits(current.visit.day)) {
      if (visit.id === current.visit.id || visit.patient?.ref !== patient.ref) continue
      const overtaken = pastAttempt(visit)
      await move(overtaken, ['cancelled'], { failure: { code: 'VISIT_REPEATED' } })
      changed(overtaken)
    }
  }

  const settleLate: SettleLate = async (visit, item) => {
    const { patient } = visit
    const known = patient && (await store.known(patient.ref))
    // It may have been overtaken while the source was thinking.
    const stored = await store.visit(visit.id)
    if (!patient || !known || stored?.visit.state !== 'offline') return
    const current = attempt?.visit.id === visit.id ? attempt : pastAttempt(stored.visit)
    current.audit.push({ at: clinicMoment(clock.now()), event: 'askedLater' })
    if (item.outcome === 'answered') {
      current.inquiry = { session: null, patient, known }
      await judge(current, lateEligibility(patient, item.answer, known.versions[0] ?? null))
      return
    }
    current.eligibility = null
    await move(current, ['failed'], { failure: { code: 'HUB_PATIENT_UNKNOWN' } })
    changed(current)
  }

  const takeUp = async (visitId: string): Promise<Result<void>> => {
    const stored = await store.visit(visitId)
    const { eligibility, visit } = stored ?? {}
    if (!eligibility || visit?.state !== 'answered' || (attempt && !attempt.ended)) return fail('VISIT_NOT_CURRENT')
    const { versions, confirmation } = await store.known(eligibility.patient.ref)
    // A card may have been laid meanwhile.
    if (attempt && !attempt.ended) return fail('VISIT_NOT_CURRENT')
    const earlier = versions.filter(({ fetchedAt }) => fetchedAt < eligibility.fetchedAt)
    const current = pastAttempt(visit)
    current.ended = false
    current.eligibility = eligibility
    current.inquiry = { session: null, patient: eligibility.patient, known: { versions: earlier, confirmation } }
    current.assessment = assess(eligibility, current.inquiry.known, ports.clinic())
    attempt = current
    changed()
    return ok(undefined)
  }

  /** The person is known, the source is not reachable: the last version we hold, never shown or handed over as today's. */
  const goOffline = async (
    current: Attempt,
    patient: Patient,
    failure: Failure,
    last: Eligibility | null,
  ): Promise<Result<void>> => {
    const asOf = ports.asOf ?? current.visit.day
    current.eligibility = unreachableEligibility(patient, asOf, clinicMoment(clock.now()), last)
    current.assessment = assess(current.eligibility, { versions: [], confirmation: null }, ports.clinic())
    current.ended = true
    current.hold = null
    const saved = await move(current, ['offline'], { patient, failure })
    if (saved.ok) await overtake(current, patient)
    changed()
    return { ok: false, error: failure }
  }

  /** Until the certificate or the answers end, whichever is first. */
  /** A new version of the answer, with the card that proved whose it is. */
  const versionOf = ({ certificate }: Attempt, eligibility: Eligibility) => ({
    eligibility,
    ...(certificate && { card: cardLink(certificate) }),
  })

  const cardLink = ({ der, validTo }: NonNullable<Attempt['certificate']>): CardLink => {
    const kept = clock.now().getTime() + ports.retentionDays * 86_400_000
    return { certificate: der, expiresOn: clinicDay(new Date(Math.min(kept, validTo.getTime()))) }
  }

  const start = (reader: string) => {
    seen.add(reader)
    void begin(reader)
  }

  /** Takes the next card: one that has not had its attempt, on the chosen reader if that is plugged in. */
  const look = (list: readonly ReaderStatus[] = readers.list()) => {
    const chosen = ports.chosenReader()
    const mine = list.some(({ name }) => name === chosen) ? list.filter(({ name }) => name === chosen) : list
    const next = mine.find(({ name, state }) => state === 'card' && !seen.has(name))
    if (next && (!attempt || attempt.ended)) start(next.name)
  }

  const unsubscribe = readers.onChange((list) => {
    for (const name of [...seen]) {
      if (!list.some((reader) => reader.name === name && reader.state === 'card')) seen.delete(name)
    }
    const current = attempt
    // Once the hub has answered the card is no longer needed: it may go while somebody decides.
    const needsCard = current && !current.ended && !current.busy && current.visit.state !== 'answered'
    if (needsCard && !seen.has(current.visit.reader)) {
      void guarded(current, () => failVisit(current, { code: 'CARD_REMOVED' }))
    }
    look(list)
  })

  const open = (visitId: string): Attempt | null => (attempt?.visit.id === visitId ? attempt : null)

  /** One thing at a time, while the patient is being identified or a difference decided. */
  const atCounter = async (
    visitId: string,
    part: (current: Attempt) => Promise<Result<void>>,
  ): Promise<Result<void>> => {
    const current = open(visitId)
    const isAwaited = current && (current.pin !== null || current.visit.state === 'answered')
    if (!current || current.ended || current.busy || !isAwaited) return fail('VISIT_NOT_CURRENT')
    current.busy = true
    const result = await guarded(current, () => part(current))
    current.busy = false
    return result
  }

  look()

  return {
    current: () =>
      attempt && {
        visit: attempt.visit,
        pin: attempt.pin,
        hold: attempt.hold,
        certificate: attempt.certificate,
        face: attempt.face,
        holder: attempt.holder,
        eligibility: attempt.eligibility,
        assessment: attempt.assessment,
        timings: { ...attempt.timings, apdus: attempt.card?.apdus ?? 0 },
      },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async enterPin(visitId, pin, spendLastTry) {
      return atCounter(visitId, (current) => identifyWithPin(current, pin, spendLastTry))
    },
    async readFace(visitId, front, spendLastTry) {
      return atCounter(visitId, (current) => readFace(current, front, spendLastTry))
    },
    async confirmFace(visitId, isSame) {
      return atCounter(visitId, (current) => identifyByFace(current, isSame))
    },
    async decide(visitId, decisions) {
      return atCounter(visitId, (current) =>
        current.visit.state === 'answered' ? decide(current, decisions) : notNow(),
      )
    },
    async askAgain(visitId) {
      return atCounter(visitId, (current) => (current.visit.state === 'answered' ? askAgain(current) : notNow()))
    },
    reassess() {
      if (!attempt?.eligibility || !attempt.assessment) return
      const { differences } = attempt.assessment
      const known = attempt.inquiry?.known ?? { versions: [], confirmation: null }
      attempt.assessment = { ...assess(attempt.eligibility, known, ports.clinic()), differences }
      changed()
    },
    async readAttributes(visitId, pin, spendLastTry) {
      const current = open(visitId)
      const isLost = current?.visit.state === 'failed' && current.visit.failure?.code.startsWith('HUB_') === true
      if (!current?.certificate || !isLost || current.busy) return fail('VISIT_NOT_CURRENT')
      current.busy = true
      const place = { reader: current.visit.reader, certificate: current.certificate.der }
      const read = await readCardHolder(readers, place, pin, { spendLastTry })
      current.busy = false
      if (!read.ok) return read
      current.holder = read.value
      changed()
      return ok(undefined)
    },
    takeUp,
    async cancel(visitId) {
      const current = open(visitId)
      if (!current || current.ended) return fail('VISIT_NOT_CURRENT')
      current.ended = true
      current.pin = null
      current.face = null
      current.stop.abort()
      await move(current, ['cancelled'], { failure: { code: 'VISIT_CANCELLED' } })
      changed()
      await current.card?.end()
      return ok(undefined)
    },
    async retry(visitId) {
      const current = open(visitId)
      if (!current?.ended) return fail('VISIT_NOT_CURRENT')
      const reader = readers.list().find(({ name, state }) => name === current.visit.reader && state === 'card')
      if (!reader) return fail('CARD_NOT_PRESENT')
      // Somebody has looked at the cables: what was said of the line before may be old.
      if (source.line().state === 'down') await source.warmUp()
      start(reader.name)
      return ok(undefined)
    },
    async close(visitId) {
      const current = open(visitId)
      if (!current?.ended) return fail('VISIT_NOT_CURRENT')
      attempt = null
      changed()
      // With a second reader the next patient's card may already be waiting.
      look()
      return ok(undefined)
    },
    settleLate,
    look: () => look(),
    async stop() {
      unsubscribe()
      if (attempt) {
        attempt.ended = true
        attempt.stop.abort()
        await attempt.card?.end()
      }
    },
  }
}

const notNow = async () => fail('VISIT_NOT_CURRENT')

function withDecision(difference: Difference, decisions: readonly Decision[]): Difference {
  const decision = decisions.find(({ key }) => key === difference.key)
  return decision ? { ...difference, decided: { choice: decision.choice, at: decision.at } } : difference
}

const faceView = ({ face, attributes }: Holder, photo: Uint8Array): FaceView => {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  return {
    photo: base64(photo),
    nameImage: base64(face.namePng),
    addressImage: base64(face.addressPng),
    name: attributes.name,
    address: attributes.address,
    birthDate: face.birthDate,
    sex: face.sex,
    validTo: face.validTo,
  }
}
