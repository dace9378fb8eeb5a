// Card readers in process, for training and tests: sample cards are laid on them and taken away by a call.
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
  /**
   * Lays a sample card on the reader, in place of the one that lies there; `reader`: the first where none is named. Errors:
   * REQUEST_INVALID.
   */
  insert(persona: string, reader?: string): Result<void>
  remove(reader?: string): void
  inserted(reader?: string): string | null
  /** Unplugged, the first is no reader of the computer any more; a card on it has been taken away. */
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
  /** Besides the first. */
  readonly others?: readonly string[]
}): VirtualReader {
  const first = 'トレーニング用リーダー'
  const names = [...new Set([first, ...(options.others ?? [])])]
  const states = openCardStates(options.folder)
  const listeners = createListeners<[readers: readonly ReaderStatus[]]>()
  const lying = new Map<string, { readonly persona: string; readonly card: LyingCard }>()
  let quirks = noQuirks
  let isPlugged = true

  const list = (): readonly ReaderStatus[] =>
    (isPlugged ? names : names.slice(1)).map((name) => ({ name, state: lying.has(name) ? 'card' : 'empty' }))
  const publish = () => listeners.tell(list())
  const remove = (reader = first) => {
    if (lying.delete(reader)) publish()
  }

  return {
    forgot: states.wasDamaged,
    list,
    onChange: listeners.add,
    async connect(reader) {
      if (!isPlugged && reader === first) return fail('READER_UNAVAILABLE')
      const there = lying.get(reader)
      if (!there) return fail('CARD_NOT_PRESENT')
      const { card } = there
      const isGone = () => lying.get(reader)?.card !== card
      card.reset()
      let isReset = false
      const connection: CardConnection = {
        carriesExtended: true,
        transmit: (commands) =>
          transmitInOrder(commands, async (command) => {
            if (isGone()) return fail('CARD_REMOVED')
            const answer = isReset ? 'reset' : await card.transmit(command)
            isReset = answer === 'reset'
            if (answer === 'reset') return fail('CARD_RESET')
            return answer && !isGone() ? ok(answer) : fail('CARD_REMOVED')
          }),
        async end() {
          card.reset()
        },
      }
      return ok(connection)
    },
    insert(id, reader = first) {
      const persona = options.personaById(id)
      const card = options.pki.cards.get(id)
      if (!persona || !card || !names.includes(reader)) return fail('REQUEST_INVALID', { field: 'persona' })
      // There is one of each card.
      for (const [name, { persona: other }] of lying) if (name === reader || other === id) remove(name)
      const virtual = createVirtualCard({ card, persona, tries: states.tries(persona), quirks })
      lying.set(reader, { persona: id, card: layWithDisturbances(virtual, quirks, () => remove(reader)) })
      publish()
      return ok(undefined)
    },
    remove,
    inserted: (reader = first) => lying.get(reader)?.persona ?? null,
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
