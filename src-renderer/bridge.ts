// The renderer's only way out. Under Electron the preload script has put it into the page; headless, the same contract
// goes over HTTP to the agent on this computer. Whatever comes in is checked here before anything believes it.
import type { z } from 'zod'
import { type PatientCall, type PatientScreen, patientScreenSchema } from '../src-main/contract/patient-screen.ts'
import { type Bridge, type CallName, callAnswerOf, receptionSchema } from '../src-main/contract/reception.ts'
import { shared } from './share.ts'

declare global {
  interface Window {
    readonly madoguchi?: Outside
  }
}

/** A bridge whose answers nobody has checked yet. */
export interface Outside {
  call(name: string, request: object): Promise<unknown>
  onReception(listener: (reception: unknown) => void, onLost: (lost: boolean) => void): () => void
}

const reconnectMs = 2000

/** `door`: where the agent's server listens for this page. */
const http = (door: string): Outside => ({
  async call(name, request) {
    const answer = await fetch(`${door}/call/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    return answer.json()
  },
  onReception(listener, onLost) {
    let events: EventSource
    let retry: ReturnType<typeof setTimeout>
    const connect = () => {
      events = new EventSource(`${door}/events`)
      events.addEventListener('open', () => onLost(false))
      events.addEventListener('error', () => {
        onLost(true)
        // The browser tries again by itself, except after an answer that is no stream.
        if (events.readyState === EventSource.CLOSED) retry = setTimeout(connect, reconnectMs)
      })
      events.addEventListener('reception', (event) => listener(parsed(String(event.data))))
    }
    connect()
    return () => {
      clearTimeout(retry)
      events.close()
    }
  },
})

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * The contract over an unchecked bridge. An answer that does not fit is AGENT_FAULT; a state that does not fit counts as
 * a lost connection, because what is on the screen is then no longer true. An older state never follows a newer one.
 */
export const checked = <V extends { readonly revision: number }, C extends CallName = CallName>(
  outside: Outside,
  schema: z.ZodType<V>,
): Bridge<V, C> => {
  const answerSchema = callAnswerOf(schema)
  return {
    async call(name, request) {
      try {
        return answerSchema.parse(await outside.call(name, request))
      } catch {
        return { ok: false, error: { code: 'AGENT_FAULT' } }
      }
    },
    onReception(listener, onLost) {
      let newest = Number.NEGATIVE_INFINITY
      let shown: V | null = null
      return outside.onReception(
        (received) => {
          const view = schema.safeParse(received)
          if (!view.success) return onLost(true)
          if (view.data.revision <= newest) return
          newest = view.data.revision
          onLost(false)
          shown = shared(shown, view.data)
          listener(shown)
        },
        (isLost) => {
          // An agent that was started anew counts from one again.
          newest = Number.NEGATIVE_INFINITY
          onLost(isLost)
        },
      )
    },
  }
}

export const openBridge = (): Bridge => checked(window.madoguchi ?? http('/api'), receptionSchema)

export const openPatientBridge = (): Bridge<PatientScreen, PatientCall> =>
  checked(window.madoguchi ?? http('/patient/api'), patientScreenSchema)
