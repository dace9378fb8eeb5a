// A card reader in process, for training and tests: sample cards are laid on it and taken away by a call.
import { type CardConnection, type ReaderStatus, type Readers, transmitInOrder } from '../../card/reader.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import { personaById } from '../personas.ts'
import type { TrainingPki } from '../pki.ts'
import { openCardStates } from './card-states.ts'
import { createVirtualCard, type VirtualCard } from './virtual-card.ts'

export interface VirtualReader extends Readers {
  /** Lays a sample card on the reader, in place of the one that lies there. Errors: REQUEST_INVALID. */
  insert(persona: string): Result<void>
  remove(): void
  inserted(): string | null
  /** Takes the card that lies there, or is laid next, away when it has answered so many more commands. */
  removeAfter(commands: number): void
}

export function createVirtualReader(options: { readonly pki: TrainingPki; readonly folder: string }): VirtualReader {
  const name = 'トレーニング用リーダー'
  const states = openCardStates(options.folder)
  const listeners = new Set<(readers: readonly ReaderStatus[]) => void>()
  let lying: { readonly persona: string; readonly card: VirtualCard } | null = null
  let commandsLeft = Number.POSITIVE_INFINITY

  const list = (): readonly ReaderStatus[] => [{ name, state: lying ? 'card' : 'empty' }]
  const publish = () => {
    for (const listener of listeners) listener(list())
  }
  const remove = () => {
    if (!lying) return
    lying = null
    commandsLeft = Number.POSITIVE_INFINITY
    publish()
  }

  return {
    list,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async connect() {
      if (!lying) return fail('CARD_NOT_PRESENT')
      const { card } = lying
      const isGone = () => lying?.card !== card
      card.reset()
      const connection: CardConnection = {
        transmit: (commands) =>
          transmitInOrder(commands, async (command) => {
            if (commandsLeft <= 0) remove()
            if (isGone()) return fail('CARD_REMOVED')
            commandsLeft -= 1
            return ok(card.transmit(command))
          }),
        async end() {
          card.reset()
        },
      }
      return ok(connection)
    },
    insert(id) {
      const persona = personaById(id)
      const card = options.pki.cards.get(id)
      if (!persona || !card) return fail('REQUEST_INVALID', { field: 'persona' })
      remove()
      lying = { persona: id, card: createVirtualCard({ card, pin: persona.pin, tries: states.tries(persona) }) }
      publish()
      return ok(undefined)
    },
    remove,
    inserted: () => lying?.persona ?? null,
    removeAfter(commands) {
      commandsLeft = commands
    },
    async close() {
      listeners.clear()
    },
  }
}
