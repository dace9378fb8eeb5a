// How far the database had come, in a small sealed file beside it. SQLite ends its log at the first frame that does not
// fit: whatever was committed behind it is gone without a word. A database that is behind its anchor therefore proves that
// committed rows are missing; an anchor that is behind its database (a power cut, a kill between the two) proves nothing
// and does no harm. It also remembers the newest numbers of each day, so that none is ever given twice, whatever is lost.
//
// Two slots in turn, each in a disk block of its own, so that a torn write costs at most the newer state. Not synced with
// every commit: the system keeps what was written when the agent is killed, and after a power cut it is behind at worst.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { z } from 'zod'
import { writeDurably } from '../../ground/durable-write.ts'

export interface Progress {
  /** Transactions committed since there is an anchor. */
  readonly commits: number
  /** The last row of the audit trail and its hash; 0 and '': there is none. */
  readonly auditId: number
  readonly auditHash: string
  /** Up to this row the chain of the trail has been verified. */
  readonly verifiedId: number
  /** The last check found damage: the next opening looks at everything first. */
  readonly isSuspect: boolean
  /** The newest numbers given, of the days on which any was given last, the latest first. */
  readonly days: readonly DayNumbers[]
}

export interface DayNumbers {
  /** YYYY-MM-DD */
  readonly day: string
  /** 受付番号 */
  readonly visit: number
  /** Number of a request to the terminal. */
  readonly request: number
}

export interface Anchor {
  /** Moves it on to where the database is now. Never throws: an anchor left behind does no harm. */
  move(progress: Progress): void
  /** Puts it onto the disk. */
  sync(): void
  close(): void
}

const block = 4_096
/** What one disk writes at once or not at all. */
const slotBytes = 512
const sealBytes = 32
const keptDays = 8

/** Short names, so that a slot stays within one sector. `turn` counts the writes: the higher one is the newer slot. */
const slotSchema = z
  .object({
    turn: z.int(),
    commits: z.int(),
    audit: z.tuple([z.int(), z.string()]),
    verified: z.int(),
    suspect: z.boolean(),
    days: z.array(z.tuple([z.string(), z.int(), z.int()])),
  })
  .transform(({ turn, commits, audit: [auditId, auditHash], verified, suspect, days }) => ({
    turn,
    progress: {
      commits,
      auditId,
      auditHash,
      verifiedId: verified,
      isSuspect: suspect,
      days: days.map(([day, visit, request]): DayNumbers => ({ day, visit, request })),
    },
  }))

interface Slot {
  readonly turn: number
  readonly progress: Progress
}

/** Of the database's key, so that the two never meet. */
const sealingKey = (key: Uint8Array): Uint8Array => createHmac('sha256', key).update('madoguchi anchor').digest()

const sealOf = (sealing: Uint8Array, content: Uint8Array) => createHmac('sha256', sealing).update(content).digest()

function slotOf({ turn, progress }: Slot, sealing: Uint8Array): Uint8Array {
  const { commits, auditId, auditHash, verifiedId, isSuspect, days } = progress
  const text = JSON.stringify({
    turn,
    commits,
    audit: [auditId, auditHash],
    verified: verifiedId,
    suspect: isSuspect,
    days: days.slice(0, keptDays).map(({ day, visit, request }) => [day, visit, request]),
  })
  const content = Buffer.from(text.padEnd(slotBytes - sealBytes), 'latin1')
  return Buffer.concat([sealOf(sealing, content), content])
}

/** Null: not sealed with this key, or torn. */
function readSlot(bytes: Uint8Array, sealing: Uint8Array): Slot | null {
  const seal = bytes.subarray(0, sealBytes)
  const content = bytes.subarray(sealBytes)
  if (bytes.length !== slotBytes || !timingSafeEqual(seal, sealOf(sealing, content))) return null
  return slotSchema.safeParse(JSON.parse(Buffer.from(content).toString('latin1'))).data ?? null
}

function readSlots(file: string, key: Uint8Array): Slot | null {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch {
    return null
  }
  const slots = [0, block].map((from) => readSlot(bytes.subarray(from, from + slotBytes), sealingKey(key)))
  return slots.reduce((newest, slot) => (slot && slot.turn > (newest?.turn ?? -1) ? slot : newest), null)
}

/** What a whole anchor under this key says; null: there is none, it is damaged, or the key is another one. */
export const readAnchor = (file: string, key: Uint8Array): Progress | null => readSlots(file, key)?.progress ?? null

/** Lays the anchor where the database is now, anew or over an earlier one. Throws what the file system says. */
export function layAnchor(file: string, key: Uint8Array, progress: Progress): Anchor {
  let turn = (readSlots(file, key)?.turn ?? 0) + 1
  let last = progress
  const sealing = sealingKey(key)
  const bytes = Buffer.alloc(block + slotBytes)
  for (const from of [0, block]) bytes.set(slotOf({ turn, progress }, sealing), from)
  writeDurably(file, bytes, { mode: 0o600 })
  const handle = openSync(file, 'r+')
  return {
    move(progress) {
      if (progress === last) return
      turn++
      try {
        writeSync(handle, slotOf({ turn, progress }, sealing), 0, slotBytes, (turn % 2) * block)
        last = progress
      } catch {
        // The next commit tries again.
      }
    },
    sync() {
      try {
        fsyncSync(handle)
      } catch {
        // As above.
      }
    },
    close: () => closeSync(handle),
  }
}

/** The newest numbers of a day, zeros where it is not known. */
export const numbersOf = ({ days }: Progress, day: string): DayNumbers =>
  days.find((known) => known.day === day) ?? { day, visit: 0, request: 0 }

/** A day's numbers have gone on; the day that has stood still the longest is forgotten. */
export const withNumbers = (progress: Progress, numbers: DayNumbers): Progress => ({
  ...progress,
  days: [numbers, ...progress.days.filter(({ day }) => day !== numbers.day)].slice(0, keptDays),
})
