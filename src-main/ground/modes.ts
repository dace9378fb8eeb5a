// Who may read what this program writes. Its own files are for their owner alone, whatever the user's umask says; a file that
// is meant for another program gets its mode by itself, because the umask takes it away. Windows has no modes: there the
// data folder lies in the user's own profile.
import { chmodSync, chownSync, fchmodSync, fchownSync, fstatSync, lstatSync, type Stats, statSync } from 'node:fs'
import { systemCode } from './system-error.ts'

/** For the whole process, threads and children included: the first thing every entry does. */
export function keepFilesPrivate(): void {
  process.umask(0o077)
}

/** Takes away from files of an earlier version what others could do with them. Never throws, follows no link. */
export function mendModes(files: readonly string[]): void {
  for (const file of files) {
    try {
      const state = lstatSync(file)
      if (state.isFile() && (state.mode & 0o077) !== 0) chmodSync(file, 0o600)
    } catch {
      // Not there, or somebody else's: whoever opens it says so.
    }
  }
}

/**
 * What a file for another program may be, by the folder in which that one finds it: the folder's group reads it where the
 * group may list the folder, everybody where everybody may take files away.
 */
export const modeIn = (folder: Pick<Stats, 'mode'>): number =>
  0o600 | (folder.mode & 0o040) | (folder.mode & 0o002 ? 0o004 : 0)

/** Gives an open file the group of that folder, and lets in whom `modeIn` lets in, for instance a receipt computer under a user of its own. */
export function openToFolder(handle: number, folder: Stats): void {
  if (process.platform === 'win32') return
  const { mode, gid } = fstatSync(handle)
  if (gid !== folder.gid) unlessRefused(() => fchownSync(handle, -1, folder.gid))
  if ((mode & 0o777) !== modeIn(folder)) unlessRefused(() => fchmodSync(handle, modeIn(folder)))
}

/** Gives a folder that was made in another one its group and mode: whoever works there works in it, too. */
export function openLike(path: string, folder: Stats): void {
  if (process.platform === 'win32') return
  const { mode, gid } = statSync(path)
  const wanted = folder.mode & 0o3777
  if (gid !== folder.gid) unlessRefused(() => chownSync(path, -1, folder.gid))
  if ((mode & 0o3777) !== wanted) unlessRefused(() => chmodSync(path, wanted))
}

/** Many shares have no modes, or give every file those of their mount: there the server decides alone. */
function unlessRefused(change: () => void): void {
  try {
    change()
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(systemCode(error) ?? '')) throw error
  }
}
