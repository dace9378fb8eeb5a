// The card of one attempt, through what can happen to it on the reader: another program that holds it is waited for, and
// after a reset by somebody else it is opened anew, if it is still the same card. What was verified is gone then; a
// PIN that the card may already have judged is sent again only when no try went with the first time.
import type { CardAttributes } from '../card/attributes.ts'
import { type Holder, readAttributes, readHolder } from '../card/holder.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { type CardIdentity, type CounterCardOptions, createCardOpening } from './card-opening.ts'

/** Errors of every method: what the card says (CARD_, PIN_, FACE_CODE_), READER_UNAVAILABLE. */
export interface CounterCard {
  /** APDUs so far. */
  readonly apdus: number
  /** Instruction bytes, lengths and status words, for support. */
  readonly trace: readonly string[]
  identity(): Promise<Result<CardIdentity>>
  /** As Jpki.readIssuer. */
  issuer(): Promise<Result<Uint8Array>>
  /** 0 to 3; 0 means blocked. Spends nothing. */
  triesLeft(): Promise<Result<number>>
  /** As Jpki.sign; `pin` is wiped. */
  sign(challenge: Uint8Array, pin: Uint8Array, options: { readonly spendLastTry: boolean }): Promise<Result<Uint8Array>>
  /** As readHolder; `number` is wiped. */
  readHolder(number: Uint8Array, options: { readonly spendLastTry: boolean }): Promise<Result<Holder>>
  /** As readAttributes in card/holder.ts; `pin` is wiped. */
  readAttributes(pin: Uint8Array, options: { readonly spendLastTry: boolean }): Promise<Result<CardAttributes>>
  /** Resets the card and lets go of it; what is under way ends. May be repeated. */
  end(): Promise<void>
}

export function openCounterCard(options: CounterCardOptions): CounterCard {
  const { sessions, withCard, end } = createCardOpening(options)
  let tries: number | null = null

  const triesLeft = async () => {
    const left = await withCard(({ jpki }) => jpki.triesLeft())
    tries = left.ok ? left.value : null
    return left
  }

  return {
    get apdus() {
      return sessions.reduce((sum, session) => sum + session.apdus, 0)
    },
    get trace() {
      return sessions.flatMap((session) => session.trace)
    },
    identity: () => withCard(async ({ identity }) => ok(identity)),
    issuer: () => withCard(({ jpki }) => jpki.readIssuer()),
    triesLeft,
    async sign(challenge, pin, options) {
      try {
        const before = tries === null ? await triesLeft() : ok(tries)
        if (!before.ok) return before
        let isAgain = false
        const signed = await withCard(async ({ jpki }) => {
          const left = isAgain ? await jpki.triesLeft() : before
          if (!left.ok) return left
          // The card had judged it before the reset, and it was wrong.
          if (left.value < before.value) return fail('PIN_WRONG', { triesLeft: left.value })
          isAgain = true
          return jpki.sign(challenge, Uint8Array.from(pin), options)
        })
        tries = null
        return signed
      } finally {
        pin.fill(0)
      }
    },
    async readHolder(number, options) {
      try {
        // Not sent again after a reset: it may have cost a try, and whoever typed it can look again.
        return await withCard(({ session }) => readHolder(session, Uint8Array.from(number), options), 0)
      } finally {
        number.fill(0)
      }
    },
    async readAttributes(pin, options) {
      try {
        // As with the number: typed again rather than sent again.
        return await withCard(({ session }) => readAttributes(session, Uint8Array.from(pin), options), 0)
      } finally {
        pin.fill(0)
      }
    },
    end,
  }
}
