// A folder as a destination, on one port to the file system.
import { join } from 'node:path'
import { ok } from '../contract/result.ts'
import { lookForFates } from './acknowledgement.ts'
import { type Deliverer, deliverFile, type FileTarget, temporaryName } from './delivery.ts'
import { type FilePort, fileWork } from './durable-file.ts'

export function createFolderDeliverer(target: FileTarget, files: FilePort): Deliverer {
  /** The folder as it was when a file of ours lay in it. */
  let known: string | null = null

  return {
    async deliver(delivery, ports) {
      const identity = await fileWork(delivery.destination, () => files.identity(target.folder))
      if (!identity.ok) return identity
      const delivered = await deliverFile(delivery, target, { ...ports, files })
      if (delivered.ok) known = identity.value
      return delivered
    },
    async look(deliveries) {
      const looked = await lookForFates(deliveries, target, files, known)
      if (!looked.ok) return looked
      known = looked.value.known
      return ok(looked.value.fates)
    },
    unfinished: () =>
      fileWork('', async () => {
        const names = await files.list(target.folder)
        const suffix = temporaryName('')
        return names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length))
      }),
    clear: (delivery) =>
      fileWork(delivery.destination, () => files.remove(temporaryName(join(target.folder, delivery.fileName)))),
    async close() {},
  }
}
