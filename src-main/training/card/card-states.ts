// How many tries every sample card has left for each of its PINs, kept in one small file across restarts, as a real card
// keeps them. The file knows persona ids and numbers, nothing else. Deleting it gives every card its first state back.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { removeLeftovers, writeDurably } from '../../ground/durable-write.ts'
import type { Persona } from '../persona.ts'
import { allTries, locks } from './card-files.ts'
import type { TryCounters } from './virtual-card.ts'

const statesSchema = z.record(z.string(), z.partialRecord(z.enum(locks), z.int().min(0).max(10)))
type States = z.infer<typeof statesSchema>

export interface CardStates {
  tries(persona: Persona): TryCounters
}

export function openCardStates(folder: string): CardStates {
  const file = join(folder, 'card-states.json')
  removeLeftovers(file)
  // Read at every use: a card on pcscd and one on the virtual reader may be the same sample card.
  const read = (): States => {
    try {
      return statesSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return {}
    }
  }
  return {
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
