// Who stands at the counter: the card's certificate, then its PIN, the face in its chip, or the card alone where the hub
// takes that. No PIN is sent to the card before the hub has answered; without the hub only a card we know says anything.
import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { checkCardCertificate, isIssuedBy, verifiesSignature } from '../card/certificate.ts'
import type { Holder } from '../card/holder.ts'
import type { DecodePhoto } from '../card/photo.ts'
import type { Readers } from '../card/reader.ts'
import { type CardFront, verificationNumberB } from '../card/verification-number.ts'
import type { FaceView } from '../contract/reception.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { failureClass } from '../ground/failures.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { EligibilitySource } from '../hub/source.ts'
import type { KnownPatients } from '../store/patients.ts'
import type { Answering } from './answering.ts'
import { type Attempt, goOn, type Recorder, timed } from './attempt.ts'
import { openCounterCard } from './counter-card.ts'

export interface IdentificationPorts {
  readonly readers: Readers
  readonly source: EligibilitySource
  readonly store: Pick<KnownPatients, 'latestEligibilityOfCard'>
  readonly clock: Clock
  /** Decodes the photo of a card's face into PNG. */
  readonly decodePhoto: DecodePhoto
}

/** A hub session older than this is opened anew before the PIN is used; people take their time to remember a PIN. */
const sessionFreshMs = 60_000

/** Each part ends the attempt, or leaves it where the next part can go on; its result is what the caller is told. */
export function createIdentification(
  { readers, source, store, clock, decodePhoto }: IdentificationPorts,
  { pass, move, failVisit, changed }: Recorder,
  { ask, goOffline }: Pick<Answering, 'ask' | 'goOffline'>,
) {
  const openHubSession = (current: Attempt, certificate: Uint8Array) => {
    const answer = timed(current, 'hubMs', () => source.openSession(certificate, 'pin', current.stop.signal))
    current.session = { opened: clock.now().getTime(), answer }
    return answer
  }

  const identify = async (current: Attempt, reader: string): Promise<Result<void>> => {
    pass(current, 'reading')
    goOn(current, clock.now())
    changed(current)
    const card = openCounterCard({
      readers,
      reader,
      onHold(hold) {
        current.hold = hold
        changed(current)
      },
    })
    current.card = card
    const identity = await timed(current, 'cardMs', () => card.identity())
    if (current.ended) return fail('VISIT_CANCELLED')
    if (!identity.ok) return failVisit(current, identity.error)
    const der = identity.value.certificate
    current.read = der
    goOn(current, clock.now())
    const checked = checkCardCertificate(der, clock.now())
    if (!checked.ok) return failVisit(current, checked.error)
    current.certificate = { ...checked.value, der }

    void openHubSession(current, der)
    const triesRead = timed(current, 'cardMs', () => card.triesLeft())
    // Saved while card and hub answer: both questions are out before the disk holds everything up.
    await nextTurn()
    const moved = await move(current, ['identifying'])
    const tries = await triesRead
    if (!moved.ok || current.ended) return moved
    if (!tries.ok) return failVisit(current, tries.error)
    current.pin = { triesLeft: tries.value, wrong: false }
    if (tries.value === 0) current.audit.push({ at: clinicMoment(clock.now()), event: 'pinBlocked' })
    changed(current)
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
    changed(current)
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
    changed(current)
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
    // A card that has gone ends the visit, alone or with its reader; whatever else it says, the PIN is still there.
    const isGone = !holder.ok && ['CARD_REMOVED', 'READER_UNAVAILABLE'].includes(holder.error.code)
    if (!holder.ok) return isGone ? failVisit(current, holder.error) : holder
    const photo = await decodePhoto(holder.value.face.photo)
    if (current.ended) return fail('VISIT_CANCELLED')
    if (!photo.ok) return photo
    current.face = faceView(holder.value, photo.value)
    current.audit.push({ at: clinicMoment(clock.now()), event: 'faceRead' })
    changed(current)
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
    changed(current)
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

  /** The hub takes the card alone where its PIN has been proved at this clinic before; if not, the PIN is still asked. */
  const identifyByTap = async (current: Attempt): Promise<Result<void>> => {
    const { card, certificate } = current
    if (!card || !certificate) return fail('VISIT_NOT_CURRENT')
    const { signal } = current.stop
    const session = await timed(current, 'hubMs', () => source.openSession(certificate.der, 'tap', signal))
    if (current.ended) return fail('VISIT_CANCELLED')
    if (!session.ok) {
      if (failureClass[session.error.code] === 'transient') await hubLost(current, session.error)
      return session
    }
    current.audit.push({ at: clinicMoment(clock.now()), event: 'cardTapped' })
    current.pin = null
    pass(current, 'asking')
    changed(current)
    // It has lain there until now: a card that goes ends the attempt.
    const proof = { method: 'tap', readAt: clinicMoment(clock.now()) } as const
    const [patient] = await Promise.all([
      timed(current, 'hubMs', () => source.prove(session.value, proof, signal)),
      card.end(),
    ])
    if (!patient.ok) return failVisit(current, patient.error)
    return ask(current, session.value, patient.value)
  }

  const refusedPin = async (current: Attempt, failure: Failure): Promise<Result<void>> => {
    if (failure.code === 'PIN_WRONG' && (failure.detail?.triesLeft ?? 0) > 0 && !current.ended) {
      current.pin = { triesLeft: failure.detail?.triesLeft ?? 0, wrong: true }
      changed(current)
      return { ok: false, error: failure }
    }
    if (failure.code === 'PIN_LAST_TRY' || failure.code === 'PIN_FORMAT') {
      // Another program may have spent tries since they were read: the screen has to ask for consent now.
      if (failure.code === 'PIN_LAST_TRY' && !current.ended) {
        current.pin = { triesLeft: 1, wrong: current.pin?.wrong ?? false }
        changed(current)
      }
      return { ok: false, error: failure }
    }
    if (failure.code !== 'PIN_WRONG' && failure.code !== 'PIN_BLOCKED') return failVisit(current, failure)
    // Locked, now or already: the face in the chip is still a way.
    if (!current.ended) {
      current.pin = { triesLeft: 0, wrong: failure.code === 'PIN_WRONG' }
      current.audit.push({ at: clinicMoment(clock.now()), event: 'pinBlocked' })
      changed(current)
    }
    return fail('PIN_BLOCKED')
  }

  return { identify, identifyWithPin, readFace, identifyByFace, identifyByTap, hubLost }
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
