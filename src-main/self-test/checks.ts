// Every check of the self-test, causes before what they cause: the list that the screen, the first set-up and the command
// line share.
import { type ClinicPorts, clinicChecks } from './clinic-checks.ts'
import { type ComputerPorts, settingsChecks, storedChecks } from './computer-checks.ts'
import { type HubPorts, hubChecks } from './hub-checks.ts'
import { type ReaderPorts, readerChecks } from './reader-checks.ts'
import type { Check } from './run.ts'
import { type ServerPorts, serverChecks } from './server-checks.ts'

export interface SelfTestPorts extends ComputerPorts, ServerPorts, ReaderPorts, HubPorts, ClinicPorts {}

export const selfTestChecks = (ports: SelfTestPorts): readonly Check[] => [
  ...settingsChecks(ports),
  ...serverChecks(ports),
  ...storedChecks(ports),
  ...readerChecks(ports),
  ...hubChecks(ports),
  ...clinicChecks(ports),
]
