// One card while it lies there, as its applications see it: every command is for a file of the table, and what has to be
// selected first goes out in the same sequence. Nothing is selected twice, because selecting an application anew drops
// what was verified in it.
import { fail, ok, type Result } from '../ground/result.ts'
import { commands, openChannel, type Response, shortLength } from './apdu.ts'
import type { CardFile } from './applications.ts'
import type { CardConnection } from './reader.ts'
import { refusal } from './status-words.ts'

/** One command and the file it is for. */
export interface Step {
  readonly file: CardFile
  readonly command: Uint8Array
}

export interface CardSession {
  /** APDUs answered so far. */
  readonly apdus: number
  /** As ApduChannel.trace. */
  readonly trace: readonly string[]
  /** Bytes that this card has given in one answer since it was laid: as many may be asked for at once. 256 to begin with. */
  longest: number
  /**
   * Runs steps in order, each on its file, and stops after the first that is not answered with 9000. Returns the
   * responses of the steps that were reached, at least one. Errors: CARD_UNSUPPORTED (no such application or file on
   * this card), CARD_REMOVED, CARD_RESET, CARD_RESPONSE_INVALID, READER_UNAVAILABLE.
   */
  run(steps: readonly Step[]): Promise<Result<readonly Response[]>>
}

export function openSession(connection: CardConnection): CardSession {
  const channel = openChannel(connection)
  let current: CardFile | null = null

  return {
    get apdus() {
      return channel.sent
    },
    trace: channel.trace,
    longest: shortLength,
    async run(steps) {
      const planned: { readonly command: Uint8Array; readonly file: CardFile; readonly isSelection: boolean }[] = []
      let standing = current
      for (const { file, command } of steps) {
        if (standing?.aid !== file.aid) {
          planned.push({ command: commands.selectApplication(file.aid), file, isSelection: true })
        }
        if (standing !== file) planned.push({ command: commands.selectFile(file.id), file, isSelection: true })
        planned.push({ command, file, isSelection: false })
        standing = file
      }
      // Known again when it is over.
      current = null
      const answered = await channel.send(planned.map(({ command }) => command))
      if (!answered.ok) return answered
      const last = planned[answered.value.length - 1]
      if (last?.isSelection) return fail(refusal(answered.value.at(-1)?.status ?? 0))
      current = last?.file ?? null
      return ok(answered.value.filter((_, index) => planned[index]?.isSelection === false))
    },
  }
}
