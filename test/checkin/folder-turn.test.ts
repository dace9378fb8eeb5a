// Whose turn it is at a folder of the terminal, as the agent knows it: what it may take, and when it is told that it may or may not.
import { expect, test } from 'vitest'
import { createFolderTurn } from '../../src-main/checkin/terminal/folder-turn.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import type { Duty } from '../../src-main/store/duties.ts'
import type { SharedWork } from '../../src-main/store/leases.ts'
import { eventually, silentLog } from '../support.ts'

/** A site where the test says who has what. */
function openSite() {
  const ours = new Map<SharedWork, number>()
  const passed: SharedWork[] = []
  const turns = new Map<SharedWork, () => void>()
  const losses = new Map<SharedWork, () => void>()
  const dutyOf = (what: SharedWork): Duty => ({
    async take() {
      const fence = ours.get(what)
      return fence === undefined ? null : { what, fence }
    },
    async seize() {
      ours.set(what, 9)
      return ok(undefined)
    },
    lost: () => losses.get(what)?.(),
    pass: async () => void passed.push(what),
    onTurn: (listener) => void turns.set(what, listener),
    onLost: (listener) => void losses.set(what, listener),
  })
  const turn = createFolderTurn({ dutyOf, log: silentLog })
  const told: boolean[] = []
  turn.onTurn((isOurs) => told.push(isOurs))
  return { turn, ours, passed, turns, told }
}

const work = 'terminal one'

test('a result is taken under the lease of its folder, once the folder is known', async () => {
  const { turn, ours, told } = openSite()
  ours.set(work, 4)
  expect(await turn.isOurs()).toBe(false)
  expect(await turn.lease()).toEqual(fail('LEASE_LOST'))
  turn.at('one')
  await eventually('it is known to be ours', () => told.at(-1) === true)
  expect(await turn.lease()).toEqual(ok({ what: work, fence: 4 }))
})

test('the desk whose turn it becomes is told, and so is one that is refused in the middle', async () => {
  const { turn, ours, turns, told } = openSite()
  turn.at('one')
  await eventually('it is known to be another desk’s', () => told.at(-1) === false)
  ours.set(work, 5)
  turns.get(work)?.()
  await eventually('it is ours', () => told.at(-1) === true)
  ours.delete(work)
  turn.lost({ what: work, fence: 5 })
  expect(told.at(-1)).toBe(false)
  expect(await turn.isOurs()).toBe(false)
  expect(await turn.seize()).toEqual(ok(undefined))
  expect(told.at(-1)).toBe(true)
  expect(await turn.isOurs()).toBe(true)
})

test('a folder that cannot be read here is left to another desk, and one by another name is another one', async () => {
  const { turn, ours, passed, turns, told } = openSite()
  ours.set(work, 4)
  turn.at('one')
  await eventually('it is ours', () => told.at(-1) === true)
  turn.at(null)
  await eventually('it is passed on', () => passed.includes(work))
  expect(told.at(-1)).toBe(false)
  // It is free now, and this desk does not take it back.
  turns.get(work)?.()
  expect(await turn.isOurs()).toBe(false)
  expect(await turn.seize()).toEqual(fail('TERMINAL_FOLDER_MISSING', { field: 'madoguchi' }))
  turn.at('two')
  expect(await turn.isOurs()).toBe(false)
  turn.at('one')
  expect(await turn.isOurs()).toBe(true)
})
