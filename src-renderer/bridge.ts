// The renderer's only way out. Under Electron the preload script has put it into the page; headless, the same contract
// goes over HTTP to the agent on this computer. Whatever comes in is checked here before anything believes it.
import { z } from 'zod'
import { callAnswerSchema } from '../src-main/contract/call-answer.ts'
import type { Bridge, CallName } from '../src-main/contract/calls.ts'
import type { Outside } from '../src-main/contract/outside.ts'
import { follow, toldSchema } from '../src-main/contract/told.ts'
import { keepSame } from '../src-main/ground/keep-same.ts'

declare global {
  interface Window {
    readonly madoguchi?: Outside
  }
}

/**
 * The contract over an unchecked bridge. An answer that does not fit is AGENT_FAULT; a state that does not fit breaks the
 * line, because what is on the screen is then no longer true. An older state never follows a newer one, and after a change
 * that was missed the whole is asked for.
 */
export const checked = <V extends { readonly revision: number }, C extends CallName = CallName>(
  outside: Outside,
  schema: z.ZodType<V>,
): Bridge<V, C> => ({
  async call(name, request) {
    try {
      return callAnswerSchema.parse(await outside.call(name, request))
    } catch {
      return { ok: false, error: { code: 'AGENT_FAULT' } }
    }
  },
  onReception(listener, onLine) {
    let shown: V | null = null
    let isAsking = false
    /** Before the page was told anything as a whole, a change means nothing to it; from then on one that does not fit does. */
    let hasBegun = false
    /** How often it was said why there is nothing to show. */
    let lines = 0
    const askForWhole = async () => {
      if (isAsking) return
      isAsking = true
      const before = lines
      const answer = wholeAnswerSchema.safeParse(await outside.call('reception', {}).catch(() => null))
      isAsking = false
      // What was asked for is of before that.
      if (lines !== before) return
      if (answer.success) return hear(answer.data.value)
      shown = null
      onLine('faulty')
    }
    const hear = (received: unknown): void => {
      const told = toldSchema.safeParse(received)
      if (told.success && 'line' in told.data) {
        lines++
        shown = null
        onLine(told.data.line, told.data.line === 'unsettled' ? told.data : undefined)
        return
      }
      const change = told.success && 'after' in told.data ? told.data : null
      if (change && change.after !== shown?.revision) {
        // What comes before the first state, or was seen in the whole already, is not missing.
        if (hasBegun && change.after > (shown?.revision ?? Number.NEGATIVE_INFINITY)) void askForWhole()
        return
      }
      hasBegun = true
      const view = schema.safeParse(told.success ? follow(shown, told.data) : null)
      if (!view.success) {
        shown = null
        onLine('faulty')
        if (change) void askForWhole()
        return
      }
      if (shown && view.data.revision <= shown.revision) return
      onLine('up')
      shown = keepSame(shown, view.data)
      listener(shown)
    }
    return outside.onReception(hear, (line) => {
      // An agent that was started anew counts from one again; and nothing of what was shown is kept.
      lines++
      shown = null
      onLine(line)
    })
  },
})

const wholeAnswerSchema = z.object({ ok: z.literal(true), value: toldSchema })
