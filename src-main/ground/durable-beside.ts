// As durable-write.ts puts files onto the disk, for those that may lie on a share: however slow it is, all of it waits beside the event
// loop and holds up nobody.
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { cannotBeSynced } from './durable-write.ts'
import { systemCode } from './system-error.ts'

/**
 * A file that was written beside another one under a name of its own takes its name, once it is on the disk. Throws what
 * the system says.
 */
export async function takeNameBeside(written: string, file: string): Promise<void> {
  await syncBeside(written, 'r+')
  await rename(written, file)
  await syncFolderBeside(dirname(file))
}

/** Makes a folder and what is missing above it, on the disk before anything is put into it. Throws what the system says. */
export async function makeFolderBeside(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = resolve(folder); made !== dirname(resolve(first)); made = dirname(made)) {
    await syncFolderBeside(dirname(made))
  }
}

/** Puts a folder's entries onto the disk where the system can, as syncFolder of durable-write.ts. */
export async function syncFolderBeside(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  try {
    await syncBeside(folder, 'r')
  } catch (error) {
    if (!cannotBeSynced.includes(systemCode(error) ?? '')) throw error
  }
}

async function syncBeside(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
