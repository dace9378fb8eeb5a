import { setImmediate as nextTurn } from 'node:timers/promises'
import { checkCardCertificate } from '../card/certificate.ts'
import type { LengthLessons } from '../card/extended-length.ts'
import type { Readers } from '../card/reader.ts'
import { clinicMoment } from '../ground/clock.ts'
import { failureClass } from '../ground/failures.ts'
import { fail, type Result } from '../ground/result.ts'
import type { KnownPatients } from '../store/patients.ts'
import type { Answering } from './answering.ts'
import { type Attempt, type Before, enter, goOn, hasEnded, stageAt } from './attempt.ts'
import { type ByFacePorts, createByFace } from './by-face.ts'
import { createByPin } from './by-pin.ts'
import { openCounterCard } from './counter-card.ts'
import { type Recorder, timed } from './recorder.ts'
import { createWithoutHub } from './without-hub.ts'

export interface IdentificationPorts extends ByFacePorts {
  readonly readers: Readers
  readonly lengths: LengthLessons
  readonly store: Pick<KnownPatients, 'latestEligibilityOfCard'>
  /** A visit that this certificate began at another place, and that goes on here. */
  readonly endedElsewhere: (certificate: Uint8Array) => Before | null
}

export type Identification = ReturnType<typeof createIdentification>

/** Each part ends the attempt, or leaves it where the next part can go on; its result is what the caller is told. */
export function createIdentification(
  ports: IdentificationPorts,
  recorder: Recorder,
  answering: Pick<Answering, 'ask' | 'goOffline'>,
) {
  const { readers, lengths, source, store, clock } = ports
  const { pass, move, failVisit, changed } = recorder
  const { ask } = answering
  const lost = createWithoutHub(store, recorder, answering)
  const byPin = createByPin(ports, recorder, answering, lost)
  const identify = async (current: Attempt, reader: string): Promise<Result<void>> => {
    pass(current, 'reading')
    goOn(current, clock.now())
    changed(current)
    // The patient before went minutes ago, and the connection with him: another one is made while the card is read.
    void source.prepare()
    const card = openCounterCard({
      readers,
      reader,
      lengths,
      onHold(hold) {
        const { stage } = current
        if (stage.at === 'reading' || stage.at === 'identifying') enter(current, { ...stage, hold })
        changed(current)
      },
    })
    current.card = card
    const identity = await timed(current, 'cardMs', () => card.identity())
    if (hasEnded(current)) return fail('VISIT_CANCELLED')
    if (!identity.ok) return failVisit(current, identity.error)
    const { certificate: der, token } = identity.value
    current.read = der
    current.before = ports.endedElsewhere(der) ?? current.before
    goOn(current, clock.now())
    const checked = checkCardCertificate(der, clock.now(), token)
    if (!checked.ok) return failVisit(current, checked.error)
    current.certificate = { ...checked.value, der }

    void byPin.openHubSession(current, der)
    const triesRead = timed(current, 'cardMs', () => card.triesLeft())
    // Saved while card and hub answer: both questions are out before the disk holds everything up.
    await nextTurn()
    const moved = await move(current, ['identifying'])
    const tries = await triesRead
    if (!moved.ok || hasEnded(current)) return moved
    if (!tries.ok) return failVisit(current, tries.error)
    const pin = { triesLeft: tries.value, wrong: false }
    enter(current, { at: 'identifying', pin, face: null, hold: null, lastAnswer: null })
    if (tries.value === 0) current.audit.push({ at: clinicMoment(clock.now()), event: 'pinBlocked' })
    changed(current)
    return moved
  }

  /** The hub takes the card alone where its PIN has been proved at this clinic before; if not, the PIN is still asked. */
  const identifyByTap = async (current: Attempt): Promise<Result<void>> => {
    const { card, certificate } = current
    if (!card || !certificate) return fail('VISIT_NOT_CURRENT')
    const { signal } = current.stop
    const session = await timed(current, 'hubMs', () => source.openSession(certificate.der, 'tap', signal))
    const identifying = stageAt(current, 'identifying')
    if (!identifying) return fail('VISIT_CANCELLED')
    if (!session.ok) {
      if (failureClass[session.error.code] === 'transient') await lost.hubLost(current, session.error)
      return session
    }
    current.audit.push({ at: clinicMoment(clock.now()), event: 'cardTapped' })
    pass(current, 'asking')
    enter(current, { at: 'asking', lastAnswer: identifying.lastAnswer })
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

  return {
    identify,
    identifyByTap,
    identifyWithPin: byPin.identifyWithPin,
    hubLost: lost.hubLost,
    ...createByFace(ports, recorder, answering, lost),
  }
}
