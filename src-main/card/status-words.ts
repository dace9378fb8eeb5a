// Every status word of the public documents (ISO/IEC 7816-4, 5.6, and what is known of this card) as what it means at the
// counter. Whatever is not named here is an answer that nobody can act on.
import type { FailureCode } from '../ground/failures.ts'

export const statusWord = {
  success: 0x9000,
  /** Fewer bytes than asked for: the end of the file. */
  endOfFile: 0x6282,
} as const

/** Some sources say the one, some the other. */
const blocked = [0x6983, 0x6984]
/** No such function, file, instruction or class: another card. */
const unsupported = [0x6a81, 0x6a82, 0x6d00, 0x6e00]

/**
 * Tries left as a VERIFY tells them, 0 for a blocked PIN; `all` when it has been verified, which sets the counter back.
 * null for any word that tells none.
 */
export function triesIn(status: number, all: number): number | null {
  if (status === statusWord.success) return all
  if (blocked.includes(status)) return 0
  const tries = status & 0xf
  return status >> 4 === 0x63c && tries <= all ? tries : null
}

/**
 * What any other refusal means. 6700 (length), 6982 (security status), 6985 and 6986 (conditions), 6A80 and 6A86 (data),
 * 6B00 (offset), 6281 and 6581 (memory), 6Fxx: a card that answers our commands so is damaged, or was disturbed.
 */
export const refusal = (status: number): FailureCode =>
  unsupported.includes(status) ? 'CARD_UNSUPPORTED' : 'CARD_RESPONSE_INVALID'
