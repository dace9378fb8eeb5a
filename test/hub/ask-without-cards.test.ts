// Reading a re-query from a source that does not keep to what docs/hub-api.yaml says: it ends, and asks no more than it must.

import { describe, expect, test } from 'vitest'
import { createOwedAnswers } from '../../src-main/background/owed-answers.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import { askWithoutCards } from '../../src-main/hub/ask-without-cards.ts'
import type { RequeryItem, RequeryPage, RequerySource } from '../../src-main/hub/requeries.ts'
import { fault } from '../faults.ts'
import { dutyAlone } from '../store/new-visit.ts'
import { at, eligibility, newVisit, patient } from '../store/samples.ts'
import { eventually, silentLog } from '../support.ts'

const { patient: _nobody, ...answer } = eligibility
const answerAbout = (patientRef: string): RequeryItem => ({ outcome: 'answered', patientRef, answer })

/** `page` says what the n-th look (from 0) brings. */
function sourceOf(page: (look: number, cursor: string | null) => Pick<RequeryPage, 'items' | 'nextCursor'>) {
  const read: (string | null)[] = []
  const progress = {
    id: 'requery-1',
    isFinished: false,
    total: 1,
    answered: 0,
    perMinute: 30,
    expiresAt: at,
    retryAfterS: 0,
  }
  const source: RequerySource = {
    openRequery: async () => ok(progress),
    async readRequery({ cursor }) {
      read.push(cursor)
      if (read.length > 50) throw new Error('it reads for ever')
      return ok({ ...progress, ...page(read.length - 1, cursor) })
    },
  }
  return { source, read }
}

async function askAbout(patientRefs: readonly string[], { source, read }: ReturnType<typeof sourceOf>) {
  const settled: string[] = []
  const lasts: boolean[] = []
  const result = await askWithoutCards(
    source,
    { asOf: answer.asOf, patientRefs },
    async (items, { nextCursor }) => {
      settled.push(...items.map(({ patientRef }) => patientRef))
      lasts.push(nextCursor === null)
    },
    AbortSignal.timeout(60_000),
  )
  return { result, settled, lasts, read }
}

describe('a re-query', () => {
  test('whose cursor stands still while it brings answers is no answer', async () => {
    const stuck = sourceOf(() => ({ items: [answerAbout('a stranger')], nextCursor: 'again' }))
    const { result, settled, read } = await askAbout(['ref-1'], stuck)
    expect(result).toEqual(fail('HUB_ANSWER_INVALID'))
    expect(settled).toEqual([])
    expect(read).toEqual([null, 'again'])
  })

  fault('huge', 'The hub’s list of answers never ends', {
    seen: 'HUB_ANSWER_INVALID',
    data: 'Nothing of it is taken.',
    recovery: 'It is given up after three pages, and asked again another time.',
  })
  test('that goes on and on about people nobody asked about is given up', async () => {
    const stray = sourceOf((look) => ({ items: [answerAbout(`stranger-${look}`)], nextCursor: `cursor-${look}` }))
    const { result, read } = await askAbout(['ref-1'], stray)
    expect(result).toEqual(fail('HUB_ANSWER_INVALID'))
    expect(read).toHaveLength(3)
  })

  test('may repeat what was read before a restart, and then goes on', async () => {
    const repeating = sourceOf((look) =>
      look === 0
        ? { items: [answerAbout('read-before')], nextCursor: '1' }
        : { items: [answerAbout('ref-1')], nextCursor: null },
    )
    const { result, settled } = await askAbout(['ref-1'], repeating)
    expect(result).toEqual(ok(undefined))
    expect(settled).toEqual(['ref-1'])
  })

  test('is over with the last answer that was owed, also when the source would go on', async () => {
    const endless = sourceOf((look) => ({ items: [answerAbout(`ref-${look + 1}`)], nextCursor: `cursor-${look}` }))
    const { result, settled, lasts } = await askAbout(['ref-1', 'ref-2'], endless)
    expect(result).toEqual(ok(undefined))
    expect(settled).toEqual(['ref-1', 'ref-2'])
    expect(lasts).toEqual([false, true])
  })

  test('is waited for while it has nothing yet, however often it says so', async () => {
    const slow = sourceOf((look, cursor) =>
      look < 20 ? { items: [], nextCursor: cursor ?? 'begin' } : { items: [answerAbout('ref-1')], nextCursor: null },
    )
    expect((await askAbout(['ref-1'], slow)).result).toEqual(ok(undefined))
  })
})

test('what is wrong with the answers about one day costs the visits of another day nothing', async () => {
  const visits = [
    newVisit({ day: '2026-11-20', state: 'offline', patient: { ...patient, ref: 'ref-friday' } }),
    newVisit({ day: '2026-11-21', state: 'offline', patient: { ...patient, ref: 'ref-saturday' } }),
  ]
  const settled: string[] = []
  const { source } = sourceOf(() => ({ items: [answerAbout('ref-saturday')], nextCursor: 'again' }))
  const later = createOwedAnswers({
    source: {
      ...source,
      line: () => ({ state: 'up', since: new Date(at), identityEnds: null, clockOffsetMs: null }),
      onLineChange: () => () => undefined,
    },
    store: { offlineVisits: async () => visits },
    clock: { now: () => new Date('2026-11-22T09:00:00+09:00') },
    log: silentLog,
    dutyOf: dutyAlone,
    settle: async ({ id }) => void settled.push(id),
  })
  later.wake()
  await eventually('the answer of the second day has come', () => settled.length > 0)
  await later.close()
  expect(settled).toEqual([visits[1]?.id])
})
