// Which pages each role may open, and who may look at patients: asked at the door, and by the screen to offer only what somebody
// may do. The same of the calls: call-rights.ts. IT keeps the computer going and looks at no patient; whoever breaks the glass may for a while do
// what a lead may, besides their own.
import type { PageName } from './pages.ts'
import type { Role, StaffState } from './staff.ts'

export const everybody = ['reception', 'lead', 'it'] as const
/** Whoever may look at patients. */
export const counter = ['reception', 'lead'] as const
export const lead = ['lead'] as const
export const office = ['lead', 'it'] as const
export const it = ['it'] as const
/** The computer's own, or what depends on more than the role. */
export const nobody = [] as const

const pageRights: Readonly<Record<PageName, readonly Role[]>> = {
  counter: everybody,
  signals: everybody,
  selfTest: everybody,
  supportBundle: everybody,
  training: everybody,
  staleNumbers: counter,
  bookings: counter,
  terminalQuestion: counter,
  past: counter,
  report: counter,
  capSheet: counter,
  conflicts: counter,
  clinicRules: counter,
  audit: lead,
  localMaster: office,
  settings: office,
  destinations: it,
  firstRun: it,
  staff: it,
}

export function isOneOf(staff: StaffState, those: readonly Role[]): boolean {
  if (staff.state === 'off') return true
  if (staff.state === 'signedOut') return false
  return those.includes(staff.role) || (staff.glassUntil !== null && those.includes('lead'))
}

/** Whether patients may be looked at here now. */
export const maySeePatients = (staff: StaffState): boolean => isOneOf(staff, counter)

export const mayOpen = (staff: StaffState, page: PageName): boolean => isOneOf(staff, pageRights[page])
