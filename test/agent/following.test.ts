// Every part that keeps something of the store hears what others have changed of it, whatever becomes of another part.
import { expect, test } from 'vitest'
import { followOthers } from '../../src-main/agent/following.ts'
import type { Part } from '../../src-main/contract/part.ts'
import type { Follows, Heard } from '../../src-main/ground/changes.ts'
import { createNews } from '../../src-main/ground/news.ts'
import { Refusal } from '../../src-main/ground/result.ts'
import type { FeedListener } from '../../src-main/store/feed.ts'

function following(...follows: readonly Follows[]) {
  const listeners = new Set<FeedListener>()
  const news = createNews()
  let told = 0
  news.onNews(() => told++)
  const events: unknown[] = []
  const log = { write: (entry: unknown) => void events.push(entry) }
  const watch = (listener: FeedListener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const parts = follows.map((each): Part => ({ follows: each }))
  return {
    part: followOthers({ store: { watch }, news, log }, [{}, ...parts]),
    tell: async (heard: Heard) => {
      for (const listener of listeners) await listener(heard)
    },
    told: () => told,
    events,
  }
}

const visits = (count: number): Heard => ({
  kind: 'changes',
  changes: Array.from({ length: count }, (_, id) => ({ kind: 'visit', id: `${id}` })),
})

test('a part is told the kinds that it follows, by what has changed, and the screen is put together anew', async () => {
  const heard: unknown[] = []
  const { tell, told } = following(
    { visit: (ids) => void heard.push(['visit', ids]), masters: (ids) => void heard.push(['masters', ids]) },
    { staff: () => void heard.push(['staff']) },
  )
  await tell(visits(2))
  expect(heard).toEqual([['visit', ['0', '1']]])
  await tell({ kind: 'changes', changes: [{ kind: 'counts', id: '' }] })
  expect(heard).toHaveLength(1)
  expect(told()).toBe(2)
})

test('what is more than can be looked at one by one may be any, and everything is all of it', async () => {
  const heard: unknown[] = []
  const { tell } = following({ visit: (ids) => void heard.push(ids), staff: (ids) => void heard.push(ids) })
  await tell(visits(51))
  expect(heard).toEqual([null])
  await tell({ kind: 'everything' })
  expect(heard).toEqual([null, null, null])
})

test('where one part cannot read the store the others know all the same, and it is told again', async () => {
  const heard: unknown[] = []
  const refusal = new Refusal({ code: 'STORE_UNREACHABLE' })
  const { tell, told, events } = following(
    { visit: () => Promise.reject(refusal) },
    { visit: (ids) => void heard.push(ids) },
  )
  await expect(tell(visits(1))).rejects.toBe(refusal)
  expect(heard).toEqual([['0']])
  expect(told()).toBe(1)
  expect(events).toEqual([])
})

test('a bug in one part is noted, and neither told again nor the others’ loss', async () => {
  const heard: unknown[] = []
  const { tell, events } = following(
    { visit: () => Promise.reject(new Error('a bug')) },
    { visit: (ids) => void heard.push(ids) },
  )
  await tell(visits(1))
  expect(heard).toEqual([['0']])
  expect(events).toMatchObject([{ event: 'fault' }])
})

test('its end waits for what is being told, and nothing is told after it', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const heard: unknown[] = []
  const { part, tell } = following({
    async visit(ids) {
      await promise
      heard.push(ids)
    },
  })
  const telling = tell(visits(1))
  const ended = part.close()
  resolve()
  await ended
  expect(heard).toHaveLength(1)
  await telling
  await tell(visits(2))
  expect(heard).toHaveLength(1)
})
