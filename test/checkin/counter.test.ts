// A bug in something that is done at the counter, with a message that could hold a patient's data: the visit ends with a
// code, the log has the place of the bug and not its words, and the counter is free for the next thing.
import { expect, test } from 'vitest'
import { end, newAttempt } from '../../src-main/checkin/attempt.ts'
import { createCounter } from '../../src-main/checkin/counter.ts'
import type { LogEntry } from '../../src-main/ground/log.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import { settableClock } from '../clock.ts'

function openCounter() {
  const entries: LogEntry[] = []
  const failed: Failure[] = []
  const clock = settableClock('2026-11-23T09:15:00.000+09:00')
  const counter = createCounter({
    clock,
    log: { write: (entry) => void entries.push(entry) },
    recorder: {
      async failVisit(_current, failure) {
        failed.push(failure)
        return { ok: false, error: failure }
      },
    },
  })
  const current = newAttempt('Reader 0', null, clock.now())
  counter.seat(current)
  const broken = () =>
    counter.alone(current, async () => {
      throw new TypeError('佐藤　美咲 is not a function')
    })
  return { counter, current, broken, entries, failed }
}

const fault = { ok: false, error: { code: 'AGENT_FAULT' } }

test('it ends the visit that is open', async () => {
  const { counter, current, broken, entries, failed } = openCounter()
  expect(await broken()).toEqual(fault)
  expect(failed).toEqual([fault.error])
  expect(entries).toEqual([{ event: 'fault', visitId: current.visit.id, where: expect.arrayContaining(['TypeError']) }])
  expect(JSON.stringify(entries)).not.toContain('佐藤')
  expect(counter.isBusy(current)).toBe(false)
})

test('of one that has ended already it changes nothing', async () => {
  const { counter, current, broken, failed } = openCounter()
  end(current)
  expect(await broken()).toEqual(fault)
  expect(failed).toEqual([])
  expect(counter.isBusy(current)).toBe(false)
})
