// Who has a data folder open. The database's own lock keeps a second agent out, in whatever session it runs; this note tells
// whoever is refused where the first one is: a terminal server has several people's sessions. It is read only while the
// lock is held, and whoever holds it has written it: one of a program that was killed misleads nobody.
import { readFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { writeDurably } from '../ground/durable-write.ts'

const holderSchema = z.object({ user: z.string().max(200), computer: z.string().max(200) })
type Holder = z.infer<typeof holderSchema>

export const holderName = 'held-by.json'

function ourselves(): Holder {
  try {
    return { user: userInfo().username, computer: hostname() }
  } catch {
    // A user without a name, in a container.
    return { user: '', computer: hostname() }
  }
}

/** By whoever has just got the lock. What cannot be noted is not told. */
export function noteHolder(dataDir: string, holder: Holder = ourselves()): void {
  try {
    writeDurably(join(dataDir, holderName), `${JSON.stringify(holder)}\n`, { mode: 0o600 })
  } catch {
    // A full disk: the opening itself has said so, or there is nothing to say.
  }
}

/** Who else holds it, as a person is told; null: this user at this computer, or nobody knows. */
export function otherHolder(dataDir: string): string | null {
  try {
    const { user, computer } = holderSchema.parse(JSON.parse(readFileSync(join(dataDir, holderName), 'utf8')))
    const own = ourselves()
    if (computer !== own.computer) return user ? `${computer} の ${user}` : computer
    return user !== own.user && user ? user : null
  } catch {
    return null
  }
}
