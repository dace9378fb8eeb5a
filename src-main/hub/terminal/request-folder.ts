// How a request gets to the linking application: written whole in a folder of our own on the same file system, then
// moved into `req`. A name that is already there belongs to another program and is never replaced.
import { dirname, join } from 'node:path'
import { fail, ok, type Result } from '../../ground/result.ts'
import { type FolderFiles, folderFailure } from './folder-files.ts'

/** Absolute paths; `staging` on the same file system as `req`. Crosses into a thread. */
export interface RequestTarget {
  readonly req: string
  readonly res: string
  readonly staging: string
}

/** A folder for each name that one of the desks has used. */
export const takenNames = 'requests'

/**
 * `answers`: names that the answer may have. Returns whether the name was free; nothing is written where it, or an answer
 * of that name, is already there. Errors: TERMINAL_FOLDER_ codes.
 */
export function putRequest(
  target: RequestTarget,
  request: { readonly name: string; readonly answers: readonly string[]; readonly content: Uint8Array },
  files: FolderFiles,
): Result<boolean> {
  const { name, answers, content } = request
  try {
    // `req` is the terminal's: when it is not there, nothing is made in its place. And without `res` nobody can say
    // whether there is an answer of that name.
    files.list(target.req)
    if (files.state(target.res) === null) return fail('TERMINAL_FOLDER_MISSING', { field: 'res' })
    const taken = [join(target.req, name), ...answers.map((answer) => join(target.res, answer))]
    if (taken.some((path) => files.state(path) !== null)) return ok(false)
    files.makeShared(target.staging, dirname(target.staging))
    // Another desk beside the terminal may number in the same way, and look in the same moment.
    const names = join(target.staging, takenNames)
    files.makeShared(names, target.staging)
    if (!files.makeShared(join(names, name), names)) return ok(false)
    const temporary = join(target.staging, `${name}.tmp`)
    files.write(temporary, content, target.req)
    try {
      files.rename(temporary, join(target.req, name))
    } catch (error) {
      files.remove(temporary)
      throw error
    }
    return ok(true)
  } catch (error) {
    return { ok: false, error: folderFailure(error, 'req') }
  }
}

/** What a folder thread is asked to write. */
export type RequestFile = Parameters<typeof putRequest>[1]
