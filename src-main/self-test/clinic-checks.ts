// What stands around the clinic's computer: the terminal's folders, the destinations, and the master of local schemes.
import { daysBetween } from '../eligibility/calendar.ts'
import { type Clock, clinicDay } from '../ground/clock.ts'
import type { Failure, Result } from '../ground/result.ts'
import type { Application } from '../hub/terminal/application.ts'
import type { Inspection } from '../hub/terminal/inspection.ts'
import type { Check, Found } from './run.ts'

/** A destination of the settings, and the whole way to it. */
export interface TriedDestination {
  readonly id: string
  readonly isOn: boolean
  readonly kind: 'folder' | 'orca'
  /** Errors: whatever would hold up a delivery. */
  readonly tryOut: () => Promise<Result<void>>
}

export interface ClinicPorts {
  readonly clock: Clock
  /** null: no terminal is set up. Errors: TERMINAL_FOLDER_ codes. */
  readonly terminal: () => Promise<Result<Inspection> | null>
  /** What can be read of the linking application; null: it is not here. */
  readonly application: () => Promise<Application | null>
  /** Whether an agent that runs here may not keep a record of who takes its results. */
  readonly isUnkept?: () => boolean
  readonly destinations: readonly TriedDestination[]
  /** A rehearsal's folders, which its first start makes, are not there yet. */
  readonly isMadeAtStart?: boolean
  /** The day of the newest master; null: none was imported; undefined: it cannot be looked at now. */
  readonly masterDay: () => Promise<string | null | undefined>
}

/** So many answers that nobody took away slow down whoever lists the folder. */
const manyUnread = 300
/** The publisher gives a new one out every month or two. */
const oldDays = 120

const good = (finding: Found['finding']): Found => ({ state: 'ok', finding })
const warning = (finding: Found['finding']): Found => ({ state: 'warning', finding })
const failed = (failure: Failure): Found => ({ state: 'failed', finding: { code: 'failure', failure } })

export function clinicChecks(ports: ClinicPorts): readonly Check[] {
  const { clock, destinations, isMadeAtStart = false } = ports
  let inspection: Inspection | null = null
  const noTerminal: Found = { state: 'unused', finding: { code: 'noTerminal' } }
  return [
    {
      name: 'terminalFolders',
      after: ['settings'],
      async run() {
        const looked = await ports.terminal()
        if (looked === null) return noTerminal
        if (!looked.ok) return failed(looked.error)
        inspection = looked.value
        return good({ code: 'terminalFoldersThere' })
      },
    },
    {
      name: 'terminalApplication',
      after: ['terminalFolders'],
      run: async () => (inspection ? lookAtApplication(await ports.application()) : noTerminal),
    },
    {
      name: 'terminalFiles',
      after: ['terminalFolders'],
      run: async () => (inspection ? lookAtFiles(inspection) : noTerminal),
    },
    {
      name: 'terminalDesks',
      after: ['terminalFolders'],
      async run() {
        if (!inspection) return noTerminal
        if (ports.isUnkept?.()) return warning({ code: 'desksUnkept' })
        const { watcher } = inspection
        return good(watcher === null ? { code: 'desksNobody' } : { code: 'desksWatcher', desk: watcher })
      },
    },
    ...(destinations.length === 0 ? [noDestination(isMadeAtStart)] : destinations.map(destinationCheck)),
    {
      name: 'masters',
      after: ['database'],
      async run() {
        const day = await ports.masterDay()
        if (day === undefined) return { state: 'unknown', finding: { code: 'storeInUse' } }
        if (day === null) return warning({ code: 'masterMissing' })
        const days = daysBetween(day, clinicDay(clock.now()))
        return days > oldDays ? warning({ code: 'masterOld', day, days }) : good({ code: 'masterFresh', day })
      },
    },
  ]
}

/** Whether it writes as it is set to is seen in its files: here nothing fails. */
function lookAtApplication(application: Application | null): Found {
  if (application === null) return { state: 'unused', finding: { code: 'applicationElsewhere' } }
  const [file] = application.encrypts
  if (file !== undefined) return warning({ code: 'applicationEncrypts', file })
  if (application.isFaceOff) return warning({ code: 'applicationFaceOff' })
  return good({ code: 'applicationRead', version: application.version })
}

function lookAtFiles({ encrypted, untaken, unread }: Inspection): Found {
  if (encrypted !== null) return { state: 'failed', finding: { code: 'terminalEncrypted', folder: encrypted } }
  if (untaken > 0) return { state: 'failed', finding: { code: 'requestsUntaken', count: untaken } }
  if (unread > manyUnread) return warning({ code: 'answersUnread', count: unread })
  return good({ code: 'terminalFilesTaken' })
}

const noDestination = (isMadeAtStart: boolean): Check => ({
  name: 'destination',
  after: ['settings'],
  run: async () =>
    isMadeAtStart ? { state: 'unused', finding: { code: 'madeAtStart' } } : warning({ code: 'noDestination' }),
})

const destinationCheck = ({ id, isOn, kind, tryOut }: TriedDestination): Check => ({
  name: 'destination',
  of: id,
  after: ['settings'],
  async run() {
    if (!isOn) return { state: 'unused', finding: { code: 'destinationOff' } }
    const tried = await tryOut()
    if (!tried.ok) return failed(tried.error)
    return good({ code: kind === 'orca' ? 'orcaAsked' : 'folderTried' })
  },
})
