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

export interface DeliveryPorts {
  readonly payload: () => Promise<Uint8Array | null>
  /** Commits the state `publishing`. */
  readonly commitPublishing: () => Promise<Result<void>>
}

/**
 * Brings one row into `folder` (absolute path). `ok`: the file is or was there whole. Errors: transient DESTINATION_ codes
 * (try again later, nothing is lost), DESTINATION_CONFLICT and DELIVERY_UNVERIFIED (a person decides), STORE_ codes.
 */
export type Deliver = (delivery: DeliveryRecord, folder: string, ports: DeliveryPorts) => Promise<Result<void>>

export interface Deliverer {
  /** Not before the last one is through. */
  readonly deliver: Deliver
  /** Lets go of what it runs on, at once. */
  close(): Promise<void>
}

export async function deliver(
  delivery: DeliveryRecord,
  folder: string,
  ports: DeliveryPorts & { readonly files: FilePort },
): Promise<Result<void>> {
  const { files } = ports
  const { destination } = delivery
  const final = join(folder, delivery.fileName)
  const temporary = `${final}.tmp`
  const isOurs = (content: Uint8Array) => createHash('sha256').update(content).digest('hex') === delivery.sha256
  const refuse = (code: Failure['code']) => fail(code, { destination })

  const publish = async (): Promise<Result<void>> => {
    const published = await fileWork(destination, async () => {
      await files.rename(temporary, final)
      await files.syncFolder(folder)
      return files.read(final)
    })
    if (!published.ok) return published
    // Gone already: the receipt computer was quicker than our look.
    return published.value === null || isOurs(published.value) ? ok(undefined) : refuse('DELIVERY_UNVERIFIED')
  }

  const found = await fileWork(destination, () => files.read(final))
  if (!found.ok) return found
  if (found.value) {
    if (!isOurs(found.value)) return refuse('DESTINATION_CONFLICT')
    // Renamed by a run that ended there: the name may not be on the disk yet.
    return fileWork(destination, () => files.syncFolder(folder))
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
