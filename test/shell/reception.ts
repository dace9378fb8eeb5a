// A reception in which nothing goes on yet, and an agent that has it.

import type { CallAnswer } from '../../src-main/contract/call-answer.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import type { Away } from '../../src-main/contract/told.ts'
import { createListeners } from '../../src-main/ground/listeners.ts'
import { ok } from '../../src-main/ground/result.ts'
import { portOf } from '../../src-main/shell/agent-port.ts'
import { emptyReception } from '../empty-reception.ts'

export const reception: Reception = { ...emptyReception, revision: 7 }

/** An agent of nothing but answers: what has reached it, and a new state for everybody who follows. */
export function openAgent(answer: CallAnswer = ok(undefined), first: Reception = reception) {
  const reached: unknown[][] = []
  const listeners = createListeners<[reception: Reception]>()
  let state = first
  const absences = createListeners()
  let away: Away | null = null
  let isStopped = false
  const agent = {
    call: async (...values: unknown[]) => {
      reached.push(values)
      return answer
    },
    reception: () => state,
    onReception: listeners.add,
    absence: { now: () => away, onChange: absences.add },
    stop: async () => {
      isStopped = true
    },
  }
  return {
    agent,
    port: portOf(agent),
    reached,
    isStopped: () => isStopped,
    goAway(now: Away | null) {
      away = now
      absences.tell()
    },
    change(next: Reception) {
      state = next
      listeners.tell(next)
    },
  }
}
