// Brings one outbox row into its destination's folder, exactly once, whenever and wherever the program was stopped.
//
//   queued      write name.tmp, fsync                          → commit `publishing`
//   publishing  rename to name (never over another), fsync     → read back → commit `delivered`
//
// The commit in the middle is what makes a restart decidable. Found `queued`, the name was never shown: start anew.
// Found `publishing`, the temporary file says that the rename is still to come, the final name that it has happened.
// Both gone: the receipt computer has taken the file, or the folder is another one (a share that is not mounted yet
// after the power came back leaves an empty folder in its place). That cannot be told apart, so nothing is written and
// nothing is called delivered: a person looks. A second import, or a lost one, would be worse than a question.
// The folder is not synced before the commit: should a power failure take the temporary file's name away on a file system
// that does not keep it with the content, the same question is asked.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type Failure, fail, ok, type Result } from '../contract/result.ts'
import type { DeliveryRecord } from '../store/store.ts'
import { type FilePort, fileWork } from './durable-file.ts'

/** How a folder takes its files. */
export interface FileTarget {
  /** Absolute path. */
  readonly folder: string
  /** An empty file `<name>.end` says that the file is whole. */
  readonly endMarker: boolean
  /** Every row lands under one and the same name (`receipt.txt`), and waits until the file before it has been taken. */
  readonly sharedName: boolean
}

export interface DeliveryPorts {
  readonly payload: () => Promise<Uint8Array | null>
  /** Commits the state `publishing`. */
  readonly commitPublishing: () => Promise<Result<void>>
}

/**
 * Brings one row to its destination. `delivered`: it is or was there whole; `acknowledged`: and has been taken in.
 * Errors: by their class. Transient ones (DESTINATION_ codes) are tried again later, nothing is lost; ambiguous ones
 * (DESTINATION_CONFLICT, DELIVERY_UNVERIFIED) are for a person; permanent ones mean that the destination refuses.
 */
type Deliver = (delivery: DeliveryRecord, ports: DeliveryPorts) => Promise<Result<'delivered' | 'acknowledged'>>

/** What became of a file that was delivered. `refused`: the receipt computer has put its name under `err/`. */
export type Fate = 'waiting' | 'acknowledged' | 'refused'

export interface Deliverer {
  /** Not before the last one is through. */
  readonly deliver: Deliver
  /** The fates of delivered rows, in their order. Errors: transient ones (the destination cannot be looked at now). */
  look(deliveries: readonly DeliveryRecord[]): Promise<Result<readonly Fate[]>>
  /** Names of files that were begun and never shown: ours, or another program's. Errors: as above. */
  unfinished(): Promise<Result<readonly string[]>>
  /** Removes what a crash has left of a row that is not wanted any more. */
  clear(delivery: DeliveryRecord): Promise<Result<void>>
  /** Lets go of what it runs on, at once. */
  close(): Promise<void>
}

/** Bytes that are left to the receipt computer on a disk that is nearly full: its own work must not stop because of us. */
const roomForOthers = 1_048_576

export const temporaryName = (name: string) => `${name}.tmp`

export async function deliverFile(
  delivery: DeliveryRecord,
  target: FileTarget,
  ports: DeliveryPorts & { readonly files: FilePort },
): Promise<Result<'delivered'>> {
  const { files } = ports
  const { destination } = delivery
  const { folder } = target
  const final = join(folder, delivery.fileName)
  const temporary = temporaryName(final)
  const isOurs = (content: Uint8Array) => createHash('sha256').update(content).digest('hex') === delivery.sha256
  const refuse = (code: Failure['code']) => fail(code, { destination })

  /** The name is there: whatever must follow it. Doing it again changes nothing. */
  const finish = async () => {
    if (target.endMarker) await files.writeDurably(`${final}.end`, new Uint8Array())
    await files.syncFolder(folder)
  }

  const publish = async (): Promise<Result<'delivered'>> => {
    const published = await fileWork(destination, async () => {
      await files.rename(temporary, final)
      await finish()
      return files.read(final)
    })
    if (!published.ok) return published
    // Gone already: the receipt computer was quicker than our look.
    return published.value === null || isOurs(published.value) ? ok('delivered') : refuse('DELIVERY_UNVERIFIED')
  }

  const found = await fileWork(destination, () => files.read(final))
  if (!found.ok) return found
  if (found.value) {
    if (!isOurs(found.value)) return refuse(target.sharedName ? 'DESTINATION_NOT_TAKEN' : 'DESTINATION_CONFLICT')
    // Renamed by a run that ended there: the name may not be on the disk yet.
    const finished = await fileWork(destination, finish)
    return finished.ok ? ok('delivered') : finished
  }

  if (delivery.state === 'publishing') {
    const prepared = await fileWork(destination, () => files.read(temporary))
    if (!prepared.ok) return prepared
    if (prepared.value && isOurs(prepared.value)) return publish()
    if (prepared.value === null) {
      const isFolder = await fileWork(destination, () => files.isFolder(folder))
      if (!isFolder.ok) return isFolder
      return refuse(isFolder.value ? 'DELIVERY_UNVERIFIED' : 'DESTINATION_MISSING')
    }
    // Damaged since it was written; the name was never shown, so it is simply written again.
  }

  const payload = await ports.payload()
  if (payload === null) return refuse('DELIVERY_UNVERIFIED')
  const room = await fileWork(destination, () => files.room(folder))
  if (!room.ok) return room
  if (room.value !== null && room.value < payload.length + roomForOthers) return refuse('DESTINATION_FULL')
  const prepared = await fileWork(destination, async () => {
    try {
      await files.writeDurably(temporary, payload)
    } catch (error) {
      // A torn temporary file would only take room on a full disk.
      await files.remove(temporary).catch(() => undefined)
      throw error
    }
  })
  if (!prepared.ok) return prepared
  const committed = await ports.commitPublishing()
  return committed.ok ? publish() : committed
}
