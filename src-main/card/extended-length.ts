// Extended length (ISO/IEC 7816-4, 5.1): one READ BINARY brings what takes one for every 256 bytes otherwise. Neither every
// card nor every reader takes it, and none says so in a way to rely on, so it is learned: by reader, and by what holds the
// key, which the card itself says. It is tried on a certificate only, which is free to read and comes before every VERIFY; a
// session that breaks over it is begun anew with short reads, and nothing but time is lost. Source of the ways in which it
// goes wrong: docs/decisions/0084-extended-length.md.
import { fail, ok, type Result } from '../ground/result.ts'
import { commands, type Response, shortLength } from './apdu.ts'
import type { CardFile } from './applications.ts'
import { contentOf, type FileLength, lengthTold } from './file-reading.ts'
import type { CardSession } from './session.ts'
import { statusWord } from './status-words.ts'
import type { Token } from './token.ts'

/** What is known of one reader while one card lies on it. */
export interface ReaderLengths {
  /** Bytes that have come whole in one answer, the most of all cards of this kind; 0: refused. null: nobody has tried yet. */
  longest(token: Token): number | null
  /** A command of extended length is about to go out. */
  trying(token: Token): void
  /** `longest`: as above. */
  learn(token: Token, longest: number): void
  /** Whether one has gone out in this session. */
  wasTried(): boolean
  /**
   * The session broke after one went out. `mayBeChance`: the card may just have been moved: where extended length has been
   * taken before, only the second session in a row is a lesson.
   */
  broke(mayBeChance: boolean): void
  /** The session is over. */
  ended(): void
}

export interface LengthLessons {
  /** For one session with one card. */
  on(reader: string): ReaderLengths
}

/** Kept in memory: it costs one command to learn it again, and is forgotten with the readers' drivers. No card's serial. */
export function createLengthLessons(): LengthLessons {
  const lessons = new Map<string, number>()
  /** Readers and kinds over which a session broke the last time. */
  const doubted = new Set<string>()
  return {
    on(reader) {
      const pair = (token: Token) => `${token} ${reader}`
      let tried: Token | null = null
      let isBroken = false
      return {
        longest: (token) => lessons.get(pair(token)) ?? null,
        trying(token) {
          tried = token
        },
        learn(token, longest) {
          lessons.set(pair(token), longest)
        },
        wasTried: () => tried !== null,
        broke(mayBeChance) {
          if (tried === null) return
          isBroken = true
          const key = pair(tried)
          const isDoubt = mayBeChance && (lessons.get(key) ?? 0) > 0 && !doubted.has(key)
          if (isDoubt) doubted.add(key)
          else lessons.set(key, 0)
        },
        ended() {
          if (tried !== null && !isBroken) doubted.delete(pair(tried))
        },
      }
    },
  }
}

export interface ReadingAtOnce {
  readonly file: CardFile
  /** The answer to the file's first block. */
  readonly first: Response | undefined
  readonly length: FileLength
  readonly lengths: ReaderLengths
  readonly token: Token
  /** Whether a content read so is one. */
  readonly isSound: (content: Uint8Array) => boolean
}

/**
 * What is left of a file in one READ BINARY with its exact length; null where it is to be read in short ones. The first time
 * that so many bytes are asked for, their end is read with a short one besides: there are readers that give as many as they
 * were asked for, and zeros for those that they cannot hold. Errors: what a session says.
 */
export async function readAtOnce(
  session: CardSession,
  { file, first, length, lengths, token, isSound }: ReadingAtOnce,
): Promise<Result<Uint8Array | null>> {
  const told = lengthTold(first, length)
  if (!told) return fail('CARD_RESPONSE_INVALID')
  const { head, total } = told
  const rest = total - head.length
  const known = lengths.longest(token)
  if (known === 0 || head.length < shortLength || rest <= shortLength) return ok(null)

  const isFirst = known === null || rest > known
  const read = (offset: number) => ({ file, command: commands.readBinary(offset, total - offset) })
  const before = session.apdus
  lengths.trying(token)
  const answered = await session.run([read(head.length), ...(isFirst ? [read(total - shortLength)] : [])])
  if (!answered.ok) return answered
  const [long, end] = answered.value
  const content = Buffer.concat([head, long?.data ?? new Uint8Array()])
  const isWhole = long?.status === statusWord.success && content.length === total && isSound(content)
  const isProved = !isFirst || (end && contentOf(end, shortLength)?.equals(content.subarray(total - shortLength)))
  // A card that only announces its answer is asked for it in short pieces all the same.
  const isFewer = session.apdus - before - (isFirst ? 1 : 0) < Math.ceil(rest / shortLength)
  const isTaken = isWhole && isProved === true
  lengths.learn(token, isTaken && isFewer ? Math.max(rest, known ?? 0) : 0)
  if (!isTaken) return ok(null)
  if (isFewer) session.longest = rest
  return ok(new Uint8Array(content))
}
