// The renderer's only way out. Under Electron the preload script has put it into the page; headless, the same contract
// goes over HTTP to the agent on this computer. Whatever comes in is checked here before anything believes it.
import type { z } from 'zod'
import { type Bridge, type CallName, callAnswerOf } from '../src-main/contract/calls.ts'
import { type PatientCall, type PatientView, patientViewSchema } from '../src-main/contract/patient-view.ts'
import { receptionSchema } from '../src-main/contract/reception.ts'
import { openHttpDoor } from './http-door.ts'
import { keepSame } from './keep-same.ts'
import type { Outside } from './outside.ts'
import type { Time } from './time.ts'

declare global {
  interface Window {
    readonly madoguchi?: Outside
  }
}

/**
 * The contract over an unchecked bridge. An answer that does not fit is AGENT_FAULT; a state that does not fit breaks the
 * line, because what is on the screen is then no longer true. An older state never follows a newer one.
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
    onReception(listener, onLine) {
      let newest = Number.NEGATIVE_INFINITY
      let shown: V | null = null
      return outside.onReception(
        (received) => {
          const view = schema.safeParse(received)
          if (!view.success) {
            shown = null
            return onLine('faulty')
          }
          if (view.data.revision <= newest) return
          newest = view.data.revision
          onLine('up')
          shown = keepSame(shown, view.data)
          listener(shown)
        },
        (line) => {
          // An agent that was started anew counts from one again; and nothing of what was shown is kept.
          newest = Number.NEGATIVE_INFINITY
          shown = null
          onLine(line)
        },
      )
    },
  }
}

/** `openPatient`: where the shell does not open the patient's page by itself. */
export function openBridge(time: Time): { readonly bridge: Bridge; readonly openPatient: (() => void) | null } {
  if (window.madoguchi) return { bridge: checked(window.madoguchi, receptionSchema), openPatient: null }
  const door = openHttpDoor('/api', time)
  return { bridge: checked(door, receptionSchema), openPatient: () => void door.openPatient() }
}

export const openPatientBridge = (time: Time): Bridge<PatientView, PatientCall> =>
  checked(window.madoguchi ?? openHttpDoor('/patient/api', time), patientViewSchema)
