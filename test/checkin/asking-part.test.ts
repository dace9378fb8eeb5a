// What people have to know of a visit on its way between the desks of a site: until they have read it, also over a turn of their desk
// to its own records and back; and for how long they may answer.
import { expect, onTestFinished, test, vi } from 'vitest'
import { type AskingHandedOn, createAskingPart } from '../../src-main/checkin/asking-part.ts'
import { createNews } from '../../src-main/ground/news.ts'
import { ok } from '../../src-main/ground/result.ts'
import { createDesks } from '../../src-main/store/desks.ts'
import type { StoredVisit } from '../../src-main/store/visits.ts'
import { testClock } from '../clock.ts'
import { newVisit } from '../store/new-visit.ts'
import { eventually, must, silentLog } from '../support.ts'

const here = { id: 'a', name: 'UKETSUKE-01', isHere: true, isHeard: true }
const there = { id: 'b', name: 'UKETSUKE-02', isHere: false, isHeard: true }

const stored = (number: number, changes: Partial<StoredVisit> = {}): StoredVisit => ({
  visit: newVisit({ number, state: 'answered' }),
  desk: 'a',
  askedBy: null,
  eligibility: null,
  handed: null,
  confirmedAt: null,
  note: null,
  deliveries: [],
  registrations: [],
  ...changes,
})

/** A desk among two, whose visits and counter a test has in its hand. */
function openPart(visits: StoredVisit[], handedOn?: AskingHandedOn, isAlone = false) {
  const desks = createDesks()
  if (!isAlone) desks.heard([here, there])
  const find = (id: string) => visits.find(({ visit }) => visit.id === id)
  const change = (id: string, changes: Partial<StoredVisit>) => {
    const place = visits.findIndex(({ visit }) => visit.id === id)
    const before = visits[place]
    if (before) visits[place] = { ...before, ...changes }
  }
  const taken: string[] = []
  const part = createAskingPart({
    store: {
      visit: async (id) => find(id) ?? null,
      askForVisit: async () => ok(undefined),
      withdrawAsk: async () => ok(undefined),
      async keepVisit(id) {
        change(id, { askedBy: null })
        return ok(undefined)
      },
      async giveVisit(id) {
        change(id, { desk: find(id)?.askedBy ?? null, askedBy: null })
        return ok(undefined)
      },
      takeOverVisit: async () => ok(undefined),
    },
    desks,
    roster: { visits: () => visits, find },
    counter: {
      standingOf: () => null,
      visitsHere: () => [],
      isShut: () => false,
      goesElsewhere: async () => undefined,
      async takeUp(id) {
        taken.push(id)
        return ok(undefined)
      },
    },
    lookedAt: { visitId: () => null, page: () => 'counter' },
    takingBack: { isOpen: () => false, withdraw: () => undefined },
    clock: testClock,
    news: createNews(),
    log: silentLog,
    letGoMs: 10_000,
    handedOn: handedOn && { asking: handedOn },
  })
  onTestFinished(part.close)
  const told = () => (part.view().asking?.told ?? []).map(({ number, what }) => `${what} ${number}`)
  const ask = async (id: string) => {
    change(id, { askedBy: 'b' })
    await part.follows.visit([id])
  }
  return { part, change, told, ask, desks, taken }
}

test('that a visit has gone by itself stands until it has been read, whatever else is told', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const mine = [1, 2].map((number) => stored(number))
  const theirs = [11, 12, 13, 14, 15, 16].map((number) => stored(number, { desk: 'b' }))
  const { part, change, told, ask } = openPart([...mine, ...theirs])
  for (const { visit } of mine) await ask(visit.id)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told()).toEqual(['given 1', 'given 2'])
  for (const { visit } of theirs) {
    must(await part.calls.askForVisit({ visitId: visit.id, isAsked: true }))
    await part.follows.visit([visit.id])
  }
  expect(told()).toEqual(['given 1', 'given 2', 'kept 12', 'kept 13', 'kept 14', 'kept 15', 'kept 16'])
  must(await part.calls.dismissTold({ visitId: mine[0]?.visit.id ?? '' }))
  change(mine[0]?.visit.id ?? '', { desk: 'a' })
  expect(told()[0]).toBe('given 2')
})

test('what was not read, and what is waited for, outlives a turn to the desk’s own records and back', async () => {
  const [mine, theirs] = [stored(1), stored(11, { desk: 'b' })]
  const before = openPart([mine, theirs])
  must(await before.part.calls.askForVisit({ visitId: theirs.visit.id, isAsked: true }))
  const told: AskingHandedOn['told'] = [{ visitId: mine.visit.id, number: 1, desk: 'UKETSUKE-02', what: 'given' }]
  const handedOn = { ...before.part.handOn(), told }
  expect(handedOn.ours).toEqual([[theirs.visit.id, 'b']])

  // Alone nobody is asked, and nothing is said to have come of it.
  const alone = openPart([theirs], handedOn, true)
  await alone.part.follows.visit(null)
  expect(alone.part.view().asking).toEqual({ asked: [], told })
  expect(alone.part.handOn()).toEqual(handedOn)

  // It was given meanwhile.
  const back = openPart([{ ...theirs, desk: 'a' }], alone.part.handOn(), true)
  expect(back.told()).toEqual(['given 1'])
  back.desks.heard([here, there])
  await eventually('it is known here', () => back.told().length > 1)
  expect(back.told()).toEqual(['given 1', 'got 11'])
  expect(back.part.handOn().ours).toEqual([])
})

test('whoever asks again after an answer is a new question, also to the clock', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const mine = stored(1)
  const { id } = mine.visit
  const { part, change, told, ask } = openPart([mine])
  await ask(id)
  must(await part.calls.attendVisit({ visitId: id }))
  await vi.advanceTimersByTimeAsync(9_000)
  must(await part.calls.answerAsked({ visitId: id, isGiven: false }))
  // Before this desk has looked at it without a question.
  change(id, { askedBy: 'b' })
  await part.follows.visit([id])
  await vi.advanceTimersByTimeAsync(9_000)
  expect(told()).toEqual([])
  // Nobody is in the middle of it any more.
  await vi.advanceTimersByTimeAsync(1_000)
  expect(told()).toEqual(['given 1'])
})
