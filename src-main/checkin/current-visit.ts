// The visit at the counter as everybody else may see it: what is there in its stage, and null for all that is not. Nobody is told of
// a state before it is saved: at a site's server that takes a while, and may fail.
import type { CardCertificate } from '../card/certificate.ts'
import type { FaceView, VisitView } from '../contract/reception.ts'
import type { Assessment } from '../eligibility/assessment.ts'
import type { Handed } from '../eligibility/handed.ts'
import type { Eligibility } from '../eligibility/model.ts'
import type { PersonDoubt } from '../eligibility/person-doubt.ts'
import type { Failure } from '../ground/result.ts'
import type { VisitRow } from '../store/visits.ts'
import { type Attempt, answerOf, type VisitTimings } from './attempt.ts'

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

export function currentVisit(attempt: Attempt): CurrentVisit {
  const { visit, saving, stage, certificate, staleNumber, timings, card } = attempt
  const answer = answerOf(attempt)
  return {
    visit: saving?.shown ?? visit,
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
