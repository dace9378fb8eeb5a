// The hub does not answer while somebody stands at the counter: a card we know still says who its holder is, and the last
// answer we hold of them is shown.
import { isIssuedBy } from '../card/certificate.ts'
import type { Eligibility } from '../eligibility/model.ts'
import { failureClass } from '../ground/failures.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { KnownPatients } from '../store/patients.ts'
import type { Answering } from './answering.ts'
import { type Attempt, enter, hasEnded, stageAt } from './attempt.ts'
import { type Recorder, timed } from './recorder.ts'

export type WithoutHub = ReturnType<typeof createWithoutHub>

export function createWithoutHub(
  store: Pick<KnownPatients, 'latestEligibilityOfCard'>,
  { failVisit, changed }: Pick<Recorder, 'failVisit' | 'changed'>,
  { goOffline }: Pick<Answering, 'goOffline'>,
) {
  /**
   * The last answer of this card's person. A card we know can still be identified, and says so before anybody types; else
   * this is the end. Unless the hub has taken the certificate before, it is checked as far as the card allows: by the CA it
   * carries.
   */
  const hubLost = async (current: Attempt, failure: Failure): Promise<Result<Eligibility>> => {
    const { certificate, card, stage } = current
    if (hasEnded(current)) return { ok: false, error: failure }
    const before = stage.at === 'identifying' || stage.at === 'asking' ? stage.lastAnswer : null
    if (before) return ok(before)
    const refuse = async (why: Failure): Promise<Result<Eligibility>> => {
      await failVisit(current, why)
      return { ok: false, error: why }
    }
    const mayKnow = failureClass[failure.code] === 'transient'
    const last = mayKnow && certificate ? await store.latestEligibilityOfCard(certificate.der) : null
    if (!last || !certificate || !card) return refuse(failure)
    if (!(await current.session?.answer)?.ok) {
      const issuer = await timed(current, 'cardMs', () => card.issuer())
      if (!issuer.ok) return refuse(issuer.error)
      if (!isIssuedBy(certificate.der, issuer.value)) return refuse({ code: 'CARD_CERTIFICATE_INVALID' })
    }
    const identifying = stageAt(current, 'identifying')
    if (identifying) {
      enter(current, { ...identifying, lastAnswer: last, hold: failure })
      changed(current)
    }
    return ok(last)
  }

  /** The hub is not there to say who the card's holder is: what we hold of them, if anything, and if it is them. */
  const withoutHub = async (
    current: Attempt,
    failure: Failure,
    isHolder: (last: Eligibility) => boolean,
  ): Promise<Result<void>> => {
    if (hasEnded(current)) return fail('VISIT_CANCELLED')
    const last = await hubLost(current, failure)
    if (!last.ok) return last
    if (!isHolder(last.value)) return failVisit(current, { code: 'CARD_RESPONSE_INVALID' })
    return goOffline(current, last.value.patient, failure, last.value)
  }

  return { hubLost, withoutHub }
}
