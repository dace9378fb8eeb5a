// The card of one attempt as it is opened, and opened anew: a card that another program holds is waited for, one that was
// reset is read again and goes on only if it is the same, and a session that broke over extended length is begun once more
// with short reads.
import { setTimeout as pause } from 'node:timers/promises'
import type { LengthLessons, ReaderLengths } from '../card/extended-length.ts'
import { type Jpki, openJpki } from '../card/jpki.ts'
import type { CardConnection, Readers } from '../card/reader.ts'
import { type CardSession, openSession } from '../card/session.ts'
import type { Token } from '../card/token.ts'
import type { FailureCode } from '../ground/failures.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'

export interface CardIdentity {
  readonly token: Token
  /** User-authentication certificate, DER. */
  readonly certificate: Uint8Array
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

export interface CardOpening {
  /** All that there have been, the one of now last. */
  readonly sessions: readonly CardSession[]
  /** Runs `part` on the open card; when it is reset meanwhile, once more on the card opened anew, `limit` times. */
  withCard<T>(part: (card: OpenCard) => Promise<Result<T>>, limit?: number): Promise<Result<T>>
  /** Resets the card and lets go of it; what is under way ends. May be repeated. */
  end(): Promise<void>
}

export function createCardOpening(options: CounterCardOptions): CardOpening {
  let connection: CardConnection | null = null
  let card: OpenCard | null = null
  let known: CardIdentity | null = null
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

  return {
    sessions,
    withCard,
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
