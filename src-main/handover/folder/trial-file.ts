// The way of every file, gone once with one that is nobody's: written, put onto the disk, renamed as a finished file is,
// read back, and taken away again. Both of its names end as those of unfinished files do, which no receipt computer takes
// (docs/import-file.md), and nothing stands in it but what it is.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../ground/result.ts'
import { roomForOthers, unfinishedEnd } from './bring-files.ts'
import { type FilePort, fileWork } from './durable-file.ts'

const content = new TextEncoder().encode('Madoguchi trial file. It may be deleted.\r\n')

/** Errors: DESTINATION_ codes, DELIVERY_UNVERIFIED where what is read is not what was written. */
export async function tryOutFolder(destination: string, folder: string, files: FilePort): Promise<Result<void>> {
  const name = join(folder, `madoguchi-trial-${randomBytes(8).toString('hex')}`)
  const [begun, renamed] = [`${name}.1${unfinishedEnd}`, `${name}.2${unfinishedEnd}`]
  const clean = async () => {
    for (const path of [begun, renamed]) await files.remove(path)
  }
  const gone = await fileWork(destination, async () => {
    if (!(await files.isFolder(folder))) return fail('DESTINATION_MISSING', { destination })
    const room = await files.room(folder)
    if (room !== null && room < content.length + roomForOthers) return fail('DESTINATION_FULL', { destination })
    await files.writeDurably(begun, content)
    await files.rename(begun, renamed)
    await files.syncFolder(folder)
    const read = await files.read(renamed)
    const isSame = read instanceof Uint8Array && Buffer.compare(read, content) === 0
    return isSame ? ok(undefined) : fail('DELIVERY_UNVERIFIED', { destination })
  })
  const cleaned = await fileWork(destination, clean)
  if (!gone.ok) return gone
  return gone.value.ok ? cleaned : gone.value
}
