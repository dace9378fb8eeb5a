import { describe, expect, test } from 'vitest'
import type { FailureCode } from '../../src-main/ground/failures.ts'
import { fail, ok, type Result } from '../../src-main/ground/result.ts'
import { createLine } from '../../src-main/hub/line.ts'
import { fault } from '../faults.ts'
import { eventually } from '../support.ts'

/** A line whose probe answers what the test says. */
function openLine() {
  let answer: Result<unknown> = fail('HUB_UNREACHABLE')
  let probes = 0
  let minutes = 0
  const changes: string[] = []
  const line = createLine({
    probe: async () => {
      probes++
      return answer
    },
    clock: { now: () => new Date(Date.UTC(2026, 10, 23, 0, minutes)) },
    pauseMs: { first: 1, longest: 4 },
  })
  line.onChange(() => changes.push(line.now().state))
  return {
    line,
    changes,
    probes: () => probes,
    answer(next: Result<unknown>) {
      answer = next
    },
    pass(more: number) {
      minutes += more
    },
    ask: (code?: FailureCode) => line.attempt(async () => (code ? fail(code) : ok('answer'))),
  }
}

describe('the line to the hub', () => {
  fault('dns', 'The line fails twice in a row', {
    seen: 'HUB_UNREACHABLE',
    data: 'Nobody waits for a question that cannot be answered.',
    recovery: 'The line is tried in the background; the first answer brings it back.',
  })
  test('is down after two failures in a row, and then costs nobody a question', async () => {
    const { line, ask } = openLine()
    await ask('HUB_TIMEOUT')
    expect(line.now().state).toBe('unknown')
    await ask('HUB_UNREACHABLE')
    expect(line.now().state).toBe('down')
    let asked = false
    expect(
      await line.attempt(async () => {
        asked = true
        return ok(1)
      }),
    ).toEqual(fail('HUB_UNREACHABLE'))
    expect(asked).toBe(false)
    line.close()
  })

  test('fails with what took it down, so that the person who can help is called', async () => {
    const { line, ask } = openLine()
    await ask('HUB_TIMEOUT')
    await ask('HUB_PROXY_REFUSED')
    expect(await ask()).toEqual(fail('HUB_PROXY_REFUSED'))
    line.close()
  })

  test('learns nothing from a question that was taken back', async () => {
    const { line, ask } = openLine()
    await ask('VISIT_CANCELLED')
    expect(line.now().state).toBe('unknown')
    await ask('HUB_TIMEOUT')
    await ask('VISIT_CANCELLED')
    await ask('HUB_TIMEOUT')
    expect(line.now().state).toBe('down')
    line.close()
  })

  test('stays up when the failures are not in a row, or are the hub’s own word', async () => {
    const { line, ask } = openLine()
    for (const code of [
      'HUB_ERROR',
      undefined,
      'HUB_ERROR',
      'HUB_REFUSED',
      'HUB_REFUSED',
      'HUB_RATE_LIMITED',
    ] as const) {
      await ask(code)
    }
    expect(line.now().state).toBe('up')
    line.close()
  })

  test('is found up again by a probe in the background, and says since when', async () => {
    const { line, ask, answer, pass, probes, changes } = openLine()
    await ask('HUB_ERROR')
    await ask('HUB_ERROR')
    await eventually('it has been looked at', () => probes() > 2)
    expect(line.now().state).toBe('down')
    pass(5)
    answer(ok(undefined))
    await eventually('it is up', () => line.now().state === 'up')
    expect(line.now().since.toISOString()).toBe('2026-11-23T00:05:00.000Z')
    expect(changes).toEqual(['down', 'up'])
    expect(await ask()).toEqual(ok('answer'))
    line.close()
  })

  test('is asked at once when a person wants to know', async () => {
    const { line, ask, answer } = openLine()
    await ask('HUB_ERROR')
    await ask('HUB_ERROR')
    answer(ok(undefined))
    await line.probe()
    expect(line.now().state).toBe('up')
    line.close()
  })

  test('asks nobody any more once it is closed', async () => {
    const { line, ask, probes } = openLine()
    line.close()
    await ask('HUB_ERROR')
    await ask('HUB_ERROR')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(probes()).toBe(0)
  })
})
