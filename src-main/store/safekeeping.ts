// Once a day everything that is stored is looked at, and a copy is put aside; a second time when the agent ends, so that
// the copy of a day holds the whole day. Only what has just been found whole is copied, so that damage never pushes the
// good copies out. The end of the audit trail is noted beside each copy, also where the copies themselves are a server's matter. It takes
// its turn when nobody is being checked in.
import { randomBytes } from 'node:crypto'
import { constants, copyFile, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Clock, clinicDay } from '../ground/clock.ts'
import { makeFolderBeside, takeNameBeside } from '../ground/durable-beside.ts'
import { type Log, stackOf } from '../ground/log.ts'
import { type Failure, Refusal, type Result } from '../ground/result.ts'
import { noteHead } from './audit-heads.ts'
import { onDisk } from './data-folder.ts'
import { laterName, listCopies, nextCopy, removeOldCopies } from './sqlite/copies.ts'
import type { Upkeep } from './upkeep.ts'

/** Of a data folder. */
export const copiesOf = (dataDir: string): string => join(dataDir, 'backup')

export interface Safekeeping {
  /** What the last look has found, or what kept the copy from being made. */
  failures(): readonly Failure[]
  close(): Promise<void>
}

export interface SafekeepingPorts {
  readonly store: Pick<Upkeep, 'check' | 'copyTo' | 'commits' | 'auditHead'>
  /** Where the copies go, and where each goes besides. */
  readonly folder: string
  readonly otherFolder: string | null
  readonly clock: Clock
  readonly log: Log
  /** Nobody is waiting at the counter. */
  readonly isIdle: () => boolean
  readonly changed: () => void
  /** From the start to the first look for a quiet moment, and between two. */
  readonly pauseMs?: { readonly first: number; readonly between: number } | undefined
}

export function createSafekeeping(ports: SafekeepingPorts): Safekeeping {
  const { store, folder, clock, log, pauseMs = { first: 300_000, between: 60_000 } } = ports
  const places = [folder, ports.otherFolder]
  let failure: Failure | null = null
  let copiedAt: number | null = null
  let checkedOn: string | null = null
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  /** What ends right after its start (a look at the deliveries, one check-in) makes no copy. */
  let hasSettled = false

  const keep = async (): Promise<void> => {
    const day = clinicDay(clock.now())
    const before = store.commits()
    const checked = await store.check()
    log.write({ event: 'storeChecked', ...(!checked.ok && { code: checked.error.code }) })
    failure = checked.ok ? null : checked.error
    checkedOn = day
    if (!checked.ok) return ports.changed()
    // It lies on a server, and so do its copies: what this desk keeps of it is where its trail ends.
    if (!store.copyTo) {
      const noted = await noteEnd(store, day, places)
      if (!noted.ok) failure = noted.error
      else copiedAt = before
      return ports.changed()
    }
    const copied = await keepCopy(store, store.copyTo, day, folder, ports.otherFolder)
    log.write({ event: 'storeCopied', ...(!copied.ok && { code: copied.error.code }) })
    if (copied.ok) copiedAt = before
    else failure = { code: 'STORE_COPY_FAILED' }
    ports.changed()
  }

  const run = (): Promise<void> => {
    running ??= keep()
      .catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) }))
      .finally(() => {
        running = null
      })
    return running
  }

  const isDue = (): boolean => {
    const day = clinicDay(clock.now())
    return checkedOn !== day && listCopies(folder)[0]?.day !== day && ports.isIdle()
  }

  const look = async () => {
    hasSettled = true
    if (isDue()) await run()
    timer = setTimeout(look, pauseMs.between).unref()
  }
  timer = setTimeout(look, pauseMs.first).unref()

  return {
    failures: () => (failure ? [failure] : []),
    async close() {
      clearTimeout(timer)
      await running
      clearTimeout(timer)
      if (!hasSettled || failure?.code === 'STORE_DAMAGED' || copiedAt === store.commits()) return
      if (store.copyTo) await run()
      // Nobody waits for a look at a whole site; what cannot be noted now is noted tomorrow.
      else await noteEnd(store, clinicDay(clock.now()), places)
    },
  }
}

/**
 * Makes the copy of a day, in its folder and in the other one (null: there is none), and notes the end of the audit trail beside
 * it. Returns where it is. Errors: STORE_ codes.
 */
export async function keepCopy(
  store: Pick<Upkeep, 'auditHead'>,
  copyTo: NonNullable<Upkeep['copyTo']>,
  day: string,
  folder: string,
  otherFolder: string | null,
): Promise<Result<string>> {
  const made = nextCopy(folder, day)
  const copied = await copyTo(made)
  if (!copied.ok) return copied
  await removeOldCopies(folder)
  return onDisk(async () => {
    const file = otherFolder === null ? made : await copyBesides(made, otherFolder)
    await noteHeads(store, day, [folder, otherFolder])
    return file
  })
}

type Heads = Pick<Upkeep, 'auditHead'>

/** Notes the end of the audit trail outside the database. Errors: STORE_ codes. */
async function noteEnd(store: Heads, day: string, folders: readonly (string | null)[]): Promise<Result<void>> {
  try {
    return await onDisk(() => noteHeads(store, day, folders))
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.failure }
    throw error
  }
}

async function noteHeads(store: Heads, day: string, folders: readonly (string | null)[]) {
  const head = await store.auditHead()
  for (const each of folders) if (head && each !== null) await noteHead(each, { day, ...head })
}

/**
 * A folder that holds later numbers than ours (our own copies were lost with their disk) has the say: the copy gets the
 * number after them, or it would count as the oldest, there and for whoever goes back to the newest.
 */
async function copyBesides(made: string, folder: string): Promise<string> {
  await makeFolderBeside(folder)
  const file = laterName(made, await readdir(folder))
  if (file !== made) await rename(made, file)
  const target = join(folder, basename(file))
  const temporary = `${target}.${randomBytes(8).toString('hex')}.tmp`
  try {
    // A share that is slow holds up nobody: all of this waits beside the event loop. No link that lies there is followed.
    await copyFile(file, temporary, constants.COPYFILE_EXCL)
    await takeNameBeside(temporary, target)
  } finally {
    await rm(temporary, { force: true })
  }
  await removeOldCopies(folder)
  return file
}
