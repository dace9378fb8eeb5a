// The desk's way out: the whole of the contract.
import type { Bridge } from '../src-main/contract/calls.ts'
import { receptionSchema } from '../src-main/contract/reception.ts'
import { checked } from './bridge.ts'
import { openHttpDoor, type PatientsPage } from './http-door.ts'
import type { Time } from './time.ts'

/** Opens a page for patients in a tab of its own. */
export type OpenTab = (page: PatientsPage) => void

/** `openTab`: where the shell does not open these pages by itself. */
export function openBridge(time: Time): { readonly bridge: Bridge; readonly openTab: OpenTab | null } {
  if (window.madoguchi) return { bridge: checked(window.madoguchi, receptionSchema), openTab: null }
  const door = openHttpDoor('/api', time)
  return { bridge: checked(door, receptionSchema), openTab: (page) => void door.openTab(page) }
}
