// Extended length at the counter: where card and reader take it a check-in is shorter, and wherever they do not, in whatever
// way, the same person is identified with the same card, no try is spent, and it is not asked for again. What a reader bears
// is never found out after a VERIFY.
import { createHash, verify, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createLengthLessons, type LengthLessons } from '../../src-main/card/extended-length.ts'
import { type Readers, transmitInOrder } from '../../src-main/card/reader.ts'
import { verificationNumberB } from '../../src-main/card/verification-number.ts'
import { type CounterCard, openCounterCard } from '../../src-main/checkin/counter-card.ts'
import type { FailureCode } from '../../src-main/ground/failures.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import { allTries, locks } from '../../src-main/stand-ins/card/card-files.ts'
import { layWithDisturbances } from '../../src-main/stand-ins/card/disturbances.ts'
import { noQuirks, type Quirks, quirksSchema } from '../../src-main/stand-ins/card/quirks.ts'
import type { TrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { fault } from '../faults.ts'
import { sampleCard } from '../stand-ins/sample-card.ts'
import { must, testPki } from '../support.ts'

let pki: TrainingPki
beforeAll(async () => {
  pki = await testPki()
})

const extendedLe = (command: Uint8Array): number | null => {
  const [, instruction, , , first, high = 0, low = 0] = command
  return instruction === 0xb0 && command.length === 7 && first === 0 ? (high << 8) | low : null
}
const isVerify = (command: Uint8Array) => command[1] === 0x20 && command.length > 5

interface Sent {
  readonly connection: number
  readonly command: Uint8Array
  /** Bytes of the answer, 0 unless it was a success. */
  readonly answered: number
}

/** A sample card at the counter, on a reader whose lessons are kept from one card to the next. */
function lay(
  options: {
    readonly quirks?: Partial<Quirks>
    readonly lengths?: LengthLessons
    readonly persona?: string
    /** In place of the answer to a long read, before it reaches the card; undefined: it does. */
    readonly instead?: (asked: number) => FailureCode | Uint8Array | undefined
    readonly carriesExtended?: boolean
  } = {},
) {
  const quirks = { ...noQuirks, ...options.quirks }
  const sample = sampleCard(pki, options.persona ?? 'nanbyo', { quirks })
  const lying = layWithDisturbances(sample.virtual, quirks, () => undefined)
  const sent: Sent[] = []
  let connections = 0
  let isLying = true
  const connect: Readers['connect'] = async () => {
    if (!isLying) return fail('CARD_NOT_PRESENT')
    lying.reset()
    const connection = ++connections
    let lost: FailureCode | null = null
    const reach = async (command: Uint8Array) => {
      const asked = extendedLe(command)
      const instead = asked === null ? undefined : options.instead?.(asked)
      const answer = instead ?? (await lying.transmit(command))
      return answer === 'reset' ? 'CARD_RESET' : (answer ?? 'CARD_REMOVED')
    }
    return ok({
      carriesExtended: options.carriesExtended ?? true,
      transmit: (commands) =>
        transmitInOrder(commands, async (command) => {
          if (lost) return fail(lost)
          const answer = isLying ? await reach(command) : 'CARD_REMOVED'
          const isBytes = typeof answer !== 'string'
          const answered = isBytes && answer.at(-2) === 0x90 ? answer.length - 2 : 0
          sent.push({ connection, command: Uint8Array.from(command), answered })
          if (isBytes) return ok(answer)
          lost = answer
          return fail(answer)
        }),
      async end() {
        lying.reset()
      },
    })
  }
  const readers: Readers = { list: () => [], onChange: () => () => undefined, connect, async close() {} }
  const lengths = options.lengths ?? createLengthLessons()
  const card = openCounterCard({ readers, reader: 'counter', lengths, onHold: () => undefined })
  return {
    ...sample,
    card,
    certificate: sample.card.certificate,
    sent,
    takeAway() {
      isLying = false
    },
    triesLeft: () => Object.fromEntries(locks.map((lock) => [lock, sample.tries(lock)])),
  }
}

const challenge = createHash('sha256').update('challenge').digest()
const consent = { spendLastTry: false }

/** One whole identification; the number of commands that were answered. */
async function checkIn({ card, certificate, triesLeft }: ReturnType<typeof lay>): Promise<number> {
  const identity = must(await card.identity())
  expect(Buffer.from(identity.certificate)).toEqual(Buffer.from(certificate))
  must(await card.triesLeft())
  const signature = must(await card.sign(challenge, Buffer.from('1234'), consent))
  expect(verify('sha256', challenge, new X509Certificate(certificate).publicKey, signature)).toBe(true)
  expect(triesLeft()).toEqual(allTries)
  await card.end()
  return card.apdus
}

const readPrint = (card: CounterCard, { printed, birthDate }: ReturnType<typeof lay>['persona']) => {
  const { expiryYear, securityCode } = printed
  return card.readHolder(
    must(verificationNumberB({ birthDate, printedYear: 'era', expiryYear, securityCode })),
    consent,
  )
}

describe('a check-in', () => {
  const whole = { short: 14, tried: 12, extended: 11 }

  test('is three commands shorter once the reader has shown that it takes extended length, and two at the first card', async () => {
    const lengths = createLengthLessons()
    expect(await checkIn(lay({ lengths }))).toBe(whole.tried)
    expect(await checkIn(lay({ lengths }))).toBe(whole.extended)
    expect(await checkIn(lay({ lengths, persona: 'kodomo' }))).toBeLessThanOrEqual(whole.tried)
  })

  test('never tries it where the way to the card is by T=0', async () => {
    const card = lay({ carriesExtended: false })
    expect(await checkIn(card)).toBe(whole.short)
    expect(card.sent.some(({ command }) => extendedLe(command) !== null)).toBe(false)
  })

  const wasted: Readonly<Record<Quirks['extended'], number>> = {
    taken: whole.tried - whole.short,
    ...{ '6700': 1, '6b00': 1, '6c00': 1, '6881': 1, '6883': 1, '6884': 1, '6d00': 1, '6e00': 1 },
    // The end is read before it is seen that the rest is none.
    ...{ cut: 2, zeros: 2 },
    // Application, token, file and first block once more.
    ...{ reset: 5, removed: 5 },
  }

  fault('card', 'A card or reader refuses a long answer, cuts it short, blanks its end or loses the card over it', {
    seen: 'nothing',
    class: 'transient',
    data: 'The same certificate is read, and no try of the PIN is lost.',
    recovery: 'It is read in short pieces, and this reader is not asked for a long answer by cards of this kind again.',
  })
  test.each(quirksSchema.shape.extended.def.innerType.options.filter((kind) => kind !== 'taken'))(
    'with a card or reader that answers extended length with %s identifies all the same, and it is not asked for again',
    async (extended) => {
      const lengths = createLengthLessons()
      const first = lay({ lengths, quirks: { extended } })
      expect(await checkIn(first)).toBe(whole.short + wasted[extended])
      const second = lay({ lengths, quirks: { extended } })
      expect(await checkIn(second)).toBe(whole.short)
      expect(second.sent.some(({ command }) => extendedLe(command) !== null)).toBe(false)
    },
  )

  fault('reader', 'The reader’s driver fails over a long answer', {
    seen: 'nothing',
    class: 'transient',
    data: 'The same certificate is read, and no try of the PIN is lost.',
    recovery: 'The card is connected once more and read in short pieces, and no long answer is asked for again.',
  })
  test.each<FailureCode>(['READER_UNAVAILABLE', 'CARD_BUSY', 'CARD_RESPONSE_INVALID', 'CARD_RESET', 'CARD_REMOVED'])(
    'with a reader whose driver fails over extended length with %s identifies all the same',
    async (code) => {
      const lengths = createLengthLessons()
      expect(await checkIn(lay({ lengths, instead: () => code }))).toBe(whole.short + wasted.reset)
      expect(await checkIn(lay({ lengths, instead: () => code }))).toBe(whole.short)
    },
  )

  test('with a card that only announces what it gives is no longer tried, as nothing is gained', async () => {
    const lengths = createLengthLessons()
    await checkIn(lay({ lengths, quirks: { announce: true } }))
    const second = lay({ lengths, quirks: { announce: true } })
    await checkIn(second)
    expect(second.sent.some(({ command }) => extendedLe(command) !== null)).toBe(false)
  })

  test('finds out for each kind of card by itself, and for each reader', async () => {
    const lengths = createLengthLessons()
    await checkIn(lay({ lengths, quirks: { extended: '6700' } }))
    expect(await checkIn(lay({ lengths, quirks: { token: 'android' } }))).toBe(whole.tried)
    expect(lengths.on('another').longest('card')).toBe(null)
    expect(lengths.on('counter').longest('card')).toBe(0)
  })

  test('with a longer certificate than any before has its end looked at again', async () => {
    const lengths = createLengthLessons()
    const rest = sampleCard(pki, 'nanbyo').card.certificate.length - 256
    lengths.on('counter').learn('card', rest - 1)
    expect(await checkIn(lay({ lengths }))).toBe(whole.tried)
    expect(lengths.on('counter').longest('card')).toBe(rest)
  })
})

describe('a card that is taken away over a long read', () => {
  const takeAway = async (lengths: LengthLessons) => {
    const laid = lay({
      lengths,
      instead() {
        laid.takeAway()
        return 'CARD_REMOVED'
      },
    })
    expect(await laid.card.identity()).toEqual(fail('CARD_REMOVED'))
    await laid.card.end()
  }

  test('is told as removed, and is no lesson where extended length has been taken before', async () => {
    const lengths = createLengthLessons()
    await checkIn(lay({ lengths }))
    await takeAway(lengths)
    expect(await checkIn(lay({ lengths }))).toBe(11)
    await takeAway(lengths)
    expect(await checkIn(lay({ lengths }))).toBe(11)
  })

  test('twice in a row, or before anybody has taken it, is one', async () => {
    const lengths = createLengthLessons()
    await takeAway(lengths)
    expect(lengths.on('counter').longest('card')).toBe(0)
    const others = createLengthLessons()
    await checkIn(lay({ lengths: others }))
    await takeAway(others)
    await takeAway(others)
    expect(others.on('counter').longest('card')).toBe(0)
  })
})

test('the face comes in as long pieces as the certificate did, and is the same', async () => {
  const read = async (carriesExtended: boolean) => {
    const card = lay({ carriesExtended })
    must(await card.card.identity())
    const holder = must(await readPrint(card.card, card.persona))
    return { holder, apdus: card.card.apdus }
  }
  const [short, long] = [await read(false), await read(true)]
  expect(long.holder).toEqual(short.holder)
  expect(long.apdus).toBeLessThan(short.apdus / 2)
})

test('a card that refuses after a VERIFY what it took before is read on in short pieces, without another VERIFY', async () => {
  let isFirst = true
  const card = lay({
    instead() {
      const isRefused = !isFirst
      isFirst = false
      return isRefused ? Uint8Array.of(0x67, 0x00) : undefined
    },
  })
  must(await card.card.identity())
  must(await readPrint(card.card, card.persona))
  expect(card.triesLeft()).toEqual(allTries)
  // One for each of the two applications.
  expect(card.sent.filter(({ command }) => isVerify(command)).length).toBe(2)
})

/** Commands of extended length in a connection after its first VERIFY that ask for more than it has given before. */
function triedAfterVerify(sent: readonly Sent[]): readonly Sent[] {
  return sent.filter(({ connection, command }, index) => {
    const asked = extendedLe(command)
    const before = sent.slice(0, index).filter((earlier) => earlier.connection === connection)
    const verifyAt = before.findIndex((earlier) => isVerify(earlier.command))
    if (asked === null || verifyAt < 0) return false
    return asked > Math.max(0, ...before.slice(0, verifyAt).map(({ answered }) => answered))
  })
}

test('whatever a reader bears and does with more, the person is the same, no try is spent, and nothing is tried after a VERIFY', async () => {
  const behaviour = fc.record({
    limit: fc.integer({ min: 257, max: 4_000 }),
    beyond: fc.oneof(
      fc.constantFrom<FailureCode>('CARD_RESET', 'CARD_REMOVED', 'READER_UNAVAILABLE'),
      fc.constantFrom(0x6700, 0x6b00, 0x6c00, 0x6cff, 0x6881, 0x6883, 0x6884, 0x6d00, 0x6e00, 0x6f00, 0x6282),
    ),
  })
  const work = fc.constantFrom('sign', 'print', 'attributes', 'issuer')
  let long = 0
  await fc.assert(
    fc.asyncProperty(
      behaviour,
      fc.array(fc.tuple(fc.constantFrom('nanbyo', 'kodomo', 'gaiji'), fc.array(work, { maxLength: 3 })), {
        minLength: 1,
        maxLength: 3,
      }),
      async ({ limit, beyond }, cards) => {
        const lengths = createLengthLessons()
        const instead = (asked: number) => {
          if (asked <= limit) return undefined
          return typeof beyond === 'string' ? beyond : Uint8Array.of(beyond >> 8, beyond & 0xff)
        }
        for (const [persona, works] of cards) {
          const laid = lay({ lengths, persona, instead })
          const { card } = laid
          const identity = must(await card.identity())
          expect(Buffer.from(identity.certificate)).toEqual(Buffer.from(laid.certificate))
          for (const one of works) {
            if (one === 'sign') must(await card.sign(challenge, Buffer.from(laid.persona.pin), consent))
            if (one === 'print') must(await readPrint(card, laid.persona))
            if (one === 'issuer') must(await card.issuer())
            if (one === 'attributes') must(await card.readAttributes(Buffer.from(laid.persona.pin), consent))
          }
          await card.end()
          expect(laid.triesLeft()).toEqual(allTries)
          expect(triedAfterVerify(laid.sent)).toEqual([])
          long += laid.sent.filter(({ command }) => extendedLe(command) !== null).length
        }
      },
    ),
    { numRuns: 60 },
  )
  // Else this would only show that it is never asked for.
  expect(long).toBeGreaterThan(60)
})
