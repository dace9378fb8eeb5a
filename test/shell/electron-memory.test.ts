import { afterEach, expect, test, vi } from 'vitest'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { watchMemory } from '../../src-main/shell/electron-memory.ts'

afterEach(() => vi.useRealTimers())

test('the memory of all processes together stands in the log at the start and every hour', () => {
  vi.useFakeTimers()
  const entries: LogEntry[] = []
  let kilobytes = 100_000
  const end = watchMemory(() => [{ memory: { workingSetSize: kilobytes } }, { memory: { workingSetSize: 2_400 } }], {
    write: (entry) => void entries.push(entry),
  })
  kilobytes = 200_000
  vi.advanceTimersByTime(3_600_000)
  end()
  vi.advanceTimersByTime(7_200_000)
  expect(entries).toEqual([
    { event: 'memory', count: 100 },
    { event: 'memory', count: 198 },
  ])
})
