// Which desk this is among those of a site, or beside one terminal: the same after every restart, and no other one's, also where a
// computer was set up as a copy of another one with its data folder.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { writeDurably } from '../ground/durable-write.ts'

export interface DeskIdentity {
  readonly id: string
  /** How people call its computer. */
  readonly name: string
}

/** `computer`: its name. Throws what the system says of the data folder. */
export function deskIdentity(dataDir: string, computer: string = hostname()): DeskIdentity {
  const file = join(dataDir, 'desk-id')
  if (!existsSync(file)) writeDurably(file, randomUUID(), { mode: 0o600 })
  const own = readFileSync(file, 'utf8').trim()
  return { id: createHash('sha256').update(`${own}\n${computer}`).digest('hex').slice(0, 32), name: computer }
}
