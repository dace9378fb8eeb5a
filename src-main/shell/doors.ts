// The two pages and what each may see and do, the same in both shells: the desk has the whole contract, the patient's
// screen only its own step and its two calls. Whatever goes out is checked against the page's schema here.
import type { Agent } from '../agent.ts'
import { callAnswerSchema } from '../contract/calls.ts'
import { isPatientCall, patientViewOf, patientViewSchema } from '../contract/patient-view.ts'
import { type Reception, receptionSchema } from '../contract/reception.ts'
import { fail, ok, type Result } from '../ground/result.ts'

export interface Door {
  /** File of the built renderer. */
  readonly page: string
  readonly view: (reception: Reception) => unknown
  readonly call: (agent: Pick<Agent, 'call' | 'reception'>, name: string, request: unknown) => Promise<Result<unknown>>
}

export const deskDoor: Door = {
  page: 'index.html',
  view: (reception) => receptionSchema.parse(reception),
  call: async (agent, name, request) => callAnswerSchema.parse(await agent.call(name, request)),
}

export const patientDoor: Door = {
  page: 'patient.html',
  view: (reception) => patientViewSchema.parse(patientViewOf(reception)),
  async call(agent, name, request) {
    if (!isPatientCall(name)) return fail('REQUEST_INVALID')
    await agent.call(name, request)
    // Why something failed is for reception alone; what the patient is to know of it stands in the view.
    return ok(patientDoor.view(agent.reception()))
  },
}

export const doors = [deskDoor, patientDoor] as const
