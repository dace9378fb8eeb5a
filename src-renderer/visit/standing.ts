// How a visit stands, in one word and one sentence: the first that is true of what somebody has to do, and where nothing is
// to be done, what there is today.
import type { VisitView } from '../../src-main/contract/reception.ts'
import { openByHand } from '../../src-main/eligibility/handed.ts'
import { isIn, ownedVisitStates } from '../../src-main/ground/states.ts'
import { screen } from '../../src-main/words/desk.ts'
import { eligibilityScreen } from '../../src-main/words/eligibility.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { answerText, visitStateText } from '../../src-main/words/states.ts'
import type { Tone } from '../parts/tag.tsx'
import { isElsewhere } from './elsewhere.ts'

const words = screen.standing

export interface Standing {
  readonly tone: Tone
  readonly word: string
  readonly text: string
  /** It is about what the receipt computer has. */
  readonly isOfDelivery?: boolean
}

export function standingOf(visit: VisitView): Standing | null {
  const { state, failure, handed, deliveries } = visit
  // What is to be done is another desk's, or the site's, and said above.
  if (isElsewhere(visit) || (visit.isCopy && isIn(ownedVisitStates, state))) return null
  if (state === 'choosing') return { tone: 'care', word: visitStateText.choosing, text: words.choosing }
  if (state === 'offline')
    return { tone: 'care', word: answerText.unreachable.label, text: answerText.unreachable.meaning }
  if (state === 'answered') return { tone: 'care', ...words.answered }
  if (state === 'failed' || state === 'cancelled') {
    const tone = state === 'failed' ? 'bad' : 'plain'
    return { tone, word: visitStateText[state], text: failure ? sentence(failure).message : '' }
  }
  if (!handed) return null
  if (deliveries.some((delivery) => delivery.failure !== null)) {
    return { tone: 'care', word: screen.heldUp, text: words.heldUp, isOfDelivery: true }
  }
  const lacking = openByHand(handed)
  if (lacking > 0) {
    return { tone: 'care', word: screen.needsHand, text: `${eligibilityScreen.byHand(lacking)}。`, isOfDelivery: true }
  }
  if (handed.onClaim > 0) return { tone: 'good', ...words.onClaim(handed.onClaim) }
  if (handed.state === 'present') return { tone: 'care', ...words.none }
  const { label, meaning } = answerText[handed.state]
  return { tone: 'care', word: label, text: handed.state === 'absent' ? words.absent : meaning }
}
