// A reception in which nothing goes on yet, and an agent that has it.

import type { CallAnswer } from '../../src-main/contract/call-answer.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { signalsSchema } from '../../src-main/contract/signals.ts'
import { createListeners } from '../../src-main/ground/listeners.ts'
import { ok } from '../../src-main/ground/result.ts'
import { portOf } from '../../src-main/shell/agent-port.ts'

export const reception: Reception = {
  revision: 7,
  mode: 'training',
  version: 'test',
  today: '2026-11-23',
  readers: [],
  pinEntry: { side: 'desk', isShuffled: false },
  hideAfterMin: 5,
  papers: { clinicName: null, formats: {} },
  signals: signalsSchema.parse({}),
  isLocked: false,
  staff: { state: 'off', dueOn: null },
  hub: { state: 'up', since: '2026-11-23T08:30:00.000+09:00', certificateEndsOn: null, clockOffsetS: null },
  settings: { fallback: null, failures: [], changed: [], mayBeginFirstRun: false, practice: 'none' },
  clockDoubt: null,
  readerFailure: null,
  otherCard: null,
  kiosk: null,
  numberTaken: null,
  current: null,
  visits: [],
  shown: null,
  page: { name: 'counter' },
  terminal: null,
  destinations: [],
  training: null,
}

/** An agent of nothing but answers: what has reached it, and a new state for everybody who follows. */
export function openAgent(answer: CallAnswer = ok(undefined), first: Reception = reception) {
  const reached: unknown[][] = []
  const listeners = createListeners<[reception: Reception]>()
  let state = first
  let isStopped = false
  const agent = {
    call: async (...values: unknown[]) => {
      reached.push(values)
      return answer
    },
    reception: () => state,
    onReception: listeners.add,
    stop: async () => {
      isStopped = true
    },
  }
  return {
    agent,
    port: portOf(agent),
    reached,
    isStopped: () => isStopped,
    change(next: Reception) {
      state = next
      listeners.tell(next)
    },
  }
}
