// What can happen to a card on its way to the reader: slowness, being pulled, garbage, silence. Around any card, for both
// transports.
import type { Quirks } from './quirks.ts'
import type { VirtualCard } from './virtual-card.ts'

export interface LyingCard extends Pick<VirtualCard, 'atr' | 'reset'> {
  /** null: there will be no answer. `reset`: the reader has lost the card over the command, and finds it again. */
  transmit(command: Uint8Array): Promise<Uint8Array | 'reset' | null>
}

/** READ BINARY with an Le of extended length. */
const isLongRead = (command: Uint8Array) => command[1] === 0xb0 && command.length === 7

/** One laying of `card` on a reader; `pull` takes it away. */
export function layWithDisturbances(
  card: VirtualCard,
  {
    delay,
    pulledAt,
    garbageAt,
    muteAt,
    extended,
  }: Pick<Quirks, 'delay' | 'pulledAt' | 'garbageAt' | 'muteAt' | 'extended'>,
  pull: () => void,
): LyingCard {
  let commands = 0
  return {
    atr: card.atr,
    reset: card.reset,
    async transmit(command) {
      const index = commands++
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
      if (index === pulledAt) pull()
      if ((pulledAt !== undefined && index >= pulledAt) || (muteAt !== undefined && index >= muteAt)) return null
      if (extended === 'reset' && isLongRead(command)) return 'reset'
      if (extended === 'removed' && isLongRead(command)) return null
      const answer = card.transmit(command)
      return index === garbageAt ? garbage() : answer
    },
  }
}

/** Two to a few hundred bytes: anything shorter would be no answer at all. */
const garbage = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(258))
  return bytes.slice(0, 2 + (bytes[0] ?? 0))
}
