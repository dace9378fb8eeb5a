// Practice in a clinic that is live: it has a folder of its own, so that nothing invented ever lies beside patients, and it
// lasts for one start of the desk, so that nobody forgets the clinic in it. It is asked for on the screen; the next start takes
// the wish away before it does anything else, and the one after it is live again, whatever becomes of the practice.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from '../ground/durable-write.ts'
import { makeFolder } from '../ground/make-folder.ts'
import { fail, ok, type Result } from '../ground/result.ts'

const wishFile = (dataDir: string) => join(dataDir, 'practice-next')
const markFile = (dataDir: string) => join(dataDir, 'practice-of-live')

export const isPracticeNext = (dataDir: string): boolean => existsSync(wishFile(dataDir))

/** Whether this is the folder in which a clinic that is live practises. */
export const isPractice = (dataDir: string): boolean => existsSync(markFile(dataDir))

/** The next start of the desk practises, or does not after all. Errors: STORE_UNWRITABLE. */
export function wishPractice(dataDir: string, isWanted: boolean): Result<void> {
  try {
    if (isWanted) writeDurably(wishFile(dataDir), '', { mode: 0o600 })
    else rmSync(wishFile(dataDir), { force: true })
    return ok(undefined)
  } catch {
    return fail('STORE_UNWRITABLE')
  }
}

/** Where a desk works that starts now: the data folder, or for this once the folder for practice in it. */
export function folderAtStart(dataDir: string): string {
  if (!isPracticeNext(dataDir)) return dataDir
  const folder = join(dataDir, 'practice')
  try {
    rmSync(wishFile(dataDir))
    makeFolder(folder)
    writeDurably(markFile(folder), '', { mode: 0o600 })
    return folder
  } catch {
    // Patients come, whether somebody wanted to practise or not.
    return dataDir
  }
}
