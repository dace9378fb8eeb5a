// Two destinations of receipt.txt in one folder would wait for each other's file for ever, whatever the folder is called: by
// another case or another slash on Windows, by a drive letter here and its share there, through a link.
import { stat } from 'node:fs/promises'
import { posix, win32 } from 'node:path'
import type { Destination } from '../contract/destination.ts'
import { located } from './located.ts'

/** A share that does not answer in this time is not looked at: a start must not wait for it. */
const answerMs = 3_000

/** The same for names that a system takes for the same folder, without looking. */
export function folderName(folder: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return posix.join(folder, '/')
  // The long form of a path, as programs write it.
  const plain = folder.replaceAll('/', '\\').replace(/^\\\\\?\\(UNC\\)?/i, (_, unc) => (unc ? '\\\\' : ''))
  return win32.join(plain, '\\').toLowerCase()
}

const receiptFolders = (destinations: readonly Destination[]): readonly string[] =>
  destinations.flatMap((each) => (each.format === 'receipt' ? [each.folder] : []))

const hasTwice = (names: readonly string[]) => new Set(names).size < names.length

/** By what they are called. */
export const shareName = (destinations: readonly Destination[]): boolean =>
  hasTwice(receiptFolders(destinations).map((folder) => folderName(folder)))

/** By what they are; one that is away counts as another. `destinations`: as settings.json has them. */
export async function shareFolder(destinations: readonly Destination[], dataDir: string): Promise<boolean> {
  const folders = receiptFolders(destinations.map((each) => located(each, dataDir)))
  if (folders.length < 2) return false
  return hasTwice((await Promise.all(folders.map(folderIdentity))).filter((id) => id !== null))
}

/** What the system knows it by, whatever it is called; null: it is away. */
export async function folderIdentity(folder: string): Promise<string | null> {
  const { promise: late, resolve: giveUp } = Promise.withResolvers<null>()
  const timer = setTimeout(() => giveUp(null), answerMs)
  // NTFS numbers files beyond what a double holds.
  const known = stat(folder, { bigint: true }).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => null,
  )
  const found = await Promise.race([known, late])
  clearTimeout(timer)
  return found
}
