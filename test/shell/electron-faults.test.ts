import { expect, test } from 'vitest'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { createFaultEnd } from '../../src-main/shell/electron-faults.ts'

function fail(args: readonly string[], uptimeS: number) {
  const told: unknown[] = []
  const entries: LogEntry[] = []
  createFaultEnd({
    relaunch: ({ args: next }) => told.push(next),
    exit: (code) => told.push(code),
    args,
    uptimeS: () => uptimeS,
    log: { write: (entry) => void entries.push(entry) },
    giveUp: () => told.push('given up'),
  })(new TypeError('窓口花子'))
  return { told, entries }
}

test('a fault leaves its place in the log, not its message, and the program starts again', () => {
  const { told, entries } = fail(['--hidden'], 4_000)
  expect(told).toEqual([['--hidden', '--restarts=1'], 1])
  expect(entries[0]?.event).toBe('fault')
  expect(entries[0]?.where?.[0]).toBe('TypeError')
  expect(JSON.stringify(entries)).not.toContain('窓口花子')
})

test('one that fails again and again soon after its start is given up, a later fault counts anew', () => {
  expect(fail(['--restarts=2'], 5).told).toEqual([['--restarts=3'], 1])
  expect(fail(['--restarts=3'], 5).told).toEqual(['given up'])
  expect(fail(['--restarts=3'], 61).told).toEqual([['--restarts=1'], 1])
})
