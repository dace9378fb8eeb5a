// What the agent has outside: a real hub and real readers, or the training clinic that stands in for them. Here, and nowhere
// after it, the mode is asked for.
import { join, sep } from 'node:path'
import { createPcscReaders } from '../card/pcsc-readers.ts'
import type { ReaderService } from '../card/reader-host-protocol.ts'
import { type SchemeMaster, shippedMaster, updatedMaster } from '../eligibility/schemes.ts'
import { type Claim, claimOnComputer } from '../ground/computer-claim.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { usualDeskTiming } from '../hub/terminal/desk-watch.ts'
import { trainingFolders } from '../settings/allowed.ts'
import { type HubAccess, readHubAccess } from '../settings/hub-access.ts'
import { folderIdentity, folderName } from '../settings/receipt-folders.ts'
import { onDisk } from '../store/data-folder.ts'
import { deskIdentity } from '../store/desk-identity.ts'
import type { TrainingClinic } from '../training/clinic.ts'
import { createTrainingPart } from '../training/part.ts'
import type { AgentOptions } from './terms.ts'

/**
 * Errors: AGENT_ALREADY_RUNNING (another one has the terminal's folders); STORE_FULL, STORE_UNWRITABLE: the data folder takes nothing;
 * LOOPBACK_UNAVAILABLE: what training needs cannot be had.
 */
export async function openOutside(options: AgentOptions) {
  const { settings, log, dataDir, computer, deskTiming = usualDeskTiming } = options
  const desk = await onDisk(async () => deskIdentity(dataDir, computer))
  if (!desk.ok) return desk
  const opened = await onDisk(() => openTraining(options))
  if (!opened.ok) return opened
  const training = opened.value
  const claimed = await claimTerminal(settings.terminal, computer)
  if (!claimed.ok) {
    await training?.close()
    return claimed
  }
  for (const state of training?.renewed ?? []) log.write({ event: 'trainingRenewed', state })
  const access = training ? ok(training.hub) : await hubAccess(options)
  const virtualReader = settings.reader === 'training' ? training : null
  const { readers, readerService } = virtualReader
    ? { readers: virtualReader.reader, readerService: async () => null }
    : openPcsc(options)
  const master: SchemeMaster = training ? updatedMaster(shippedMaster, training.master) : shippedMaster
  return ok({
    ...createTrainingPart(virtualReader),
    clinic: training,
    isTraining: training !== null,
    hub: access.ok ? access.value : { ...noAccess, url: settings.hub?.url ?? noAccess.url },
    /** Why the hub cannot be asked with these settings; null: it can. */
    hubFailure: access.ok ? null : access.error,
    readers,
    readerService,
    master,
    /** Which desk this is among those beside one terminal. */
    among: { desk: desk.value, timing: deskTiming },
    /** The local schemes that the sample patients have, until a master is imported. */
    localSchemes: training?.localSchemes ?? null,
    async close() {
      await readers.close()
      await training?.close()
      await claimed.value.release()
    },
  })
}

/** The readers of this computer; `readerService` resolves once it is known what there is. */
function openPcsc({ entries, startReaderHost, log }: AgentOptions) {
  const readers = createPcscReaders({ hostEntry: entries.readerHost, startHost: startReaderHost, log })
  const readerService = async (): Promise<ReaderService | null> => {
    await readers.ready()
    return readers.service()
  }
  return { readers, readerService }
}

/**
 * A terminal's results are for one agent of a computer: another one, in another user's session with data of its own, would
 * take each of them once more. Errors: AGENT_ALREADY_RUNNING, with the other user.
 */
export async function claimTerminal(
  terminal: AgentOptions['settings']['terminal'],
  computer = '',
): Promise<Result<{ release(): Promise<void> }>> {
  const folders = terminal
    ? [...terminal.watch.map((name) => terminal[name]), ...(terminal.requests ? [terminal.requests.res] : [])]
    : []
  const names = await Promise.all(folders.map(async (folder) => [folderName(folder), await folderIdentity(folder)]))
  const claims: Claim[] = []
  const release = async () => void (await Promise.all(claims.map((claim) => claim.release())))
  for (const name of new Set(names.flat().filter((each) => each !== null))) {
    const claim = await claimOnComputer(`terminal ${computer}${name}`)
    claims.push(claim)
    if (claim.heldBy === undefined) continue
    await release()
    return fail('AGENT_ALREADY_RUNNING', claim.heldBy === null ? undefined : { field: claim.heldBy })
  }
  return ok({ release })
}

/** Loaded only where it is used: a live clinic never starts the sandbox's server. */
async function openTraining({ settings, dataDir, clock }: AgentOptions): Promise<TrainingClinic | null> {
  if (settings.mode !== 'training') return null
  const { openTrainingClinic } = await import('../training/clinic.ts')
  const folder = join(dataDir, 'training')
  // In folders of the clinic's own nobody plays, not even in training.
  const ownTerminal = join(folder, 'terminal')
  const terminalFolder = settings.terminal?.face === join(ownTerminal, 'face') ? ownTerminal : null
  const importFolders = [
    // What lies elsewhere is the clinic's: a share that is not mounted is not shadowed by a new folder, and held up for.
    ...settings.destinations.flatMap((each) =>
      'folder' in each && each.folder.startsWith(join(dataDir, sep)) ? [each.folder] : [],
    ),
    // What the page of the destinations offers a rehearsal.
    ...trainingFolders.map((name) => join(dataDir, name)),
  ]
  const kioskReader = settings.reader === 'training' ? (settings.kiosk?.reader ?? null) : null
  return openTrainingClinic({ folder, importFolders, terminalFolder, clock, kioskReader })
}

/** Nobody is talked to without our own certificate and the hub's CA: offline answers, terminal and files go on. */
const noAccess: HubAccess = {
  url: 'https://hub.invalid',
  ca: '-',
  identity: { certificate: '-', key: '-' },
  proxy: null,
}

async function hubAccess({ settings: { hub, sources }, systemProxy = null }: AgentOptions): Promise<Result<HubAccess>> {
  if (!hub) return fail('SETTINGS_INVALID', { field: 'hub' })
  return readHubAccess(hub, { environment: sources.environment, system: systemProxy })
}
