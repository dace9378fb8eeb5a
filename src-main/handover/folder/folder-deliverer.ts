// A folder as a destination, on one port to the file system.
import { join } from 'node:path'
import { fail, ok } from '../../ground/result.ts'
import type { Deliverer } from '../deliverer.ts'
import { lookForFates } from './acknowledgement.ts'
import { deliverFiles, type FileTarget, fileTraits, isOurs, temporaryPathOf, together } from './bring-files.ts'
import { type FilePort, fileWork, find } from './durable-file.ts'
import { tryOutFolder } from './trial-file.ts'

export function createFolderDeliverer(target: FileTarget, files: FilePort): Deliverer {
  /** The folder as it was when a file of ours lay in it. */
  let known: string | null = null
  const shown = new Map<string, string>()

  return {
    ...fileTraits,
    async deliver(deliveries, ports) {
      const identity = await fileWork(deliveries[0]?.destination ?? '', () => files.identity(target.folder))
      if (!identity.ok) return [identity]
      const rows = together(deliveries, target)
      const outcomes = await deliverFiles(rows, target, { ...ports, files, identity: identity.value, shown })
      for (const [index, outcome] of outcomes.entries()) {
        if (!outcome.ok) continue
        known = identity.value
        shown.delete(rows[index]?.id ?? '')
      }
      return outcomes
    },
    async look(deliveries) {
      const looked = await lookForFates(deliveries, target, files, known)
      if (!looked.ok) return looked
      known = looked.value.known
      return ok(looked.value)
    },
    async names() {
      const names = await fileWork('', () => files.list(target.folder))
      if (!names.ok) return names
      return names.value === null ? fail('DESTINATION_MISSING') : ok(names.value)
    },
    async removeOurs(destination, ours) {
      const removed: string[] = []
      for (const file of ours) {
        const path = join(target.folder, file.fileName)
        const found = await find(destination, path, files)
        if (!found.ok) return found
        if (found.value.kind !== 'file' || !isOurs(found.value.content, file)) continue
        const gone = await fileWork(destination, async () => {
          await files.remove(path)
          if (target.endMarker) await files.remove(`${path}.end`)
        })
        if (!gone.ok) return gone
        removed.push(file.fileName)
      }
      return ok(removed)
    },
    clear: (delivery) => fileWork(delivery.destination, () => files.remove(temporaryPathOf(delivery, target))),
    tryOut: (destination) => tryOutFolder(destination, target.folder, files),
    async close() {},
  }
}
