// What stands in the folder that desks beside one terminal share: which of them takes the results. Written whole or not at all,
// and of no use to anybody after minutes.
import { join } from 'node:path'
import { z } from 'zod'
import { type DeskFiles, isRefusal } from './desk-claims.ts'
import type { FolderFiles } from './folder-files.ts'

const recordSchema = z.object({
  desk: z.string().min(1).max(100),
  name: z.string().max(200),
  beat: z.number().int(),
  /** For how long it has watched, in seconds: a length needs no common clock. */
  forS: z.number().min(0),
  /** How often it has gone from one desk to another. Whoever watched before may write once more, in the moment in which another
   * takes over: that record is the older one, although it came later. */
  term: z.number().int().min(0).default(0),
  /** It has ended in order. */
  hasLeft: z.boolean().default(false),
})
export type WatchRecord = z.infer<typeof recordSchema>

const recordName = 'watching.json'
/** A record is a few hundred bytes. */
const mostBytes = 4_096

/** All throw what the system says. `own`: the folder; `desk`: this one's id. */
export function createDeskRecord(own: string, desk: string, files: Pick<DeskFiles, 'read' | 'write' | 'rename'>) {
  const place = join(own, recordName)
  return {
    /** null: there is none, or none of ours. */
    read(): WatchRecord | null {
      // Once more: on Windows it may be out of sight while it is replaced.
      const bytes = files.read(place, mostBytes) ?? files.read(place, mostBytes)
      return bytes && recordOf(bytes)
    },
    write(record: WatchRecord): void {
      const temporary = join(own, `watching-${desk}.tmp`)
      files.write(temporary, Buffer.from(JSON.stringify(record)), own)
      for (let triesLeft = 3; ; triesLeft--) {
        try {
          files.rename(temporary, place)
          return
        } catch (error) {
          // Windows does so in the moment in which another desk reads.
          if (triesLeft === 0 || !isRefusal(error)) throw error
        }
      }
    },
  }
}

/** The computer of the desk whose record lies there; null: none watches. Throws what the system says. */
export function watcherIn(own: string, files: Pick<FolderFiles, 'read'>): string | null {
  const bytes = files.read(join(own, recordName), mostBytes)
  const record = bytes && recordOf(bytes)
  return record && !record.hasLeft ? record.name : null
}

/** null: no record, or none of ours; it is replaced. */
function recordOf(bytes: Uint8Array): WatchRecord | null {
  try {
    return recordSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch {
    return null
  }
}
