// An attempt begins when the one before has let go of the card: that one resets it on its way out.
import { expect, test } from 'vitest'
import { newAttempt } from '../../src-main/checkin/attempt.ts'
import { createBeginning } from '../../src-main/checkin/beginning.ts'
import { createCounter } from '../../src-main/checkin/counter.ts'
import type { CounterCard } from '../../src-main/checkin/counter-card.ts'
import { createLaidCards } from '../../src-main/checkin/laid-cards.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import { testClock } from '../clock.ts'
import { silentLog } from '../support.ts'

const reader = 'counter'
const unused = (): never => {
  throw new Error('nothing is asked of a card that is let go of')
}

test('tried again at once, a card is not read before the attempt that has just failed has let go of it', async () => {
  const letGo = Promise.withResolvers<void>()
  const card: CounterCard = {
    apdus: 0,
    trace: [],
    identity: unused,
    issuer: unused,
    triesLeft: unused,
    sign: unused,
    readHolder: unused,
    readAttributes: unused,
    end: () => letGo.promise,
  }
  const recorder = { changed: () => undefined, failVisit: async () => fail('AGENT_FAULT') }
  const counter = createCounter({ clock: testClock, log: silentLog, recorder })
  const readers = { list: () => [{ name: reader, state: 'card' as const }], onChange: () => () => undefined }
  const began: string[] = []
  const beginning = createBeginning({
    clock: testClock,
    cards: createLaidCards({
      readers,
      chosenReader: () => reader,
      isMine: () => true,
      isLocked: () => false,
      isAside: () => false,
    }),
    counter,
    identification: {
      async identify(_, from) {
        began.push(from)
        return ok(undefined)
      },
      hubLost: unused,
    },
    recorder,
  })
  counter.seat({ ...newAttempt(reader, null, testClock.now()), card })
  beginning.start(reader)
  await new Promise(setImmediate)
  expect(began).toEqual([])
  letGo.resolve()
  await new Promise(setImmediate)
  expect(began).toEqual([reader])
})
