// Whose folder it is in which this program keeps its own. In one that others can write to, any file of ours could be a link
// to somewhere else, or a settings file of somebody else's. A folder of our own is closed to them; another's is not used.
import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Whether something belongs to somebody else than the user we run as. Windows has no such owners: there the profile's rights hold. */
const isOthers = (uid: number): boolean => process.getuid !== undefined && uid !== process.getuid()

/**
 * Makes sure that only this user can write in a folder. Returns null, or what belongs to somebody else: `.` for the folder
 * itself, else the name of what lies in it (the system's own, a mount's lost+found for instance, does no harm). Throws what
 * the system says.
 */
export function foreignIn(folder: string): string | null {
  const { uid, mode } = statSync(folder)
  if (isOthers(uid)) return '.'
  if (process.getuid !== undefined && (mode & 0o022) !== 0) chmodSync(folder, 0o700)
  const foreign = (name: string) => {
    const entry = lstatSync(join(folder, name), { throwIfNoEntry: false })
    return entry !== undefined && entry.uid !== 0 && isOthers(entry.uid)
  }
  return readdirSync(folder).find(foreign) ?? null
}
