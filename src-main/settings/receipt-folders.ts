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

/** The first that is called as one before it; null: each has its own. */
export const sharedName = (destinations: readonly Destination[]): number | null =>
  firstTwice(destinations.map((each) => (each.format === 'receipt' ? folderName(each.folder) : null)))

/** The same by what they are; one that is away counts as another. `destinations`: as settings.json has them. */
export async function sharedFolder(destinations: readonly Destination[], dataDir: string): Promise<number | null> {
  const folders = destinations.map((each) => (each.format === 'receipt' ? located(each, dataDir).folder : null))
  if (folders.filter((folder) => folder !== null).length < 2) return null
  return firstTwice(await Promise.all(folders.map((folder) => (folder === null ? null : folderIdentity(folder)))))
}

function firstTwice(names: readonly (string | null)[]): number | null {
  const index = names.findIndex((name, at) => name !== null && names.indexOf(name) < at)
  return index < 0 ? null : index
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
