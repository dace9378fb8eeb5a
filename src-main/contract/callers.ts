// Which calls a door has at all; whoever calls says by which door and at which desk. Who is signed in there, and what they may
// do of it, is asked besides (rights.ts).

import { mayCallNow } from './call-rights.ts'
import { type CallName, calls } from './calls.ts'
import { patientsCalls } from './patients-page.ts'
import { maySeePatients } from './rights.ts'
import type { StaffState } from './staff.ts'

export type DoorName = 'desk' | 'patient' | 'kiosk' | 'commandLine' | 'system'

export interface Caller {
  readonly door: DoorName
  /** Of the clinic's desks, from 1; there is one. */
  readonly desk: number
  /** Under which the log tells of it, should the call be refused. */
  readonly reference?: string
}

/** What the computer itself says through the shell, and no page. */
const systemCalls = ['computerLocked'] as const satisfies readonly CallName[]

const callsAt: Readonly<Record<DoorName, readonly string[]>> = {
  desk: Object.keys(calls).filter((name) => !systemCalls.some((system) => system === name)),
  patient: patientsCalls,
  kiosk: patientsCalls,
  // One check-in with a sample card, or one that somebody lays.
  commandLine: ['insertTrainingCard', 'removeTrainingCard', 'enterPin', 'cancelVisit'] satisfies readonly CallName[],
  system: systemCalls,
}

/** A person at a desk, or a patient there; not the computer itself, nor a command on it. */
export const isPage = ({ door }: Caller): boolean => door !== 'system' && door !== 'commandLine'

/** Also for a name that is no call at all: no door has it. */
export const mayCall = (door: DoorName, name: string): name is CallName => callsAt[door].includes(name)

/** Whether a call of this door may be made now: the pages for patients do nothing while nobody looks after patients. */
export function isOpenTo(staff: StaffState, door: DoorName, name: CallName): boolean {
  switch (door) {
    case 'desk':
      return mayCallNow(staff, name)
    case 'patient':
    case 'kiosk':
      return name === 'reception' || maySeePatients(staff)
    // Whoever has the account of the computer has its command line, and the computer itself is nobody.
    case 'commandLine':
    case 'system':
      return true
  }
}
