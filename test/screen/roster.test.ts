// The list as it is read from a store that answers later, and that others change meanwhile.
import { expect, test } from 'vitest'
import { openRoster } from '../../src-main/screen/roster.ts'
import { day, newVisit, openTestStore } from '../store/samples.ts'
import { must } from '../support.ts'

async function rosterOf(...states: readonly ('reading' | 'confirmed')[]) {
  const store = openTestStore()
  for (const state of states) must(await store.saveVisit(newVisit({ state }), []))
  return { store, roster: await openRoster(store, day, () => undefined) }
}

test('a reading that comes later does not bring back what was before', async () => {
  const { store, roster } = await rosterOf('reading')
  const [listed] = roster.visits()
  if (!listed) throw new Error('nothing is listed')
  const { promise, resolve } = Promise.withResolvers<void>()
  const slow = { ...store }
  let readings = 0
  slow.visit = async (id) => {
    const stored = await store.visit(id)
    if (++readings === 1) await promise
    return stored
  }
  const late = await openRoster(slow, day, () => undefined)
  const first = late.refresh(listed.visit.id)
  must(await store.saveVisit({ ...listed.visit, state: 'identifying' }, []))
  const second = late.refresh(listed.visit.id)
  resolve()
  await Promise.all([first, second])
  expect(late.find(listed.visit.id)?.visit.state).toBe('identifying')
})

test('what others have changed is read anew, one by one or all of it; what is gone is gone', async () => {
  const { store, roster } = await rosterOf('reading')
  const added = must(await store.saveVisit(newVisit(), []))
  await roster.follows.visit?.([added.id, 'gone'])
  expect(roster.visits().map(({ visit }) => visit.number)).toEqual([2, 1])
  must(await store.saveVisit(newVisit(), []))
  await roster.follows.visit?.(null)
  expect(roster.visits().map(({ visit }) => visit.number)).toEqual([3, 2, 1])
})
