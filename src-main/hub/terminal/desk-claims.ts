// Whose a result of the terminal is, among desks that may all think that it is theirs: a folder for each result, which only one
// of them can rename into its place. It lies there for whoever comes later, also when its desk has ended in the middle.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { systemCode } from '../../ground/system-error.ts'
import { type FolderFiles, folderFailure } from './folder-files.ts'
import { takenNames } from './request-folder.ts'

export type DeskFiles = Pick<
  FolderFiles,
  'list' | 'state' | 'read' | 'write' | 'rename' | 'remove' | 'makeShared' | 'removeFolder'
>

/** What a result is claimed by; the same for every desk, and telling nothing about anybody. */
export const claimKey = (name: string, sha256: string): string =>
  createHash('sha256').update(`${name}\n${sha256}`).digest('hex').slice(0, 40)

/** So many claims are kept; then the older half goes. A result is read again within a day at most. */
const mostClaims = 4_000

export const isRefusal = (error: unknown): boolean => ['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '')

/** All throw what the system says. `own`: the folder that the desks share; `desk`: this one's id; `owner`: for whom it claims. */
export function createClaims(own: string, desk: string, owner: string, files: DeskFiles) {
  const claims = join(own, 'claims')

  /**
   * Whose the result is, ours if it was nobody's. A folder that is not empty is never replaced by a rename, on no system:
   * of several desks one comes first. What holds a claim in its place has its owner for its name.
   */
  function ownerOf(key: string): 'ours' | 'theirs' | null {
    const place = join(claims, key)
    if (files.state(place) === null) {
      if (files.state(claims) === null) files.makeShared(claims, own)
      const temporary = join(own, `claim-${desk}.tmp`)
      // One that was left lying by an end in between.
      if (files.state(temporary) === null) files.makeShared(temporary, own)
      files.write(join(temporary, owner), new Uint8Array(), own)
      try {
        files.rename(temporary, place)
      } catch (error) {
        // Somebody was first, or the share has failed: what lies there tells.
        folderFailure(error, 'madoguchi')
        if (files.state(place) === null) return null
      }
    }
    const owners = ownersOf(key)
    if (owners.includes(owner)) return 'ours'
    return owners.length > 0 ? 'theirs' : null
  }

  /** Nobody: none. A claim that this account may not even list is another account's. */
  function ownersOf(key: string): readonly string[] {
    try {
      const place = join(claims, key)
      return files.state(place) === null ? [] : files.list(place)
    } catch (error) {
      if (isRefusal(error)) return ['another account']
      throw error
    }
  }

  function tidyIn(folder: string): void {
    const names = files.state(folder) === null ? [] : files.list(folder)
    if (names.length <= mostClaims) return
    const byAge = names
      .map((name) => ({ path: join(folder, name), modifiedMs: files.state(join(folder, name))?.modifiedMs ?? 0 }))
      .toSorted((one, other) => one.modifiedMs - other.modifiedMs)
    for (const { path } of byAge.slice(0, mostClaims / 2)) {
      for (const name of files.list(path)) files.remove(join(path, name))
      files.removeFolder(path)
    }
  }

  return {
    /** null: the share does not say. */
    ownerOf,
    isOurs: (key: string) => ownersOf(key).includes(owner),
    tidy() {
      for (const folder of [claims, join(own, takenNames)]) tidyIn(folder)
    },
  }
}
