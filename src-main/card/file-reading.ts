// Reading a file of the card to its end: the first block says how long the content is, the rest is asked for in one
// sequence. Short reads of 256 bytes, which every card and reader knows.
import { fail, ok, type Result } from '../contract/result.ts'
import { commands, type Response } from './apdu.ts'
import type { CardFile } from './applications.ts'
import type { CardSession } from './session.ts'
import { statusWord } from './status-words.ts'

const block = 256

export interface FileLength {
  /** Length of the whole content in bytes, told by its first block; null if that cannot be such a content. */
  readonly of: (head: Uint8Array) => number | null
  /** Nothing of this kind is longer. */
  readonly limit: number
}

export const firstBlock = (file: CardFile) => ({ file, command: commands.readBinary(0, block) })

/** The content of `file`, whose first block has been answered. Errors: CARD_RESPONSE_INVALID and what a session says. */
export async function readOn(
  session: CardSession,
  file: CardFile,
  first: Response | undefined,
  length: FileLength,
): Promise<Result<Uint8Array>> {
  const head = first && contentOf(first, block)
  const total = head ? length.of(head) : null
  if (!head || total === null || total > length.limit) return fail('CARD_RESPONSE_INVALID')
  const content = Buffer.alloc(total)
  let filled = head.copy(content)
  // Twice what full blocks need: a card that answers in smaller pieces must not hold the desk.
  let reads = 2 * Math.ceil(total / block)
  while (filled < total) {
    const offsets = Array.from({ length: Math.ceil((total - filled) / block) }, (_, index) => filled + index * block)
    const blocks = await session.run(
      offsets.map((offset) => ({ file, command: commands.readBinary(offset, Math.min(block, total - offset)) })),
    )
    if (!blocks.ok) return blocks
    for (const [index, response] of blocks.value.entries()) {
      const data = contentOf(response, block)
      if (!data || reads === 0) return fail('CARD_RESPONSE_INVALID')
      reads -= 1
      // After a short one the offsets of the others do not fit any longer: they are asked for again.
      if (offsets[index] !== filled) break
      filled += data.copy(content, filled)
    }
  }
  return ok(new Uint8Array(content))
}

function contentOf({ data, status }: Response, asked: number): Buffer | null {
  const isFine =
    (status === statusWord.success || status === statusWord.endOfFile) && data.length > 0 && data.length <= asked
  return isFine ? Buffer.from(data) : null
}
