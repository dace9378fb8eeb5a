// Who may read what this program writes. Its own files are for their owner alone, whatever the user's umask says; a file that
// is meant for another program gets its mode by itself, because the umask takes it away. Windows has no modes: there the
// data folder lies in the user's own profile.
import { chmodSync, fchmodSync, lstatSync } from 'node:fs'

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

/** What is handed over can be read by the folder's group, for instance by a receipt computer under a user of its own. */
export function letGroupRead(handle: number): void {
  try {
    fchmodSync(handle, 0o640)
  } catch {
    // Many shares have no modes: there the server decides alone.
  }
}
