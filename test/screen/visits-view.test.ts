// Which visits the screen shows in full: the one at the counter, and beside it the one that is looked up.
import { expect, test } from 'vitest'
import { pastAttempt } from '../../src-main/checkin/attempt.ts'
import { currentVisit } from '../../src-main/checkin/current-visit.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import { createVisitsView } from '../../src-main/screen/visits-view.ts'
import { clinicContext } from '../eligibility/samples.ts'
import { newVisit } from '../store/new-visit.ts'

/** Of one that is at the counter and looked up. */
function shownWith(failure: Failure) {
  const visit = newVisit({ number: 4, state: 'failed', failure })
  const stored = {
    // As its desk goes on with it.
    visit: { ...visit, state: 'answered' as const, failure: null },
    desk: 'b',
    askedBy: null,
    eligibility: null,
    handed: null,
    confirmedAt: null,
    note: null,
    deliveries: [],
    registrations: [],
  }
  const view = createVisitsView({
    clinic: () => clinicContext,
    roster: { visits: () => [stored], find: () => stored },
    candidates: () => [],
    isCopy: () => false,
    deskOf: () => ({ name: 'UKETSUKE-02', had: 'there', isAskedFor: false }),
  })
  return view(currentVisit(pastAttempt(visit)), visit.id, new Map())
}

test('a visit that another desk has taken over is shown as that has it, also where it stood at the counter', () => {
  const { current, shown } = shownWith({ code: 'VISIT_ELSEWHERE' })
  expect(current?.failure).toEqual({ code: 'VISIT_ELSEWHERE' })
  expect(shown).toMatchObject({ number: 4, state: 'answered', desk: { had: 'there' } })
})

test('any other one that is at the counter is not shown a second time', () => {
  expect(shownWith({ code: 'CARD_REMOVED' }).shown).toBeNull()
})
