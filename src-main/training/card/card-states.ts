// How many PIN tries every sample card has left, kept in one small file across restarts, as a real card keeps them. The
// file knows persona ids and numbers, nothing else. Deleting it gives every card its first state back.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Persona } from '../personas.ts'
import type { TryCounter } from './virtual-card.ts'

const statesSchema = z.record(z.string(), z.int().min(0).max(3))

export interface CardStates {
  tries(persona: Persona): TryCounter
}

export function openCardStates(folder: string): CardStates {
  const file = join(folder, 'card-states.json')
  // Read at every use: a card on pcscd and one on the virtual reader may be the same sample card.
  const read = (): Record<string, number> => {
    try {
      return statesSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return {}
    }
  }
  return {
    tries: ({ id, triesLeft }) => ({
      get: () => read()[id] ?? triesLeft,
      set(tries) {
        const states = read()
        if ((states[id] ?? triesLeft) === tries) return
        writeFileSync(`${file}.tmp`, JSON.stringify({ ...states, [id]: tries }), { mode: 0o600 })
        renameSync(`${file}.tmp`, file)
      },
    }),
  }
}
