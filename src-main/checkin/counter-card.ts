// The card of one attempt, through what can happen to it on the reader: another program that holds it is waited for, and
// after a reset by somebody else it is opened anew, if it is still the same card. What was verified is gone then; a
// PIN that the card may already have judged is sent again only when no try went with the first time.
import { setTimeout as pause } from 'node:timers/promises'
import type { CardAttributes } from '../card/attributes.ts'
import type { LengthLessons, ReaderLengths } from '../card/extended-length.ts'
import { type Holder, readAttributes, readHolder } from '../card/holder.ts'
import { type Jpki, openJpki, type Token } from '../card/jpki.ts'
import type { CardConnection, Readers } from '../card/reader.ts'
import { type CardSession, openSession } from '../card/session.ts'
import type { FailureCode } from '../ground/failures.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'

interface CardIdentity {
  readonly token: Token
  /** User-authentication certificate, DER. */
  readonly certificate: Uint8Array
}

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

export interface CounterCardOptions {
  readonly readers: Readers
  readonly reader: string
  /** What cards and readers have taken so far. */
  readonly lengths: LengthLessons
  /** What holds the reading up and passes by itself, null when it has. */
  readonly onHold: (hold: Failure | null) => void
}

/** How long to wait before a card that another program holds is tried again, in milliseconds. */
const busyPauseMs = 400
/** A card that is reset again and again is no card to work with. */
const resetLimit = 3

/** What is said of a card that does not lie there any more. */
const gone: readonly FailureCode[] = ['CARD_NOT_PRESENT', 'CARD_REMOVED', 'READER_UNAVAILABLE']

interface OpenCard {
  readonly session: CardSession
  readonly jpki: Jpki
  readonly identity: CardIdentity
}

export function openCounterCard(options: CounterCardOptions): CounterCard {
  let connection: CardConnection | null = null
  let card: OpenCard | null = null
  let known: CardIdentity | null = null
  let tries: number | null = null
  const sessions: CardSession[] = []
  const ending = new AbortController()

  /** Resolves when nothing of this attempt is on the reader any more, whoever has begun to let go. */
  let letGo: Promise<void> = Promise.resolve()
  const drop = (): Promise<void> => {
    const dropped = connection
    connection = null
    card = null
    letGo = Promise.all([letGo, dropped?.end()]).then(() => undefined)
    return letGo
  }

  /** Of the first session alone: one that broke is begun anew with short reads, whatever it broke over. */
  let lengths: ReaderLengths | null = null

  const openOnce = async (): Promise<Result<OpenCard>> => {
    const connected = await connectWhenFree(options, ending)
    if (!connected.ok) return connected
    connection = connected.value
    const session = openSession(connection)
    const isFirst = sessions.push(session) === 1
    if (isFirst && connection.carriesExtended) lengths = options.lengths.on(options.reader)
    const jpki = openJpki(session, isFirst ? lengths : null)
    const identity = ending.signal.aborted ? fail('CARD_REMOVED') : await jpki.readCertificate()
    // Taken away and another one laid in its place: that is another patient's.
    const isOther = identity.ok && known !== null && !isSameCard(known, identity.value)
    if (!identity.ok || isOther) {
      await drop()
      return identity.ok ? fail('CARD_REMOVED') : identity
    }
    known = identity.value
    card = { session, jpki, identity: identity.value }
    return ok(card)
  }

  const open = async (): Promise<Result<OpenCard>> => {
    const isFirst = sessions.length === 0
    const opened = await openOnce()
    if (opened.ok || !isFirst || !lengths?.wasTried() || ending.signal.aborted) return opened
    // Card or reader did not bear extended length, or the card was taken away just then.
    const again = await openOnce()
    const isGone = !again.ok && gone.includes(again.error.code)
    lengths.broke(isGone && opened.error.code !== 'READER_UNAVAILABLE')
    return again.ok || again.error.code === 'CARD_RESET' ? again : opened
  }

  /** Runs `part` on the open card; when it is reset meanwhile, once more on the card opened anew. */
  const withCard = async <T>(part: (card: OpenCard) => Promise<Result<T>>, limit = resetLimit): Promise<Result<T>> => {
    for (let resets = 0; ; resets++) {
      const opened = card ? ok(card) : await open()
      const result = opened.ok ? await part(opened.value) : opened
      if (result.ok || result.error.code !== 'CARD_RESET') return result
      if (sessions.length === 1) lengths?.broke(true)
      await drop()
      if (resets === limit || ending.signal.aborted) return result
    }
  }

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
    async end() {
      if (!ending.signal.aborted) lengths?.ended()
      ending.abort()
      await drop()
    },
  }
}

/** Waits while another program holds the card: until it is free, gone, or nobody wants it any longer. */
async function connectWhenFree(
  { readers, reader, onHold }: CounterCardOptions,
  { signal }: AbortController,
): Promise<Result<CardConnection>> {
  for (let isHeld = false; !signal.aborted; isHeld = true) {
    const connected = await readers.connect(reader)
    if (connected.ok || connected.error.code !== 'CARD_BUSY') {
      if (isHeld) onHold(null)
      return connected
    }
    if (!isHeld) onHold(connected.error)
    await pause(busyPauseMs, undefined, { signal }).catch(() => undefined)
  }
  return fail('CARD_REMOVED')
}

const isSameCard = (a: CardIdentity, b: CardIdentity) => Buffer.from(a.certificate).equals(b.certificate)
