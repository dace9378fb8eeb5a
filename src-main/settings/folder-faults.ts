// What only a look at the folders themselves can tell of the settings. One that is away is no fault of the settings: a share
// comes back, and what is for it waits.
import { stat } from 'node:fs/promises'
import { absolutePath } from './located.ts'
import { sharedFolder } from './receipt-folders.ts'
import type { FileSettings } from './schema.ts'
import type { FoundFault } from './schema-faults.ts'

/** A share that does not answer in this time is away: a start must not wait for it. */
const answerMs = 3_000

export async function folderFaults(settings: FileSettings, dataDir: string): Promise<readonly FoundFault[]> {
  const { destinations = [], terminal, backupFolder } = settings
  const folders = [
    ...destinations.flatMap((each, index) =>
      // What is switched off needs nothing.
      'folder' in each && each.isOn ? [{ path: ['destinations', index, 'folder'], folder: each.folder }] : [],
    ),
    ...(terminal ? [{ path: ['terminal', 'folder'], folder: terminal.folder }] : []),
    ...(backupFolder === null ? [] : [{ path: ['backupFolder'], folder: backupFolder }]),
  ]
  const looked = folders.map(async ({ path, folder }): Promise<readonly FoundFault[]> => {
    const isOther = await isNoFolder(absolutePath(dataDir, folder))
    return isOther ? [{ path, stands: { path, what: 'value' }, reason: 'notFolder' }] : []
  })
  const shared = await sharedFolder(destinations, dataDir)
  const path = ['destinations', shared ?? 0, 'folder']
  const same: readonly FoundFault[] =
    shared === null ? [] : [{ path, stands: { path, what: 'value' }, reason: 'sameFolder' }]
  return [...(await Promise.all(looked)).flat(), ...same]
}

async function isNoFolder(folder: string): Promise<boolean> {
  const { promise: late, resolve: giveUp } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => giveUp(false), answerMs)
  const known = stat(folder).then(
    (state) => !state.isDirectory(),
    () => false,
  )
  const found = await Promise.race([known, late])
  clearTimeout(timer)
  return found
}
