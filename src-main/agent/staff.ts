// The staff at this computer: in whose session it runs, after how long a desk that nobody touches is left, and whether the first
// of them may still be enrolled on its screen.
import { mayBeginFirstRun } from '../settings/first-run.ts'
import { computerAccount } from '../staff/account.ts'
import type { EnrollingPorts } from '../staff/enrolling.ts'
import { openStaff } from '../staff/part.ts'
import type { PresencePorts } from '../staff/presence.ts'
import type { AgentOptions } from './terms.ts'

type Ports = Omit<PresencePorts & EnrollingPorts, 'isCommand' | 'account' | 'idleMs' | 'isFirstRun' | 'before'> & {
  readonly screenSettings: { now(): { readonly hideScreenAfterMin: number } }
}

export const openStaffHere = (
  { dataDir, isCommand = false, account = computerAccount(), handedOn }: AgentOptions,
  { screenSettings, ...ports }: Ports,
) =>
  openStaff({
    ...ports,
    isCommand,
    account,
    before: handedOn?.staff ?? null,
    idleMs: () => screenSettings.now().hideScreenAfterMin * 60_000,
    isFirstRun: () => mayBeginFirstRun(dataDir),
  })
