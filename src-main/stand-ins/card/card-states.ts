// How many tries every sample card has left for each of its PINs, kept in one small file across restarts, as a real card
// keeps them. The file knows persona ids and numbers, nothing else. Deleting it gives every card its first state back.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { removeLeftovers, writeDurably } from '../../ground/durable-write.ts'
import type { Persona } from '../people/persona.ts'
import { allTries, locks } from './card-files.ts'
import type { TryCounters } from './virtual-card.ts'

const statesSchema = z.record(z.string(), z.partialRecord(z.enum(locks), z.int().min(0).max(10)))
type States = z.infer<typeof statesSchema>

/** Programs that share the folder write it at the same time: only what is older was left by one that is gone. */
const leftoverMs = 60_000

export interface CardStates {
  /** The file could not be made sense of: every card has its first state again. */
  readonly wasDamaged: boolean
  tries(persona: Persona): TryCounters
}

export function openCardStates(folder: string): CardStates {
  const file = join(folder, 'card-states.json')
  removeLeftovers(file, leftoverMs)
  /** null: not there, or damaged. */
  const load = (): States | null => {
    try {
      return statesSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return null
    }
  }
  // Read at every use: a card on pcscd and one on the virtual reader may be the same sample card.
  const read = (): States => load() ?? {}
  const wasDamaged = load() === null && existsSync(file)
  if (wasDamaged) rmSync(file, { recursive: true, force: true })
  return {
    wasDamaged,
    tries({ id, triesLeft }) {
      const get: TryCounters['get'] = (lock) =>
        read()[id]?.[lock] ?? (lock === 'authenticationPin' ? triesLeft : allTries[lock])
      return {
        get,
        set(lock, tries) {
          if (get(lock) === tries) return
          const states = read()
          const next: States = { ...states, [id]: { ...states[id], [lock]: tries } }
          writeDurably(file, JSON.stringify(next), { mode: 0o600 })
        },
      }
    },
  }
}
