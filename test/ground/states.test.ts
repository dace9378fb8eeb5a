// What the tables of the house's state machines promise: which ways lead through them, and that whatever the screen lets a
// person do ends in a state that may follow.
import { describe, expect, test } from 'vitest'
import {
  deliveryRules,
  deliveryStateSchema,
  needsPerson,
  offeredFor,
  registrationRules,
  registrationStateSchema,
  type VisitState,
  visitRules,
  visitStateSchema,
  waitsForStaff,
} from '../../src-main/ground/states.ts'

const visitStates = visitStateSchema.options
const deliveryStates = deliveryStateSchema.options
const registrationStates = registrationStateSchema.options

/** All states that a way from these leads to. */
function reached<State>(begin: readonly State[], all: readonly State[], mayMove: (from: State, to: State) => boolean) {
  const known = new Set(begin)
  for (const from of known) for (const to of all) if (mayMove(from, to)) known.add(to)
  return all.filter((state) => known.has(state))
}

describe('a visit', () => {
  test.each<[string, readonly VisitState[]]>([
    [
      'goes from the card to the file that was taken',
      ['reading', 'identifying', 'asking', 'answered', 'confirmed', 'handedOver', 'acknowledged'],
    ],
    [
      'goes on without the source, and is answered later',
      ['reading', 'identifying', 'asking', 'offline', 'answered', 'confirmed'],
    ],
    ['is overtaken by another one of the same patient', ['offline', 'cancelled']],
    ['is refused when it is asked about later', ['offline', 'failed']],
    ['from the terminal waits for staff, and goes on as at the counter', ['choosing', 'answered', 'confirmed']],
    ['from the terminal may not be wanted', ['choosing', 'cancelled']],
    [
      'ends before anybody is identified, and starts again',
      ['identifying', 'failed', 'reading', 'cancelled', 'reading'],
    ],
    ['ends when a person does not accept its answer', ['asking', 'answered', 'failed']],
  ])('%s', (_, [from, ...through]) => {
    expect(from && visitRules.mayPass(from, through)).toBe(true)
  })

  test.each<[string, VisitState, VisitState]>([
    ['is not confirmed without an answer', 'asking', 'confirmed'],
    ['is not asked about before the person is known', 'reading', 'asking'],
    ['that is confirmed never fails', 'confirmed', 'failed'],
    ['that is confirmed is not called off', 'handedOver', 'cancelled'],
    ['that has ended does not become another one’s answer', 'failed', 'answered'],
    ['never goes back', 'acknowledged', 'handedOver'],
  ])('%s', (_, from, to) => {
    expect(visitRules.mayMove(from, to)).toBe(false)
  })

  test('comes into every state, by card or from the terminal', () => {
    expect(reached(['reading', 'choosing'], visitStates, visitRules.mayMove)).toEqual(visitStates)
  })

  test('that is called off, chosen or decided about by a person may go where that leads', () => {
    const leadsTo = { cancel: 'cancelled', choose: 'answered', decide: 'confirmed' } as const
    for (const state of visitStates) {
      for (const act of visitRules.acts(state)) {
        if (act === 'cancel' || act === 'choose' || act === 'decide') {
          expect([state, act, visitRules.mayMove(state, leadsTo[act])]).toEqual([state, act, true])
        }
      }
    }
  })

  test('waits for staff while nobody has said whom it is about or what counts, and with more to type by hand', () => {
    const waiting = visitStates.filter(waitsForStaff)
    expect(waiting).toEqual(['choosing', 'answered'])
    expect(visitStates.filter((state) => needsPerson({ state, byHand: 0, desk: null }))).toEqual(waiting)
    expect(needsPerson({ state: 'handedOver', byHand: 1, desk: null })).toBe(true)
    const waits = (had: string) => needsPerson({ state: 'answered', byHand: 0, desk: { had } })
    expect([waits('here'), waits('there'), waits('gone')]).toEqual([true, false, true])
  })

  test('can always be left by a person, and never both called off and put away', () => {
    for (const state of visitStates) {
      expect([state, visitRules.mayDo(state, 'cancel')]).toEqual([state, !visitRules.mayDo(state, 'close')])
    }
  })
})

describe('a delivery', () => {
  test('comes into every state', () => {
    expect(reached(['queued', 'rejected'], deliveryStates, deliveryRules.mayMove)).toEqual(deliveryStates)
  })

  test('goes where a person’s act leads', () => {
    const leadsTo = { retry: 'queued', markImported: 'acknowledged', cancel: 'cancelled' } as const
    for (const state of deliveryStates) {
      for (const act of deliveryRules.acts(state)) {
        // One that is on its way is only tried at once.
        const isAtOnce = act === 'retry' && (state === 'queued' || state === 'publishing')
        expect([state, act, isAtOnce || deliveryRules.mayMove(state, leadsTo[act])]).toEqual([state, act, true])
      }
    }
  })

  test('whose name may have been seen is not called off, and not begun anew', () => {
    expect(deliveryRules.mayMove('publishing', 'cancelled')).toBe(false)
    expect(deliveryRules.mayMove('publishing', 'queued')).toBe(false)
  })

  test('that a person has to settle is never delivered without being tried again', () => {
    for (const state of ['conflict', 'refused', 'rejected', 'cancelled'] as const) {
      expect(deliveryRules.mayMove(state, 'delivered')).toBe(false)
    }
  })

  test('asks nothing of anybody while all is well, and only what helps when it is not', () => {
    const offered = (isHeldUp: boolean) => deliveryStates.map((state) => [state, ...offeredFor(state, isHeldUp)])
    const stuck = [
      ['acknowledged', 'retry'],
      ['refused', 'retry', 'markImported', 'cancel'],
      ['rejected', 'retry', 'markImported', 'cancel'],
      ['conflict', 'retry', 'markImported', 'cancel'],
      ['cancelled', 'retry'],
    ]
    expect(offered(false)).toEqual([['queued'], ['publishing'], ['delivered'], ...stuck])
    expect(offered(true)).toEqual([
      ['queued', 'retry', 'cancel'],
      ['publishing', 'retry'],
      ['delivered', 'markImported'],
      ...stuck,
    ])
  })
})

describe('a registration', () => {
  test('comes into every state, and stays what it is once the hub has it', () => {
    expect(reached(['queued'], registrationStates, registrationRules.mayMove)).toEqual(registrationStates)
    for (const to of registrationStates) expect(registrationRules.mayMove('registered', to)).toBe(false)
  })

  test('goes where a person’s act leads', () => {
    expect(registrationRules.mayMove('refused', 'queued')).toBe(true)
    expect(registrationRules.mayMove('refused', 'withdrawn')).toBe(true)
    expect(registrationStates.filter((state) => registrationRules.mayDo(state, 'withdraw'))).toEqual(['refused'])
  })
})
