// Reading a file of the card to its end: the first block says how long the content is, the rest is asked for in one
// sequence. Short reads of 256 bytes, which every card and reader knows; longer ones only as far as this card has given as
// much at once since it was laid.
import { fail, ok, type Result } from '../ground/result.ts'
import { commands, type Response, shortLength } from './apdu.ts'
import type { CardFile } from './applications.ts'
import type { CardSession } from './session.ts'
import { statusWord } from './status-words.ts'

export interface FileLength {
  /** Length of the whole content in bytes, told by its first block; null if that cannot be such a content. */
  readonly of: (head: Uint8Array) => number | null
  /** Nothing of this kind is longer. */
  readonly limit: number
}

export const firstBlock = (file: CardFile) => ({ file, command: commands.readBinary(0, shortLength) })

/** What the first block is and says; null if it is none of such a file. */
export function lengthTold(
  first: Response | undefined,
  { of, limit }: FileLength,
): { readonly head: Buffer; readonly total: number } | null {
  const head = first && contentOf(first, shortLength)
  const total = head ? of(head) : null
  return head && total !== null && total <= limit ? { head, total } : null
}

/** The content of `file`, whose first block has been answered. Errors: CARD_RESPONSE_INVALID and what a session says. */
export async function readOn(
  session: CardSession,
  file: CardFile,
  first: Response | undefined,
  length: FileLength,
): Promise<Result<Uint8Array>> {
  const told = lengthTold(first, length)
  if (!told) return fail('CARD_RESPONSE_INVALID')
  const { head, total } = told
  const content = Buffer.alloc(total)
  let filled = head.copy(content)
  // A card or reader that gives less than asked for is asked for no more than it gave.
  let piece = head.length < shortLength ? head.length : session.longest
  // Commands, twice what full blocks need: a card that answers in crumbs must not hold the desk.
  let budget = 2 * Math.ceil(total / shortLength)
  while (filled < total && budget > 0) {
    const asked = piece
    const count = Math.min(Math.ceil((total - filled) / asked), budget)
    const offsets = Array.from({ length: count }, (_, index) => filled + index * asked)
    const blocks = await session.run(
      offsets.map((offset) => ({ file, command: commands.readBinary(offset, Math.min(asked, total - offset)) })),
    )
    if (!blocks.ok) return blocks
    budget -= blocks.value.length
    for (const [index, response] of blocks.value.entries()) {
      const data = contentOf(response, asked)
      if (asked > shortLength && !isWhole(response, Math.min(asked, total - filled))) {
        session.longest = shortLength
        piece = shortLength
        break
      }
      if (!data) return fail('CARD_RESPONSE_INVALID')
      // After a short one the offsets of the others do not fit any longer: they are asked for again.
      if (offsets[index] !== filled) break
      filled += data.copy(content, filled)
      if (filled < total) piece = Math.min(piece, data.length)
    }
  }
  return filled < total ? fail('CARD_RESPONSE_INVALID') : ok(new Uint8Array(content))
}

const isWhole = ({ data, status }: Response, asked: number) => status === statusWord.success && data.length === asked

export function contentOf({ data, status }: Response, asked: number): Buffer | null {
  const isFine =
    (status === statusWord.success || status === statusWord.endOfFile) && data.length > 0 && data.length <= asked
  return isFine ? Buffer.from(data) : null
}
