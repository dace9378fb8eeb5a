// Who may come in by which door. An invitation is a token for one door that works once; what it is exchanged for is a key
// that the page keeps to itself and shows with every call. A key opens the one door it is for: whoever has the patient's
// page has nothing of the desk's.
import { createHash, randomBytes } from 'node:crypto'
import type { Door } from './doors.ts'

export interface DoorKeys {
  /** A token that can be exchanged once. */
  invite(door: Door): string
  /** The key for an invitation; null: there is none such, or not any more. */
  enter(token: string): string | null
  /** The door that a key opens. */
  doorOf(key: string): Door | undefined
}

const secret = () => randomBytes(32).toString('base64url')

/** Only hashes are kept and looked up, so the time an answer takes says nothing about what is kept. */
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

export function createDoorKeys(): DoorKeys {
  const invitations = new Map<string, Door>()
  const keys = new Map<string, Door>()
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
  }
}
