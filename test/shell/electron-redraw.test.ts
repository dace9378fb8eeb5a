import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { createRedraw } from '../../src-main/shell/electron-redraw.ts'
import { fault } from '../faults.ts'

function openRedraw({ isFocused = true } = {}) {
  const entries: LogEntry[] = []
  const told: string[] = []
  let now = 10
  const redraw = createRedraw(() => now, { write: (entry) => void entries.push(entry) })
  const webContents = Object.assign(new EventEmitter(), { reload: () => told.push('reload') })
  const window = {
    isDestroyed: () => false,
    isFocused: () => isFocused,
    setFocusable: (isFocusable: boolean) => void told.push(isFocusable ? 'focusable' : 'not focusable'),
    webContents,
  }
  const lose = (reason: string, after = 0) => {
    now += after
    redraw(window, reason)
    webContents.emit('did-finish-load')
  }
  return { lose, told, entries }
}

fault('displays', 'A page’s process runs out of memory', {
  seen: 'nothing',
  class: 'transient',
  data: 'The agent has everything; the page has nothing of its own.',
  recovery: 'It is drawn anew by itself.',
})
test('a page whose process has gone is drawn anew, and the log says why it went', () => {
  const { lose, told, entries } = openRedraw()
  lose('oom')
  lose('killed', 61)
  expect(told).toEqual(['reload', 'reload'])
  expect(entries).toEqual([
    { event: 'pageGone', state: 'oom' },
    { event: 'pageGone', state: 'killed' },
  ])
})

test('a window without the keyboard does not take it by being drawn anew', () => {
  const { lose, told } = openRedraw({ isFocused: false })
  lose('killed')
  expect(told).toEqual(['not focusable', 'reload', 'focusable'])
})

test('a window that was closed is not opened by it', () => {
  const { lose, told, entries } = openRedraw()
  lose('clean-exit')
  expect([told, entries]).toEqual([[], []])
})

test('pages that go again and again within a minute are a fault, later ones count anew', () => {
  const { lose, told } = openRedraw()
  for (const after of [0, 20, 20]) lose('crashed', after)
  expect(() => lose('crashed', 19)).toThrow()
  lose('crashed', 61)
  expect(told).toHaveLength(4)
})
