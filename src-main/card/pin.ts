// The care for a PIN of the card: the tries left are read before one is sent, the last one needs consent, a blocked one
// is never sent, and its bytes are wiped whatever happens.
import { fail, ok, type Result } from '../ground/result.ts'
import { commands, type Response } from './apdu.ts'
import type { CardFile } from './applications.ts'
import type { CardSession, Step } from './session.ts'
import { refusal, statusWord, triesIn } from './status-words.ts'

export interface Pin {
  /** 0 means blocked. Spends nothing. Errors: what a session says, CARD_RESPONSE_INVALID. */
  triesLeft(): Promise<Result<number>>
  /**
   * Sends `pin`, which is wiped, and when it is right the steps behind it; returns the responses of those.
   * Errors: PIN_FORMAT, PIN_WRONG (with triesLeft), PIN_LAST_TRY (only one left and not allowed), PIN_BLOCKED.
   */
  verify(
    pin: Uint8Array,
    options: { readonly spendLastTry: boolean },
    then: readonly Step[],
  ): Promise<Result<readonly Response[]>>
}

export interface PinRules {
  readonly file: CardFile
  /** Number of ASCII digits. */
  readonly digits: number
  /** Tries of a card on which the last one was right. */
  readonly tries: number
}

export function createPin(session: CardSession, { file, digits, tries: allTries }: PinRules): Pin {
  let known: number | null = null

  /** Looked at as bytes: a string made of them could not be wiped. */
  const isPin = (bytes: Uint8Array) => bytes.length === digits && bytes.every((byte) => byte >= 0x30 && byte <= 0x39)

  const triesLeft = async (): Promise<Result<number>> => {
    const answered = await session.run([{ file, command: commands.verifyState() }])
    if (!answered.ok) return answered
    const [response] = answered.value
    const status = response?.status ?? 0
    known = triesIn(status, allTries)
    return known === null ? fail(refusal(status)) : ok(known)
  }

  const send = async (pin: Uint8Array, spendLastTry: boolean, then: readonly Step[]) => {
    if (!isPin(pin)) return fail('PIN_FORMAT')
    const tries = known === null ? await triesLeft() : ok(known)
    if (!tries.ok) return tries
    if (tries.value === 0) return fail('PIN_BLOCKED', { triesLeft: 0 })
    if (tries.value === 1 && !spendLastTry) return fail('PIN_LAST_TRY', { triesLeft: 1 })
    const command = commands.verify(pin)
    // From here on the count is only known again when the card says so.
    known = null
    const answered = await session.run([{ file, command }, ...then]).finally(() => command.fill(0))
    if (!answered.ok) return answered
    const [verified, ...responses] = answered.value
    const status = verified?.status ?? 0
    known = triesIn(status, allTries)
    if (known === null) return fail(refusal(status))
    if (status === statusWord.success) return ok(responses)
    return known > 0 || status === 0x63c0
      ? fail('PIN_WRONG', { triesLeft: known })
      : fail('PIN_BLOCKED', { triesLeft: 0 })
  }

  return {
    triesLeft,
    verify: (pin, { spendLastTry }, then) => send(pin, spendLastTry, then).finally(() => pin.fill(0)),
  }
}
