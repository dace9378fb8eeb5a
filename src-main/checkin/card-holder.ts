// Who the card at the counter says it belongs to, read once more from the card that still lies there, when the hub could
// not be asked. For the sheet only: nothing of it is stored.
import type { CardAttributes } from '../card/attributes.ts'
import type { LengthLessons } from '../card/extended-length.ts'
import type { Readers } from '../card/reader.ts'
import { fail, type Result } from '../ground/result.ts'
import { openCounterCard } from './counter-card.ts'

/**
 * `certificate` (DER) is that of the visit's card: another card may lie there by now. `pin` is that of 券面事項入力補助.
 * Errors: CARD_NOT_PRESENT, those of a PIN, and what the card says.
 */
export async function readCardHolder(
  readers: Readers,
  {
    reader,
    lengths,
    certificate,
  }: { readonly reader: string; readonly lengths: LengthLessons; readonly certificate: Uint8Array },
  pin: string,
  options: { readonly spendLastTry: boolean },
): Promise<Result<CardAttributes>> {
  if (!readers.list().some(({ name, state }) => name === reader && state === 'card')) return fail('CARD_NOT_PRESENT')
  const card = openCounterCard({ readers, reader, lengths, onHold: () => undefined })
  try {
    const identity = await card.identity()
    if (!identity.ok) return identity
    if (!Buffer.from(certificate).equals(identity.value.certificate)) return fail('CARD_NOT_PRESENT')
    return await card.readAttributes(Buffer.from(pin, 'latin1'), options)
  } finally {
    await card.end()
  }
}
