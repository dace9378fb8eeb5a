// The cards that lie on the readers, as the counter minds them: a card has one attempt, and another only when it is laid
// anew or somebody asks for it; so that nothing begins by itself twice with a card that was forgotten there.
import type { ReaderStatus, Readers } from '../card/reader.ts'

export interface LaidCardsPorts {
  readonly readers: Pick<Readers, 'list'>
  /** The reader cards are taken from while it is plugged in; null: any. */
  readonly chosenReader: () => string | null
  /** Readers that belong to another place are left alone; a card that lies there already can still be gone on with. */
  readonly isMine: (reader: string) => boolean
  /** Nobody is at the desk: a card is left alone. */
  readonly isLocked: () => boolean
  /** Cards are laid for another reason than a visit: none begins with them, then or later. */
  readonly isAside: () => boolean
}

export type LaidCards = ReturnType<typeof createLaidCards>

export function createLaidCards({ readers, isMine, chosenReader, isLocked, isAside }: LaidCardsPorts) {
  /** Readers whose card has already had its attempt. */
  const seen = new Set<string>()

  /** Readers with a card, of those that count: the chosen one if that is plugged in. */
  const laid = (list: readonly ReaderStatus[] = readers.list()) => {
    const chosen = chosenReader()
    const mine = list.filter(({ name }) => isMine(name))
    const used = mine.some(({ name }) => name === chosen) ? mine.filter(({ name }) => name === chosen) : mine
    return used.filter(({ state }) => state === 'card')
  }

  return {
    liesOn: (reader: string): boolean => readers.list().some(({ name, state }) => name === reader && state === 'card'),
    isAny: (): boolean => laid().length > 0,
    /** The reader of a card that has not had its attempt. */
    next(list?: readonly ReaderStatus[]): string | null {
      if (isLocked()) return null
      if (isAside()) for (const { name } of laid(list)) seen.add(name)
      return laid(list).find(({ name }) => !seen.has(name))?.name ?? null
    },
    /** The card on this reader has its attempt now; whether it has lain there since its last one. */
    see(reader: string): boolean {
      const wasSeen = seen.has(reader)
      seen.add(reader)
      return wasSeen
    },
    /** The card of the attempt on this reader still lies there. */
    isSeen: (reader: string): boolean => seen.has(reader),
    /** Whatever is laid on a reader without a card is laid anew. */
    forgetGone(list: readonly ReaderStatus[]): void {
      for (const name of [...seen]) {
        if (!list.some((reader) => reader.name === name && reader.state === 'card')) seen.delete(name)
      }
    },
  }
}
