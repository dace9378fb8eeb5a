// The pages and what each may see and do, the same in both shells: the desk has the whole contract, the patient's screen and
// the kiosk only their own step and their own calls, and all of them only what whoever is signed in may see. Whatever goes out is
// checked against the page's schema here; what comes in goes on as a call of this door, whose list the agent knows too.
import type { Agent } from '../agent.ts'
import { callAnswerSchema } from '../contract/call-answer.ts'
import { type Caller, type DoorName, mayCall } from '../contract/callers.ts'
import { kioskViewOf, kioskViewSchema } from '../contract/kiosk-view.ts'
import { patientViewOf, patientViewSchema } from '../contract/patient-view.ts'
import { type Reception, receptionSchema } from '../contract/reception.ts'
import { maySeePatients } from '../contract/rights.ts'
import { shownNow } from '../contract/shown.ts'
import type { Away, Told, View } from '../contract/told.ts'
import { newReference } from '../ground/reference.ts'
import { fail, ok, type Result } from '../ground/result.ts'

type Asked = Pick<Agent, 'call' | 'reception' | 'absence'>

export interface Door {
  readonly name: Extract<DoorName, 'desk' | 'patient' | 'kiosk'>
  /** File of the built renderer. */
  readonly page: string
  readonly view: (reception: Reception) => View
  readonly call: (agent: Asked, name: string, request: unknown) => Promise<DoorAnswer>
}

/** What the page is told at the start, where it asks for that; else only whether it is done. */
export type DoorAnswer = Result<Told | undefined>

/** A page is whoever stands at the one desk. */
const callerAt = (door: DoorName): Caller => ({ door, desk: 1 })

/** The page asks what to show first. */
const isFirst = (name: string) => name === 'reception'

/** What there is to show; where nobody is at work any more, that. */
function firstTold({ name, view }: Pick<Door, 'name' | 'view'>, agent: Asked): Told {
  const away = agent.absence?.now()
  return away ? awayAt(name, away) : { whole: { ...view(agent.reception()) } }
}

export const deskDoor: Door = {
  name: 'desk',
  page: 'index.html',
  view: (reception) => receptionSchema.parse(shownNow(reception)),
  async call(agent, name, request) {
    const reference = newReference()
    const answer = callAnswerSchema.parse(await agent.call({ ...callerAt('desk'), reference }, name, request))
    if (!answer.ok) return fail(answer.error.code, { ...answer.error.detail, reference })
    return ok(isFirst(name) ? firstTold(deskDoor, agent) : undefined)
  },
}

/** For a page that patients look at. */
function patientsDoor<Name extends 'patient' | 'kiosk'>(
  name: Name,
  page: string,
  view: Door['view'],
): Door & { readonly name: Name } {
  return {
    name,
    page,
    view,
    async call(agent, call, request) {
      if (!mayCall(name, call)) return fail('REQUEST_INVALID')
      await agent.call(callerAt(name), call, request)
      // Why something failed is for reception alone; what the patient is to know of it is told by the view.
      return ok(isFirst(call) ? firstTold({ name, view }, agent) : undefined)
    },
  }
}

export const patientDoor = patientsDoor('patient', 'patient.html', (reception) =>
  patientViewSchema.parse(patientViewOf(shownNow(reception), maySeePatients(reception.staff))),
)

export const kioskDoor = patientsDoor('kiosk', 'kiosk.html', (reception) =>
  kioskViewSchema.parse(kioskViewOf(shownNow(reception))),
)

export const doors = [deskDoor, patientDoor, kioskDoor] as const

/** What a page is told while nobody is at work. What is wrong in the settings is for reception and clinic IT alone. */
export const awayAt = (door: DoorName, away: Away): Told =>
  door === 'desk' || away.line !== 'unsettled' ? away : { line: 'restarting' }

/** Whoever has no page. */
export const atCommandLine = callerAt('commandLine')
export const atSystem = callerAt('system')
