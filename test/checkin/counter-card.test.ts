// The card at the counter through everything that can happen to it on the reader. One sample card, its commands counted,
// and a reader that is disturbed at every one of them.
import { createHash, verify, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createLengthLessons } from '../../src-main/card/extended-length.ts'
import { type CardConnection, type Readers, transmitInOrder } from '../../src-main/card/reader.ts'
import { openCounterCard } from '../../src-main/checkin/counter-card.ts'
import { type Failure, fail, ok } from '../../src-main/ground/result.ts'
import type { TrainingCard, TrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { fault } from '../faults.ts'
import { sampleCard } from '../stand-ins/sample-card.ts'
import { eventually, must, testPki } from '../support.ts'

let pki: TrainingPki
let card: TrainingCard
beforeAll(async () => {
  pki = await testPki()
  card = cardOf('nanbyo')
})

function cardOf(persona: string): TrainingCard {
  const found = pki.cards.get(persona)
  if (!found) throw new Error('no sample card')
  return found
}

const challenge = createHash('sha256').update('challenge').digest()
const signed = (signature: Uint8Array) =>
  verify('sha256', challenge, new X509Certificate(card.certificate).publicKey, signature)
const pin = (digits: string) => Buffer.from(digits, 'latin1')
const isPinVerify = (command: Uint8Array) => command[1] === 0x20 && command.length > 4

/** Extended length: the reader does not carry it, nobody has tried it there yet, or it has been taken there before. */
type Reading = 'short' | 'tried' | 'extended'

/** A reader with a sample card on it. `disturb` is asked at every command, counted over all connections. */
function lay(options: {
  /** Resets the card, as another program would, before or after it has carried the command out. */
  disturb?: (index: number) => 'before' | 'after' | undefined
  /** Connections that are refused because another program has the card. */
  busy?: number
  /** The card that lies there after a reset, when it is another one. */
  afterReset?: string
  reading?: Reading
}) {
  const reading = options.reading ?? 'short'
  const lengths = createLengthLessons()
  if (reading === 'extended') lengths.on('counter').learn('card', 2_048)
  let busy = options.busy ?? 0
  let resets = 0
  let index = 0
  const ends: number[] = []
  const pins: { readonly connection: number; readonly digits: string }[] = []
  let connections = 0
  const sample = sampleCard(pki, 'nanbyo')
  const readers: Readers = {
    list: () => [{ name: 'counter', state: 'card' }],
    onChange: () => () => undefined,
    async connect() {
      if (busy > 0) {
        busy -= 1
        return fail('CARD_BUSY')
      }
      const number = ++connections
      const lying = resets > 0 && options.afterReset ? sampleCard(pki, options.afterReset).virtual : sample.virtual
      lying.reset()
      let isReset = false
      const connection: CardConnection = {
        carriesExtended: reading !== 'short',
        transmit: (commands) =>
          transmitInOrder(commands, async (command) => {
            if (isReset) return fail('CARD_RESET')
            const step = index++
            const disturbance = options.disturb?.(step)
            if (isPinVerify(command) && disturbance !== 'before') {
              pins.push({ connection: number, digits: Buffer.from(command.subarray(5)).toString('latin1') })
            }
            const answer = disturbance === 'before' ? null : lying.transmit(command)
            if (answer && disturbance !== 'after') return ok(answer)
            isReset = true
            resets += 1
            return fail('CARD_RESET')
          }),
        async end() {
          ends.push(number)
        },
      }
      return ok(connection)
    },
    async close() {},
  }
  const holds: (Failure | null)[] = []
  const counterCard = openCounterCard({ readers, reader: 'counter', lengths, onHold: (hold) => holds.push(hold) })
  return {
    card: counterCard,
    holds,
    pins,
    ends,
    tries: () => sample.tries(),
    commands: () => index,
    connections: () => connections,
  }
}

/** One whole identification. */
async function identify(counterCard: ReturnType<typeof lay>['card'], digits: string) {
  const identity = await counterCard.identity()
  if (!identity.ok) return identity
  const tries = await counterCard.triesLeft()
  if (!tries.ok) return tries
  return counterCard.sign(challenge, pin(digits), { spendLastTry: false })
}

describe.each<{ reading: Reading; steps: number }>([
  { reading: 'short', steps: 14 },
  { reading: 'tried', steps: 12 },
  { reading: 'extended', steps: 11 },
])('a card that another program resets, with extended length $reading', ({ reading, steps }) => {
  const everyStep = Array.from({ length: steps }, (_, index) => index)

  test('has as many steps as are disturbed here', async () => {
    const calm = lay({ reading })
    expect(signed(must(await identify(calm.card, '1234')))).toBe(true)
    expect(calm.commands()).toBe(everyStep.length)
    expect(calm.card.apdus).toBe(everyStep.length)
  })

  fault('card', 'Another program resets the card in the middle', {
    seen: 'nothing',
    class: 'transient',
    data: 'No try of the PIN is lost.',
    recovery: 'The card is opened once more, and the identification goes on where it was.',
  })
  test.each(
    everyStep.flatMap((step) => [
      { step, when: 'before' as const },
      { step, when: 'after' as const },
    ]),
  )('$when step $step: identifies all the same, and no try is lost', async ({ step, when }) => {
    const disturbed = lay({ reading, disturb: (index) => (index === step ? when : undefined) })
    expect(signed(must(await identify(disturbed.card, '1234')))).toBe(true)
    expect(disturbed.tries()).toBe(3)
    expect(disturbed.connections()).toBe(2)
  })

  test.each(
    everyStep.flatMap((step) => [
      { step, when: 'before' as const },
      { step, when: 'after' as const },
    ]),
  )('$when step $step: a wrong PIN costs one try and not two', async ({ step, when }) => {
    const disturbed = lay({ reading, disturb: (index) => (index === step ? when : undefined) })
    expect(await identify(disturbed.card, '9999')).toEqual(fail('PIN_WRONG', { triesLeft: 2 }))
    expect(disturbed.tries()).toBe(2)
  })

  fault('card', 'Another program resets the card again and again', {
    seen: 'CARD_RESET',
    data: 'No PIN is sent to the card.',
    recovery: 'The card is laid again.',
  })
  test('at every step is given up, without a PIN sent', async () => {
    const disturbed = lay({ reading, disturb: () => 'before' })
    expect(await identify(disturbed.card, '1234')).toEqual(fail('CARD_RESET'))
    expect(disturbed.pins).toEqual([])
    expect(disturbed.connections()).toBeLessThan(6)
    expect(disturbed.ends.length).toBe(disturbed.connections())
  })

  fault('card', 'The card is exchanged for another patient’s while the PIN is typed', {
    seen: 'CARD_REMOVED',
    data: 'The other card gets no PIN of the patient before.',
    recovery: 'The card that lies there is read as what it is: another patient’s.',
  })
  test('and is exchanged for another card gets no PIN of the patient before', async () => {
    const disturbed = lay({
      // At the PIN's own command.
      disturb: (index) => (index === 11 ? 'before' : undefined),
      afterReset: 'kodomo',
    })
    expect(await identify(disturbed.card, '1234')).toEqual(fail('CARD_REMOVED'))
    expect(disturbed.pins).toEqual([])
    expect(disturbed.ends).toEqual([1, 2])
  })

  test('leaves no PIN in memory', async () => {
    const disturbed = lay({ disturb: (index) => (index === 11 ? 'after' : undefined) })
    must(await disturbed.card.identity())
    const digits = pin('1234')
    must(await disturbed.card.sign(challenge, digits, { spendLastTry: false }))
    expect([...digits]).toEqual([0, 0, 0, 0])
  })
})

describe('a card that another program holds', () => {
  fault('card', 'Another program holds the card', {
    seen: 'CARD_BUSY',
    data: 'Nothing is lost: the check-in waits.',
    recovery: 'It goes on by itself once the card is free.',
  })
  test('is waited for, and the waiting is told once with its reason', async () => {
    const held = lay({ busy: 2 })
    expect(signed(must(await identify(held.card, '1234')))).toBe(true)
    expect(held.holds).toEqual([{ code: 'CARD_BUSY' }, null])
  })

  test('is waited for no longer once the visit has ended', async () => {
    const held = lay({ busy: Number.POSITIVE_INFINITY })
    const identity = held.card.identity()
    await eventually('it waits', () => held.holds.length > 0)
    await held.card.end()
    expect(await identity).toEqual(fail('CARD_REMOVED'))
    expect(held.connections()).toBe(0)
  })
})

test('an end while the card is opened lets go of it', async () => {
  const calm = lay({})
  const identity = calm.card.identity()
  await calm.card.end()
  await identity
  expect(calm.ends.length).toBe(calm.connections())
})

test('what support may see holds instructions, lengths and status words, and not a byte of what was said', async () => {
  const calm = lay({})
  must(await identify(calm.card, '1234'))
  const trace = calm.card.trace
  expect(trace).toHaveLength(14)
  expect(trace[0]).toBe('A4 15>0 9000')
  for (const entry of trace) expect(entry).toMatch(/^[0-9A-F]{2} [0-9]+>[0-9]+ [0-9A-F]{4}$/)
  expect(trace.at(-1)).toBe('2A 57>256 9000')
})
