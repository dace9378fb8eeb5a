// The end of the audit trail, noted outside the database with each day's copy: beside the copies, and where the copies go besides. A trail
// that was cut at its end, or written anew as a whole, hangs together; and whoever has the key can write another anchor
// (sqlite/anchor.ts). They cannot undo what was noted on another disk or computer. One line each, only ever added: the day,
// the number of the last row, its hash, which says nothing of what is in it.
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolderBeside, syncFolderBeside } from '../ground/durable-beside.ts'
import { systemCode } from '../ground/system-error.ts'

export interface AuditHead {
  /** YYYY-MM-DD */
  readonly day: string
  /** The last row then. */
  readonly id: number
  readonly hash: string
}

export const headsOf = (folder: string): string => join(folder, 'audit-heads.txt')

const linePattern = /^(\d{4}-\d{2}-\d{2}) (\d+) ([0-9a-f]{64})$/

/**
 * Those of a folder, as they were noted; a torn line is none. null: something lies there, and no head can be read in it, which is not
 * the same as that nothing was noted yet.
 */
export async function readHeads(folder: string): Promise<readonly AuditHead[] | null> {
  const text = await textOf(headsOf(folder))
  const heads = (text ?? '').split('\n').flatMap((line) => {
    const [, day, id, hash] = linePattern.exec(line) ?? []
    return day && id && hash ? [{ day, id: Number(id), hash }] : []
  })
  return text === null || (heads.length === 0 && text.trim() !== '') ? null : heads
}

/** null: it cannot be read. */
async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? '' : null
  }
}

/** Adds one, where it is not there yet. Throws what the file system says. */
export async function noteHead(folder: string, head: AuditHead): Promise<void> {
  const known = await readHeads(folder)
  if (known?.some(({ day, id, hash }) => day === head.day && id === head.id && hash === head.hash)) return
  await makeFolderBeside(folder)
  const handle = await open(headsOf(folder), 'a', 0o600)
  try {
    // On a line of its own also behind a torn one.
    await handle.writeFile(`\n${head.day} ${head.id} ${head.hash}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  // It may have been made just now.
  await syncFolderBeside(folder)
}
