// The stages of an attempt: what is there at one is not there at another, and a late continuation finds that the counter has
// moved on.
import { expect, test } from 'vitest'
import {
  type Attempt,
  answerOf,
  end,
  enter,
  hasEnded,
  newAttempt,
  pastAttempt,
  stageAt,
} from '../../src-main/checkin/attempt.ts'
import { assess } from '../../src-main/eligibility/assess.ts'
import { clinicContext } from '../eligibility/samples.ts'
import { newVisit } from '../store/new-visit.ts'
import { eligibility } from '../store/samples.ts'

const known = { versions: [], confirmation: null }
const answer = { eligibility, assessment: assess(eligibility, known, clinicContext), known }
const inquiry = { session: null, patient: eligibility.patient, known }
const begun = () => newAttempt('Reader 0', null, new Date('2026-11-23T00:15:00Z'))
const identifying = {
  at: 'identifying',
  pin: { triesLeft: 3, wrong: false },
  face: null,
  hold: null,
  lastAnswer: null,
} as const

const at = (...stages: readonly Attempt['stage'][]): Attempt => {
  const attempt = begun()
  for (const stage of stages) enter(attempt, stage)
  return attempt
}

test('an attempt goes from the card to the end, and may be ended at every stage', () => {
  const stages = [identifying, { at: 'asking', lastAnswer: null }, { at: 'deciding', answer, inquiry }] as const
  for (const passed of [0, 1, 2, 3]) {
    const attempt = at(...stages.slice(0, passed))
    expect(hasEnded(attempt)).toBe(false)
    end(attempt)
    expect(hasEnded(attempt)).toBe(true)
  }
})

test('no answer is decided about before it has come, and nobody is asked for a PIN after it', () => {
  expect(() => at({ at: 'deciding', answer, inquiry })).toThrow('from reading to deciding')
  const attempt = at(identifying, { at: 'asking', lastAnswer: null }, { at: 'deciding', answer, inquiry })
  expect(() => enter(attempt, identifying)).toThrow('from deciding to identifying')
  expect(stageAt(attempt, 'identifying')).toBeNull()
})

test('an attempt that has ended is not identified any more', () => {
  const attempt = at(identifying)
  end(attempt)
  expect(() => enter(attempt, { at: 'asking', lastAnswer: null })).toThrow('from ended to asking')
})

test('what was answered stays to be shown after the end; what may be about somebody else is not shown', () => {
  const decided = at(identifying, { at: 'asking', lastAnswer: null }, { at: 'deciding', answer, inquiry })
  end(decided)
  expect(answerOf(decided)).toBe(answer)
  const doubt = { by: 'card', before: eligibility.patient } as const
  const doubted = at(identifying, { at: 'asking', lastAnswer: null }, { at: 'doubting', doubt, eligibility, inquiry })
  expect(answerOf(doubted)).toBeNull()
  end(doubted)
  expect(answerOf(doubted)).toBeNull()
})

test('an answer that comes after the visit may still be decided about', () => {
  const past = pastAttempt(newVisit({ state: 'offline' }))
  enter(past, { at: 'deciding', answer, inquiry })
  expect(stageAt(past, 'deciding')?.answer).toBe(answer)
})
