// The two pages and what each may see and do, the same in both shells: the desk has the whole contract, the patient's
// screen only its own step and its own calls. Whatever goes out is checked against the page's schema here; what comes in goes
// on as a call of this door, whose list the agent knows too.
import type { Agent } from '../agent.ts'
import { type Caller, type DoorName, mayCall } from '../contract/callers.ts'
import { callAnswerSchema } from '../contract/calls.ts'
import { patientViewOf, patientViewSchema } from '../contract/patient-view.ts'
import { type Reception, receptionSchema } from '../contract/reception.ts'
import { fail, ok, type Result } from '../ground/result.ts'

export interface Door {
  readonly name: DoorName
  /** File of the built renderer. */
  readonly page: string
  readonly view: (reception: Reception) => unknown
  readonly call: (agent: Pick<Agent, 'call' | 'reception'>, name: string, request: unknown) => Promise<Result<unknown>>
}

/** No sign-in yet: a page is whoever stands at the one desk. */
const callerAt = (door: DoorName): Caller => ({ door, desk: 1 })

export const deskDoor: Door = {
  name: 'desk',
  page: 'index.html',
  view: (reception) => receptionSchema.parse(reception),
  call: async (agent, name, request) => callAnswerSchema.parse(await agent.call(callerAt('desk'), name, request)),
}

export const patientDoor: Door = {
  name: 'patient',
  page: 'patient.html',
  view: (reception) => patientViewSchema.parse(patientViewOf(reception)),
  async call(agent, name, request) {
    if (!mayCall('patient', name)) return fail('REQUEST_INVALID')
    await agent.call(callerAt('patient'), name, request)
    // Why something failed is for reception alone; what the patient is to know of it stands in the view.
    return ok(patientDoor.view(agent.reception()))
  },
}

export const doors = [deskDoor, patientDoor] as const

/** Whoever has no page. */
export const atCommandLine = callerAt('commandLine')
