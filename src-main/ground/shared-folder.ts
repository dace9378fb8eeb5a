// A file that another program takes from a folder others can write in: made anew under its name, never through a link that
// somebody has laid there, for whom files of that folder are meant, and on the disk before anybody is told of it.
import { closeSync, constants, fsyncSync, mkdirSync, openSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from './durable-write.ts'
import { modeIn, openLike, openToFolder } from './modes.ts'
import { systemCode, unlessMissing } from './system-error.ts'

/** Windows knows no such flag; there a link shows only to whoever looks for it. */
export const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW

/**
 * `readers`: the folder whose files it shall be like. What bore the name before is taken away. Throws what the system says.
 */
export function writeShared(path: string, content: Uint8Array, readers: string): void {
  const folder = statSync(readers)
  unlessMissing(() => unlinkSync(path), undefined)
  // Exclusive: what somebody puts there in this moment, a link above all, is refused and not written through.
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, modeIn(folder))
  try {
    openToFolder(file, folder)
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes one folder for whoever works in the folder `like`; false: it was there. Throws what the system says. */
export function makeSharedFolder(path: string, like: string): boolean {
  const folder = statSync(like)
  try {
    mkdirSync(path)
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
  openLike(path, folder)
  syncFolder(dirname(path))
  return true
}
