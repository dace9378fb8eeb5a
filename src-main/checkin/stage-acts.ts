// What people do on the way to the end of an attempt: only in the stage that it belongs to, one thing at a time, and not
// about a day that has turned meanwhile, so that a late click never reaches the next patient.
import type { CardFront } from '../card/verification-number.ts'
import type { Decision } from '../eligibility/confirmation.ts'
import { fail, type Result } from '../ground/result.ts'
import type { Answering } from './answering.ts'
import { type Attempt, type StageAt, stageAt } from './attempt.ts'
import type { Counter } from './counter.ts'
import type { DayTurn } from './day-turn.ts'
import type { Identification } from './identification.ts'

export interface StageActsPorts {
  readonly counter: Pick<Counter, 'attemptOf' | 'isBusy' | 'touch' | 'alone'>
  readonly dayTurn: Pick<DayTurn, 'hasTurned' | 'hasEndedVisit' | 'beginAnew'>
  readonly identification: Identification
  readonly answering: Pick<Answering, 'confirmPerson' | 'decide' | 'askAgain'>
}

export interface StageActs {
  /** Errors: VISIT_NOT_CURRENT, PIN_LAST_TRY (not asked yet), else what the card or the hub says. */
  enterPin(visitId: string, pin: string, spendLastTry: boolean): Promise<Result<void>>
  /**
   * Opens the face in the chip with what is printed on the card. Errors: VISIT_NOT_CURRENT, REQUEST_INVALID (no such
   * day), FACE_CODE_ codes, else what the card says.
   */
  readFace(visitId: string, front: CardFront, spendLastTry: boolean): Promise<Result<void>>
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
}

export function createStageActs({ counter, dayTurn, identification, answering }: StageActsPorts): StageActs {
  const inStage = async <At extends 'identifying' | 'doubting' | 'deciding'>(
    visitId: string,
    at: At,
    part: (current: Attempt, stage: StageAt<At>) => Promise<Result<void>>,
  ): Promise<Result<void>> => {
    if (dayTurn.hasEndedVisit(visitId)) return fail('VISIT_DAY_TURNED')
    const current = counter.attemptOf(visitId)
    const stage = current && stageAt(current, at)
    if (!current || !stage || counter.isBusy(current)) return fail('VISIT_NOT_CURRENT')
    counter.touch()
    // An answer that came in time is still decided about after midnight.
    const isLate = at !== 'deciding' && dayTurn.hasTurned(current)
    const result = isLate ? fail('VISIT_DAY_TURNED') : await counter.alone(current, () => part(current, stage))
    if (!result.ok && result.error.code === 'VISIT_DAY_TURNED') await dayTurn.beginAnew(current)
    return result
  }

  return {
    enterPin: (visitId, pin, spendLastTry) =>
      inStage(visitId, 'identifying', (current, stage) =>
        identification.identifyWithPin(current, stage, pin, spendLastTry),
      ),
    readFace: (visitId, front, spendLastTry) =>
      inStage(visitId, 'identifying', (current) => identification.readFace(current, front, spendLastTry)),
    confirmFace: (visitId, isSame) =>
      inStage(visitId, 'identifying', (current, stage) => identification.identifyByFace(current, stage, isSame)),
    identifyByTap: (visitId) => inStage(visitId, 'identifying', identification.identifyByTap),
    confirmPerson: (visitId, isSame) =>
      inStage(visitId, 'doubting', (current, stage) => answering.confirmPerson(current, stage, isSame)),
    decide: (visitId, decisions) =>
      inStage(visitId, 'deciding', (current, stage) => answering.decide(current, stage, decisions)),
    askAgain: (visitId) => inStage(visitId, 'deciding', answering.askAgain),
  }
}
