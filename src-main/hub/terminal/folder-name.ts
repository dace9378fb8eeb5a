// By what name the desks of a site know one folder of the terminal, which each of them may call differently (a drive, a share, a
// link): one that lies in it. Of several who would give it one the first does, as with a claim (desk-claims.ts).
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { DeskFiles } from './desk-claims.ts'
import { folderFailure } from './folder-files.ts'

/** Throws what the system says. `own`: the folder that the desks share; `desk`: this one's id. null: the share does not say. */
export function nameOfFolder(own: string, desk: string, files: DeskFiles): string | null {
  const place = join(own, 'name')
  const given = () => (files.state(place) === null ? null : (files.list(place).toSorted()[0] ?? null))
  const before = given()
  if (before !== null) return before
  const temporary = join(own, `name-${desk}.tmp`)
  if (files.state(temporary) === null) files.makeShared(temporary, own)
  // What an end in between has left lying is as good as another one.
  if (files.list(temporary).length === 0) files.write(join(temporary, randomUUID()), new Uint8Array(), own)
  try {
    files.rename(temporary, place)
  } catch (error) {
    // Somebody was first, or the share has failed: what lies there tells.
    folderFailure(error, 'madoguchi')
  }
  return given()
}
