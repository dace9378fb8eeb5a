// A store that takes its time, as a site's server does: nobody is told of a state that is not saved yet, moves of one visit are saved
// one after the other, and the next attempt knows the number that the one before was given.
import { expect, test } from 'vitest'
import { type Attempt, end, newAttempt } from '../../src-main/checkin/attempt.ts'
import { createBeginning } from '../../src-main/checkin/beginning.ts'
import { createCounter } from '../../src-main/checkin/counter.ts'
import { currentVisit } from '../../src-main/checkin/current-visit.ts'
import { createLaidCards } from '../../src-main/checkin/laid-cards.ts'
import { createRecorder } from '../../src-main/checkin/recorder.ts'
import { fail, ok, type Result } from '../../src-main/ground/result.ts'
import type { VisitRow } from '../../src-main/store/visits.ts'
import { testClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { silentLog } from '../support.ts'

const reader = 'counter'
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Each save waits until the test answers it. */
function openSlow() {
  const saves: {
    readonly state: string
    readonly number: number
    readonly events: readonly string[]
    readonly answer: (result: Result<VisitRow>) => void
    readonly take: () => void
  }[] = []
  const recorder = createRecorder({
    store: {
      saveVisit(visit, audit) {
        const { promise, resolve } = Promise.withResolvers<Result<VisitRow>>()
        const { state, number } = visit
        const take = () => resolve(ok({ ...visit, number: visit.number || 7 }))
        saves.push({ state, number, events: audit.map(({ event }) => event), answer: resolve, take })
        return promise
      },
      visit: async () => null,
    },
    clock: testClock,
    log: silentLog,
    changed: () => undefined,
  })
  const current = newAttempt(reader, null, testClock.now())
  return { recorder, current, saves, shown: (attempt: Attempt = current) => currentVisit(attempt).visit }
}

test('a state is shown once it is saved', async () => {
  const { recorder, current, saves, shown } = openSlow()
  const moved = recorder.move(current, ['reading', 'identifying'])
  await turn()
  expect(shown()).toMatchObject({ state: 'reading', number: 0 })
  saves[0]?.take()
  expect(await moved).toEqual(ok(undefined))
  expect(shown()).toMatchObject({ state: 'identifying', number: 7 })
})

fault('server', 'The server goes in the moment a state is saved', {
  seen: 'STORE_UNREACHABLE',
  data: 'What could not be saved is not shown as done.',
  recovery: 'The check-in is begun again.',
})
test('what could not be saved was never shown', async () => {
  const { recorder, current, saves, shown } = openSlow()
  const moved = recorder.move(current, ['reading', 'identifying'])
  await turn()
  saves[0]?.answer(fail('STORE_UNREACHABLE'))
  expect(await moved).toMatchObject({ ok: false })
  expect(shown()).toMatchObject({ state: 'failed', failure: { code: 'STORE_UNREACHABLE' } })
})

test('a visit that is cancelled while it is being saved is cancelled under its number, and each row is written once', async () => {
  const { recorder, current, saves, shown } = openSlow()
  const begun = recorder.move(current, ['reading', 'identifying'])
  end(current)
  const cancelled = recorder.move(current, ['cancelled'], { failure: { code: 'VISIT_CANCELLED' } })
  await turn()
  expect(saves.map(({ state }) => state)).toEqual(['identifying'])
  saves[0]?.take()
  await begun
  await turn()
  saves[1]?.take()
  expect(await cancelled).toEqual(ok(undefined))
  expect(saves).toMatchObject([
    { number: 0, events: ['reading', 'identifying'] },
    { number: 7, events: ['cancelled'] },
  ])
  expect(shown()).toMatchObject({ state: 'cancelled', number: 7 })
})

test('what came to its end meanwhile does not go on', async () => {
  const { recorder, current, saves, shown } = openSlow()
  const begun = recorder.move(current, ['reading', 'identifying'])
  end(current)
  const cancelled = recorder.move(current, ['cancelled'])
  await turn()
  saves[0]?.answer(fail('STORE_UNREACHABLE'))
  expect(await begun).toMatchObject({ ok: false })
  expect(await cancelled).toEqual(fail('VISIT_NOT_CURRENT'))
  expect(saves).toHaveLength(1)
  expect(shown()).toMatchObject({ state: 'failed' })
})

test('a card that is laid again while its failed attempt is being saved finds the number of that attempt', async () => {
  const { recorder, current: gone, saves } = openSlow()
  const counter = createCounter({ clock: testClock, log: silentLog, recorder })
  const readers = { list: () => [{ name: reader, state: 'card' as const }], onChange: () => () => undefined }
  const isNever = () => false
  const cards = createLaidCards({
    readers,
    chosenReader: () => reader,
    isMine: () => true,
    isLocked: isNever,
    isAside: isNever,
  })
  const before: (number | undefined)[] = []
  const beginning = createBeginning({
    clock: testClock,
    cards,
    counter,
    identification: {
      async identify(current) {
        before.push(current.before?.visit.number)
        return ok(undefined)
      },
      hubLost: () => Promise.resolve(fail('HUB_ERROR')),
    },
    recorder,
  })
  counter.seat(gone)
  recorder.pass(gone, 'reading')
  const failed = recorder.failVisit(gone, { code: 'CARD_CERTIFICATE_EXPIRED' })
  beginning.look()
  await turn()
  expect(before).toEqual([])
  saves[0]?.take()
  await failed
  await turn()
  expect(before).toEqual([7])
})
