// What became of the files that were delivered. A receipt computer takes a file by deleting it; one that follows our
// specification may also leave its name under `ack/` or `err/`. One look at the three folders answers for all files.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { DeliveryRow } from '../../store/deliveries.ts'
import type { Fate, Look } from '../deliverer.ts'
import { type FileTarget, pathOf, unfinishedEnd } from './bring-files.ts'
import { type FilePort, fileWork } from './durable-file.ts'

/**
 * A file that has gone means that it was taken, but only if it is the same folder that it was put into: a share that is
 * not mounted shows an empty folder in its place. `known` is that folder's identity as this program has seen it with a
 * file of ours in it; null: not yet, then a missing file means nothing. Returns the identity to go on with. A folder that
 * is not there is no empty one. Errors: DESTINATION_ codes.
 */
export async function lookForFates(
  deliveries: readonly DeliveryRow[],
  target: FileTarget,
  files: FilePort,
  known: string | null,
): Promise<Result<Look & { readonly known: string | null }>> {
  const { folder } = target
  const destination = deliveries[0]?.destination ?? ''
  const looked = await fileWork(destination, async () => {
    const names = await files.list(folder)
    if (names === null) return null
    const here = new Set(names)
    // The receipt computer makes these two when it needs them.
    const [taken, refused] = await Promise.all(
      ['ack', 'err'].map(async (name) => new Set((await files.list(join(folder, name))) ?? [])),
    )
    const identity = await files.identity(folder)
    const shared = target.sharedName ? await contentOf(deliveries[0], folder, files) : null
    const isHere = ({ fileName, sha256 }: DeliveryRow) => (target.sharedName ? shared === sha256 : here.has(fileName))
    const isSame = known === identity || deliveries.some(isHere)
    const fateOf = (delivery: DeliveryRow): Fate => {
      if (refused?.has(delivery.fileName)) return 'refused'
      if (taken?.has(delivery.fileName)) return 'acknowledged'
      // It was put into another folder, before the destination moved: nothing here tells what has become of it.
      if (delivery.place !== null && delivery.place !== pathOf(delivery, target)) return 'waiting'
      return isSame && !isHere(delivery) ? 'acknowledged' : 'waiting'
    }
    const unfinished = names.filter((name) => name.endsWith(unfinishedEnd))
    return { fates: deliveries.map(fateOf), unfinished, known: isSame ? identity : known }
  })
  if (!looked.ok) return looked
  return looked.value === null ? fail('DESTINATION_MISSING', { destination }) : ok(looked.value)
}

/** Under a shared name lies one row's file or the other's: only its content tells. SHA-256 in hex, null: no file. */
async function contentOf(delivery: DeliveryRow | undefined, folder: string, files: FilePort): Promise<string | null> {
  const content = delivery ? await files.read(join(folder, delivery.fileName)) : null
  return content === null || content === 'other' ? null : createHash('sha256').update(content).digest('hex')
}
