// Whole sessions at the counter with a card whose answers are random or damaged at any command, and a reader that loses it:
// always a Result with a code of the card, never a crash, never a session without an end, never a spent try. The number of
// runs is modest here; FUZZ_RUNS=100000 is for a quiet hour.
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { checkCardCertificate } from '../../src-main/card/certificate.ts'
import { createLengthLessons } from '../../src-main/card/extended-length.ts'
import { readHolder } from '../../src-main/card/holder.ts'
import { openJpki } from '../../src-main/card/jpki.ts'
import { type CardConnection, type Readers, transmitInOrder } from '../../src-main/card/reader.ts'
import { openSession } from '../../src-main/card/session.ts'
import { verificationNumberB } from '../../src-main/card/verification-number.ts'
import { type CounterCard, openCounterCard } from '../../src-main/checkin/counter-card.ts'
import type { FailureCode } from '../../src-main/ground/failures.ts'
import { failureOrigin } from '../../src-main/ground/failures.ts'
import { fail, ok, type Result } from '../../src-main/ground/result.ts'
import { allTries, locks } from '../../src-main/stand-ins/card/card-files.ts'
import { noQuirks, type Quirks, quirksSchema } from '../../src-main/stand-ins/card/quirks.ts'
import type { TrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { fault } from '../faults.ts'
import { sampleCard } from '../stand-ins/sample-card.ts'
import { must, testPki } from '../support.ts'

const runs = Number(process.env.FUZZ_RUNS ?? 600)
/** The time that the runs may take, far more than they need. */
const limitMs = 60_000 + runs * 40
/** The longest undisturbed session, three times begun anew: more is a session without an end. */
const commandLimit = 600

let pki: TrainingPki
beforeAll(async () => {
  pki = await testPki()
})

const byte = fc.integer({ min: 0, max: 0xff })
/** Words that mean something to somebody, and any other. */
const statusWord = fc.oneof(
  fc.constantFrom(0x9000, 0x6100, 0x6110, 0x61ff, 0x6c00, 0x6c01, 0x6282, 0x6983, 0x6984, 0x6982, 0x6a82, 0x6b00),
  fc.integer({ min: 0x63c0, max: 0x63cf }),
  fc.integer({ min: 0, max: 0xffff }),
)
const loss = fc.constantFrom<FailureCode>('CARD_REMOVED', 'CARD_RESET', 'READER_UNAVAILABLE')

/** What happens to an answer on its way: another one comes out, or none with the reason. */
type Damage = (answer: Uint8Array, before: Uint8Array) => Uint8Array | FailureCode
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((noise) => () => noise),
  fc.array(fc.tuple(fc.nat(), byte), { minLength: 1, maxLength: 4 }).map((places) => (answer: Uint8Array) => {
    const copy = Uint8Array.from(answer)
    for (const [place, value] of places) copy[place % Math.max(copy.length, 1)] = value
    return copy
  }),
  fc.nat(300).map((length) => (answer: Uint8Array) => answer.subarray(0, length)),
  fc.nat(40).map((length) => (answer: Uint8Array) => answer.subarray(length)),
  fc
    .uint8Array({ minLength: 1, maxLength: 300 })
    .map((tail) => (answer: Uint8Array) => Uint8Array.of(...answer, ...tail)),
  statusWord.map((status) => (answer: Uint8Array) => {
    return Uint8Array.of(...answer.subarray(0, -2), status >> 8, status & 0xff)
  }),
  statusWord.map((status) => () => Uint8Array.of(status >> 8, status & 0xff)),
  // The answer to the command before, once more.
  fc.constant((_: Uint8Array, before: Uint8Array) => before),
)

/** Damages by the number of the command they fall on; `on`: also all that follow. */
const damages = (what: fc.Arbitrary<Damage>) =>
  fc.array(fc.record({ at: fc.oneof(fc.nat(20), fc.nat(110)), on: fc.boolean(), what }), { minLength: 1, maxLength: 3 })

const quirks: fc.Arbitrary<Quirks> = fc
  .record({
    announce: fc.boolean(),
    exactLength: fc.boolean(),
    silentEnd: fc.boolean(),
    alwaysTellTries: fc.boolean(),
    leadingBytes: fc.boolean(),
    extended: fc.constantFrom(...quirksSchema.shape.extended.def.innerType.options),
  })
  .map((changed) => ({ ...noQuirks, ...changed }))

type Damages = readonly { readonly at: number; readonly on: boolean; readonly what: Damage }[]

/** A sample card on a reader that damages its answers. */
function lay(options: { readonly damages: Damages; readonly quirks: Quirks }) {
  const { virtual, tries } = sampleCard(pki, 'nanbyo', { quirks: options.quirks })
  let commands = 0
  let before = new Uint8Array()

  const connect = (): CardConnection => {
    virtual.reset()
    let lost: FailureCode | null = null
    return {
      carriesExtended: true,
      transmit: (sequence) =>
        transmitInOrder(sequence, async (command) => {
          const index = commands++
          if (index > commandLimit) throw new Error('a session without an end')
          if (lost) return fail(lost)
          const sound = virtual.transmit(command)
          const found = options.damages.find(({ at, on }) => index === at || (on && index > at))
          const answer = found ? found.what(sound, before) : sound
          before = Uint8Array.from(sound)
          if (answer instanceof Uint8Array) return ok(answer)
          lost = answer
          return fail(answer)
        }),
      async end() {
        virtual.reset()
      },
    }
  }
  return { connect, tries: () => Object.fromEntries(locks.map((lock) => [lock, tries(lock)])) }
}

const pin = (digits: string) => Buffer.from(digits, 'latin1')
const front = { birthDate: '1979-04-12', printedYear: 'era', expiryYear: '2031', securityCode: '4821' } as const
const consent = { spendLastTry: true }

/** All that the desk does with one card, each part whatever became of the one before. */
async function everything(card: CounterCard): Promise<readonly Result<unknown>[]> {
  const identity = await card.identity()
  return [
    identity,
    ...(identity.ok ? [checkCardCertificate(identity.value.certificate, new Date('2026-11-23T03:00:00Z'))] : []),
    await card.triesLeft(),
    await card.readHolder(must(verificationNumberB(front)), consent),
    await card.sign(Buffer.alloc(32), pin('1234'), consent),
    await card.triesLeft(),
  ]
}

/** As after a card of this kind that took extended length, or before anybody has tried. */
function lengthsAfter(hasBeenTaken: boolean) {
  const lengths = createLengthLessons()
  if (hasBeenTaken) lengths.on('counter').learn('card', 2_048)
  return lengths
}

const expectCodes = (results: readonly Result<unknown>[]) => {
  for (const result of results)
    if (!result.ok) expect(['card', 'identification']).toContain(failureOrigin(result.error.code))
}

fault('huge', 'A file on the card claims to be longer than can be read', {
  seen: 'CARD_RESPONSE_INVALID',
  data: 'Nothing of it is taken.',
  recovery: 'The card is laid again, or the PIN identifies.',
})
test('a file that says it is longer than a command can reach is refused', async () => {
  // Application, lock, tries, number, file: the next is its first block, which begins FF 20 82 and the length.
  const lengthen = (answer: Uint8Array) => Uint8Array.of(...answer.subarray(0, 3), 0x9c, 0x40, ...answer.subarray(5))
  const { connect } = lay({ damages: [{ at: 5, on: false, what: lengthen }], quirks: noQuirks })
  const number = must(verificationNumberB(front))
  expect(await readHolder(openSession(connect()), number, consent)).toEqual(fail('CARD_RESPONSE_INVALID'))
})

test('a session with damaged answers ends in values and codes, and the card has all its tries', {
  timeout: limitMs,
}, async () => {
  let undisturbed = 0
  await fc.assert(
    fc.asyncProperty(
      damages(
        fc.oneof(
          { weight: 4, arbitrary: damage },
          loss.map((code) => () => code),
        ),
      ),
      quirks,
      fc.boolean(),
      async (wrong, kind, hasBeenTaken) => {
        const { connect, tries } = lay({ damages: wrong, quirks: kind })
        const readers: Readers = {
          list: () => [],
          onChange: () => () => undefined,
          connect: async () => ok(connect()),
          async close() {},
        }
        const card = openCounterCard({
          readers,
          reader: 'counter',
          lengths: lengthsAfter(hasBeenTaken),
          onHold: () => undefined,
        })
        const results = await everything(card)
        await card.end()
        expectCodes(results)
        if (results.every(({ ok: isFine }) => isFine)) undisturbed += 1
        // PIN and number were right: whatever was answered, nothing may have been spent.
        expect(tries()).toEqual(allTries)
      },
    ),
    { numRuns: runs },
  )
  // The damage hits something, and not always everything.
  expect(undisturbed).toBeLessThan(runs / 2)
})

test('a wrong PIN costs one try at most, whatever the card answers to it', { timeout: limitMs }, async () => {
  let spent = 0
  await fc.assert(
    fc.asyncProperty(damages(damage), quirks, async (wrong, kind) => {
      const { connect, tries } = lay({ damages: wrong, quirks: kind })
      const jpki = openJpki(openSession(connect()))
      const results = [await jpki.readCertificate(), await jpki.sign(Buffer.alloc(32), pin('9999'), consent)]
      expectCodes(results)
      expect(tries().authenticationPin).toBeGreaterThanOrEqual(2)
      spent += 3 - (tries().authenticationPin ?? 0)
    }),
    { numRuns: Math.ceil(runs / 4) },
  )
  expect(spent).toBeGreaterThan(0)
})
