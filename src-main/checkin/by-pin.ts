// The PIN, which only its holder knows: the card signs the hub's challenge with it. No PIN is sent to the card before the hub
// has answered; without the hub the card of a person we know signs a challenge of ours.
import { randomBytes } from 'node:crypto'
import { verifiesSignature } from '../card/certificate.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { EligibilitySource } from '../hub/source.ts'
import type { Answering } from './answering.ts'
import { type Attempt, enter, type StageAt, stageAt } from './attempt.ts'
import { type Recorder, timed } from './recorder.ts'
import type { WithoutHub } from './without-hub.ts'

/** A hub session older than this is opened anew before the PIN is used; people take their time to remember a PIN. */
const sessionFreshMs = 60_000

export function createByPin(
  { source, clock }: { readonly source: EligibilitySource; readonly clock: Clock },
  { pass, failVisit, changed }: Recorder,
  { ask }: Pick<Answering, 'ask'>,
  { hubLost, withoutHub }: WithoutHub,
) {
  const openHubSession = (current: Attempt, certificate: Uint8Array) => {
    const answer = timed(current, 'hubMs', () => source.openSession(certificate, 'pin', current.stop.signal))
    current.session = { opened: clock.now().getTime(), answer }
    return answer
  }

  const identifyWithPin = async (
    current: Attempt,
    stage: StageAt<'identifying'>,
    pin: string,
    spendLastTry: boolean,
  ): Promise<Result<void>> => {
    const { card, certificate } = current
    if (!card || !certificate || !current.session) return fail('VISIT_NOT_CURRENT')
    if (stage.pin.triesLeft === 0) return fail('PIN_BLOCKED')
    const stale = clock.now().getTime() - current.session.opened > sessionFreshMs
    const session = await (stale ? openHubSession(current, certificate.der) : current.session.answer)
    const known = session.ok ? ok(null) : await hubLost(current, session.error)
    if (!known.ok) return known

    // Without the hub the card signs our own challenge: whoever knows its PIN is the person we know this card by.
    const challenge = session.ok ? session.value.challenge : randomBytes(32)
    const signature = await timed(current, 'cardMs', () =>
      card.sign(challenge, Buffer.from(pin, 'latin1'), { spendLastTry }),
    )
    if (!signature.ok) return refusedPin(current, signature.error)
    const identifying = stageAt(current, 'identifying')
    if (!identifying) return fail('VISIT_CANCELLED')

    pass(current, 'asking')
    enter(current, { at: 'asking', lastAnswer: identifying.lastAnswer })
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

  const refusedPin = async (current: Attempt, failure: Failure): Promise<Result<void>> => {
    const { code, detail } = failure
    const identifying = stageAt(current, 'identifying')
    if (!identifying) return { ok: false, error: failure }
    const tell = (triesLeft: number, wrong: boolean) => {
      enter(current, { ...identifying, pin: { triesLeft, wrong } })
      changed(current)
    }
    switch (code) {
      case 'PIN_FORMAT':
        return { ok: false, error: failure }
      case 'PIN_LAST_TRY':
        // Another program may have spent tries since they were read: the screen has to ask for consent now.
        tell(1, identifying.pin.wrong)
        return { ok: false, error: failure }
      case 'PIN_WRONG':
      case 'PIN_BLOCKED': {
        const triesLeft = code === 'PIN_WRONG' ? (detail?.triesLeft ?? 0) : 0
        // Locked, now or already: the face in the chip is still a way.
        if (triesLeft === 0) current.audit.push({ at: clinicMoment(clock.now()), event: 'pinBlocked' })
        tell(triesLeft, code === 'PIN_WRONG')
        return triesLeft === 0 ? fail('PIN_BLOCKED') : { ok: false, error: failure }
      }
      default:
        return failVisit(current, failure)
    }
  }

  return { openHubSession, identifyWithPin }
}
