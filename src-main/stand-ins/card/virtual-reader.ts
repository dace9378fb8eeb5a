// A card reader in process, for training and tests: sample cards are laid on it and taken away by a call.
import { type CardConnection, type ReaderStatus, type Readers, transmitInOrder } from '../../card/reader.ts'
import { createListeners } from '../../ground/listeners.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { TrainingPki } from '../certificates/pki.ts'
import type { Persona } from '../people/persona.ts'
import { openCardStates } from './card-states.ts'
import { type LyingCard, layWithDisturbances } from './disturbances.ts'
import { noQuirks, type Quirks } from './quirks.ts'
import { createVirtualCard } from './virtual-card.ts'

export interface VirtualReader extends Readers {
  /** Lays a sample card on the reader, in place of the one that lies there. Errors: REQUEST_INVALID. */
  insert(persona: string): Result<void>
  remove(): void
  inserted(): string | null
  /** Unplugged, it is no reader of the computer any more; a card on it has been taken away. */
  setPlugged(isPlugged: boolean): void
  /** What the cards remembered could not be read: they begin anew. */
  readonly forgot: boolean
  /** How the cards behave that are laid from now on. */
  setQuirks(quirks: Partial<Quirks>): void
}

export function createVirtualReader(options: {
  readonly pki: TrainingPki
  readonly folder: string
  readonly personaById: (id: string) => Persona | undefined
}): VirtualReader {
  const name = 'トレーニング用リーダー'
  const states = openCardStates(options.folder)
  const listeners = createListeners<[readers: readonly ReaderStatus[]]>()
  let lying: { readonly persona: string; readonly card: LyingCard } | null = null
  let quirks = noQuirks
  let isPlugged = true

  const list = (): readonly ReaderStatus[] => (isPlugged ? [{ name, state: lying ? 'card' : 'empty' }] : [])
  const publish = () => listeners.tell(list())
  const remove = () => {
    if (!lying) return
    lying = null
    publish()
  }

  return {
    forgot: states.wasDamaged,
    list,
    onChange: listeners.add,
    async connect() {
      if (!isPlugged) return fail('READER_UNAVAILABLE')
      if (!lying) return fail('CARD_NOT_PRESENT')
      const { card } = lying
      const isGone = () => lying?.card !== card
      card.reset()
      const connection: CardConnection = {
        transmit: (commands) =>
          transmitInOrder(commands, async (command) => {
            if (isGone()) return fail('CARD_REMOVED')
            const answer = await card.transmit(command)
            return answer && !isGone() ? ok(answer) : fail('CARD_REMOVED')
          }),
        async end() {
          card.reset()
        },
      }
      return ok(connection)
    },
    insert(id) {
      const persona = options.personaById(id)
      const card = options.pki.cards.get(id)
      if (!persona || !card) return fail('REQUEST_INVALID', { field: 'persona' })
      remove()
      const virtual = createVirtualCard({ card, persona, tries: states.tries(persona), quirks })
      lying = { persona: id, card: layWithDisturbances(virtual, quirks, remove) }
      publish()
      return ok(undefined)
    },
    remove,
    inserted: () => lying?.persona ?? null,
    setPlugged(now) {
      if (now === isPlugged) return
      remove()
      isPlugged = now
      publish()
    },
    setQuirks(changed) {
      quirks = { ...noQuirks, ...changed }
    },
    async close() {
      listeners.clear()
    },
  }
}
