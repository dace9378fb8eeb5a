// Who may come in by which door. An invitation is a token for one door that works once; what it is exchanged for is a key
// that the page keeps to itself and shows with every call. A key opens the one door it is for: whoever has the patient's
// page has nothing of the desk's.
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Door, doors } from './doors.ts'

/** What may outlive a fault of the agent: hashes, with which nobody gets in, and the page they are for. */
const keptKeysSchema = z.array(z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), page: z.string() })).max(1_000)
export type KeptKeys = z.infer<typeof keptKeysSchema>

/** Kept keys from the text that was passed on; none where it is no such text. */
export function readKeptKeys(text: string | undefined): KeptKeys {
  try {
    return keptKeysSchema.parse(JSON.parse(text ?? '[]'))
  } catch {
    return []
  }
}

export interface DoorKeys {
  /** A token that can be exchanged once. */
  invite(door: Door): string
  /** The key for an invitation; null: there is none such, or not any more. */
  enter(token: string): string | null
  /** The door that a key opens. */
  doorOf(key: string): Door | undefined
  /** For the agent that comes after this one, so that its pages need no new invitation. */
  kept(): KeptKeys
}

const secret = () => randomBytes(32).toString('base64url')

/** Only hashes are kept and looked up, so the time an answer takes says nothing about what is kept. */
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

export function createDoorKeys(kept: KeptKeys = []): DoorKeys {
  const invitations = new Map<string, Door>()
  const keys = new Map<string, Door>()
  for (const { hash, page } of kept) {
    const door = doors.find((one) => one.page === page)
    if (door) keys.set(hash, door)
  }
  return {
    invite(door) {
      const token = secret()
      invitations.set(hashOf(token), door)
      return token
    },
    enter(token) {
      const hash = hashOf(token)
      const door = invitations.get(hash)
      if (!door) return null
      invitations.delete(hash)
      const key = secret()
      keys.set(hashOf(key), door)
      return key
    },
    doorOf: (key) => keys.get(hashOf(key)),
    kept: () => [...keys].map(([hash, { page }]) => ({ hash, page })),
  }
}
