// What the agent stands on: the program, its settings, the disk, the key, what is stored and its audit trail.
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Failure } from '../ground/result.ts'
import type { Check, Found } from './run.ts'

export interface ComputerPorts {
  readonly version: string
  /** Why nothing can be read of the settings; null where they can be, or were never made. */
  readonly settings: () => Promise<
    | { readonly failure: Failure }
    | {
        readonly fallback: Failure | null
        readonly mode: 'training' | 'live'
        readonly isFile: boolean
        readonly nextStart: readonly string[]
      }
  >
  readonly dataDir: string
  /** What speaks against the data folder itself; null: nothing. */
  readonly folder: () => Promise<Failure | null>
  /** Bytes left on the disk of a folder; null: nobody says. */
  readonly room?: (folder: string) => Promise<number | null>
  /** What a look at everything that is stored says. `isHeld`: an agent is running and has it open. */
  readonly stored: () => Promise<{
    readonly failure: Failure | null
    readonly isNew: boolean
    readonly isHeld: boolean
    /** Patients are in the desk's own database whom the site has never been given. */
    readonly isLeftHere?: boolean
  }>
  /** Something was written here while the site's server was gone, and has not come there. */
  readonly isUnmerged?: () => boolean
}

/** Below the first nobody knows whether the day can be finished; below the second somebody should know. In megabytes. */
const tooLittle = 100
const little = 1_000

const good = (finding: Found['finding']): Found => ({ state: 'ok', finding })
/** The agent looks at it itself, on the screen. */
const inUse: Found = { state: 'unknown', finding: { code: 'storeInUse' } }
const failed = (failure: Failure): Found => ({ state: 'failed', finding: { code: 'failure', failure } })

/** Program, settings and disk. */
export function settingsChecks(ports: ComputerPorts): readonly Check[] {
  const { version, dataDir, room = roomOf } = ports
  return [
    { name: 'version', run: async () => good({ code: 'version', version, node: process.versions.node }) },
    {
      name: 'settings',
      async run() {
        const said = await ports.settings()
        if ('failure' in said) return failed(said.failure)
        const { fallback, mode, isFile, nextStart } = said
        if (fallback) {
          return { state: 'failed', finding: { code: 'settingsFallback', failure: fallback }, carriesOn: true }
        }
        return good({ code: 'settingsRead', mode, isFile, nextStart: [...nextStart] })
      },
    },
    {
      name: 'disk',
      async run() {
        const failure = await ports.folder()
        if (failure) return failed(failure)
        const bytes = await room(dataDir)
        const megabytes = bytes === null ? null : Math.floor(bytes / 1_000_000)
        if (megabytes === null || megabytes >= little) return good({ code: 'diskRoom', megabytes: megabytes ?? 0 })
        return { state: megabytes < tooLittle ? 'failed' : 'warning', finding: { code: 'diskLow', megabytes } }
      },
    },
  ]
}

/** What is stored, here or at the site's server. */
export function storedChecks(ports: ComputerPorts): readonly Check[] {
  let stored: Awaited<ReturnType<ComputerPorts['stored']>> | null = null
  const look = async () => {
    stored ??= await ports.stored()
    return stored
  }
  return [
    {
      name: 'key',
      after: ['disk'],
      async run() {
        const { failure, isNew } = await look()
        if (failure?.code === 'STORE_KEY_WRONG' || failure?.code === 'STORE_KEY_MISSING') return failed(failure)
        return isNew ? { state: 'unused', finding: { code: 'nothingStored' } } : good({ code: 'keyThere' })
      },
    },
    {
      name: 'database',
      after: ['key', 'server', 'serverRights'],
      async run() {
        const { failure, isNew, isHeld, isLeftHere } = await look()
        // Also beside a desk that is alone.
        if (!failure && ports.isUnmerged?.()) return { state: 'warning', finding: { code: 'storeUnmerged' } }
        if (isHeld) return inUse
        if (isNew) return { state: 'unused', finding: { code: 'nothingStored' } }
        if (failure && !isAboutAudit(failure)) return failed(failure)
        return isLeftHere ? { ...failed({ code: 'STORE_LEFT_HERE' }), state: 'warning' } : good({ code: 'storeWhole' })
      },
    },
    {
      name: 'audit',
      after: ['database'],
      async run() {
        const { failure, isNew, isHeld } = await look()
        if (isHeld) return inUse
        if (isNew) return { state: 'unused', finding: { code: 'nothingStored' } }
        return failure && isAboutAudit(failure)
          ? { state: 'failed', finding: { code: 'auditBroken' } }
          : good({ code: 'auditWhole' })
      },
    },
  ]
}

/** As the store says it where every page is whole and the chain is not. */
const isAboutAudit = ({ code, detail }: Failure) => code === 'STORE_DAMAGED' && detail?.field === 'audit'

/** One that is not there yet will lie on the disk of the folder above. */
async function roomOf(folder: string): Promise<number | null> {
  if (!existsSync(folder) && dirname(folder) !== folder) return roomOf(dirname(folder))
  const { blocks, bavail, bsize } = await statfs(folder)
  return blocks === 0 ? null : bavail * bsize
}
