// The face in the chip: opened with what is printed on the card, compared by staff with the person who stands there.
import type { Holder } from '../card/holder.ts'
import type { DecodePhoto } from '../card/photo.ts'
import { type CardFront, verificationNumberB } from '../card/verification-number.ts'
import type { FaceView } from '../contract/reception.ts'
import type { Eligibility } from '../eligibility/model.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { EligibilitySource } from '../hub/source.ts'
import type { Answering } from './answering.ts'
import { type Attempt, enter, hasEnded, type StageAt, stageAt } from './attempt.ts'
import { type Recorder, timed } from './recorder.ts'
import type { WithoutHub } from './without-hub.ts'

export interface ByFacePorts {
  readonly source: EligibilitySource
  readonly clock: Clock
  /** Decodes the photo of a card's face into PNG. */
  readonly decodePhoto: DecodePhoto
}

export function createByFace(
  { source, clock, decodePhoto }: ByFacePorts,
  { pass, failVisit, changed }: Recorder,
  { ask }: Pick<Answering, 'ask'>,
  { withoutHub }: WithoutHub,
) {
  const readFace = async (current: Attempt, front: CardFront, spendLastTry: boolean): Promise<Result<void>> => {
    const { card } = current
    if (!card) return fail('VISIT_NOT_CURRENT')
    const number = verificationNumberB(front)
    if (!number.ok) return number
    const holder = await timed(current, 'cardMs', () => card.readHolder(number.value, { spendLastTry }))
    if (hasEnded(current)) return fail('VISIT_CANCELLED')
    // A card that has gone ends the visit, alone or with its reader; whatever else it says, the PIN is still there.
    const isGone = !holder.ok && ['CARD_REMOVED', 'READER_UNAVAILABLE'].includes(holder.error.code)
    if (!holder.ok) return isGone ? failVisit(current, holder.error) : holder
    const photo = await decodePhoto(holder.value.face.photo)
    const identifying = stageAt(current, 'identifying')
    if (!identifying) return fail('VISIT_CANCELLED')
    if (!photo.ok) return photo
    enter(current, { ...identifying, face: faceView(holder.value, photo.value) })
    current.audit.push({ at: clinicMoment(clock.now()), event: 'faceRead' })
    changed(current)
    return ok(undefined)
  }

  const identifyByFace = async (
    current: Attempt,
    stage: StageAt<'identifying'>,
    isSame: boolean,
  ): Promise<Result<void>> => {
    const { card, certificate } = current
    const { face, lastAnswer } = stage
    if (!card || !certificate || !face) return fail('VISIT_NOT_CURRENT')
    if (!isSame) return failVisit(current, { code: 'FACE_NOT_CONFIRMED' })
    const comparedAt = clinicMoment(clock.now())
    current.audit.push({ at: comparedAt, event: 'faceConfirmed' })
    pass(current, 'asking')
    enter(current, { at: 'asking', lastAnswer })
    changed(current)
    const { signal } = current.stop
    const [session] = await Promise.all([
      timed(current, 'hubMs', () => source.openSession(certificate.der, 'visual', signal)),
      card.end(),
    ])
    const isHolder = (last: Eligibility) => last.patient.birthDate === face.birthDate
    if (!session.ok) return withoutHub(current, session.error, isHolder)
    const proof = { method: 'visual', comparedAt: clinicMoment(clock.now()) } as const
    const patient = await timed(current, 'hubMs', () => source.prove(session.value, proof, signal))
    if (!patient.ok) return withoutHub(current, patient.error, isHolder)
    // The hub must mean the person whose photo was compared.
    if (patient.value.birthDate !== face.birthDate) return failVisit(current, { code: 'HUB_ANSWER_INVALID' })
    return ask(current, session.value, patient.value)
  }

  return { readFace, identifyByFace }
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
