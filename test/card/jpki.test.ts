import { createHash, verify, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkCardCertificate } from '../../src-main/card/certificate.ts'
import { openJpki } from '../../src-main/card/jpki.ts'
import { type CardConnection, transmitInOrder } from '../../src-main/card/reader.ts'
import { openSession } from '../../src-main/card/session.ts'
import { fail, ok, type Result } from '../../src-main/ground/result.ts'
import type { TrainingCard, TrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { fault } from '../faults.ts'
import { sampleCard } from '../stand-ins/sample-card.ts'
import { must, testPki } from '../support.ts'

let pki: TrainingPki
let card: TrainingCard
beforeAll(async () => {
  pki = await testPki()
  const found = pki.cards.get('nanbyo')
  if (!found) throw new Error('no sample card')
  card = found
})

const pinOf = (text: string) => Buffer.from(text, 'latin1')
const isPinVerify = (command: Uint8Array) => command[1] === 0x20 && command.length > 4

/** A sample card on a connection that keeps the commands and lets a test change the answers. */
function lay(
  options: {
    tries?: number
    certificate?: Uint8Array
    answer?: (command: Uint8Array, index: number) => Uint8Array | undefined
  } = {},
) {
  const sent: Uint8Array[] = []
  const { virtual, tries } = sampleCard(pki, 'nanbyo', options)
  const connection: CardConnection = {
    carriesExtended: false,
    transmit: (commands) =>
      transmitInOrder(commands, async (command) => {
        const index = sent.push(Uint8Array.from(command)) - 1
        return ok(options.answer?.(command, index) ?? virtual.transmit(command))
      }),
    async end() {
      virtual.reset()
    },
  }
  return { connection, sent, tries: () => tries() }
}

describe('a card that behaves', () => {
  test('gives its certificate byte for byte', async () => {
    const jpki = openJpki(openSession(lay().connection))
    const { certificate } = must(await jpki.readCertificate())
    expect(Buffer.from(certificate)).toEqual(Buffer.from(card.certificate))
  })

  test('signs the challenge so that the certificate verifies it', async () => {
    const jpki = openJpki(openSession(lay().connection))
    const challenge = createHash('sha256').update('challenge').digest()
    const signature = must(await jpki.sign(challenge, pinOf('1234'), { spendLastTry: false }))
    expect(verify('sha256', challenge, new X509Certificate(card.certificate).publicKey, signature)).toBe(true)
  })

  test('needs at most 18 commands for a certificate of 2 KB, tries and signature', async () => {
    // The header of a DER SEQUENCE; what is in it is of no interest to the reading.
    const certificate = Buffer.alloc(2048)
    certificate.writeUInt32BE(0x3082_0000 + certificate.length - 4)
    const { connection, sent } = lay({ certificate })
    const session = openSession(connection)
    const jpki = openJpki(session)
    expect(Buffer.from(must(await jpki.readCertificate()).certificate)).toEqual(certificate)
    must(await jpki.triesLeft())
    must(await jpki.sign(Buffer.alloc(32), pinOf('1234'), { spendLastTry: false }))
    expect(sent.length).toBeLessThanOrEqual(18)
    expect(session.apdus).toBe(sent.length)
  })

  test('is followed when it announces its answers with 61xx and corrects lengths with 6Cxx', async () => {
    const virtual = lay()
    let held = new Uint8Array()
    const connection: CardConnection = {
      carriesExtended: false,
      end: virtual.connection.end,
      transmit: (commands) =>
        transmitInOrder(commands, async (command) => {
          const last = command[command.length - 1]
          if (command[1] === 0xc0) return ok(Uint8Array.of(...held, 0x90, 0x00))
          if (command[1] === 0xb0 && last === 0x00) return ok(Uint8Array.of(0x6c, 0xff))
          const [answer = new Uint8Array()] = must(await virtual.connection.transmit([command]))
          if (answer.length <= 2) return ok(answer)
          held = answer.slice(0, -2)
          return ok(Uint8Array.of(0x61, held.length & 0xff))
        }),
    }
    const jpki = openJpki(openSession(connection))
    const { certificate } = must(await jpki.readCertificate())
    expect(Buffer.from(certificate)).toEqual(Buffer.from(card.certificate))
  })
})

describe('the PIN', () => {
  fault('typing', 'The PIN is wrong', {
    seen: 'PIN_WRONG',
    detail: { triesLeft: 2 },
    data: 'One try is spent, and no more.',
    recovery: 'The patient types again; the tries left stand beside it.',
  })
  test('costs one try when it is wrong, and the answer says how many are left', async () => {
    const { connection, tries } = lay()
    const jpki = openJpki(openSession(connection))
    expect(await jpki.sign(Buffer.alloc(32), pinOf('9999'), { spendLastTry: false })).toEqual(
      fail('PIN_WRONG', { triesLeft: 2 }),
    )
    expect(tries()).toBe(2)
    expect(must(await jpki.triesLeft())).toBe(2)
  })

  test('is not sent for the last try unless that was agreed to', async () => {
    const { connection, sent, tries } = lay({ tries: 1 })
    const jpki = openJpki(openSession(connection))
    expect(await jpki.sign(Buffer.alloc(32), pinOf('1234'), { spendLastTry: false })).toEqual(
      fail('PIN_LAST_TRY', { triesLeft: 1 }),
    )
    expect(sent.some(isPinVerify)).toBe(false)
    expect(tries()).toBe(1)
    expect((await jpki.sign(Buffer.alloc(32), pinOf('1234'), { spendLastTry: true })).ok).toBe(true)
    expect(tries()).toBe(3)
  })

  test('is never sent to a blocked card', async () => {
    const { connection, sent } = lay({ tries: 0 })
    const jpki = openJpki(openSession(connection))
    expect(must(await jpki.triesLeft())).toBe(0)
    expect(await jpki.sign(Buffer.alloc(32), pinOf('1234'), { spendLastTry: true })).toEqual(
      fail('PIN_BLOCKED', { triesLeft: 0 }),
    )
    expect(sent.some(isPinVerify)).toBe(false)
  })

  test('is never sent to a card that says of itself that no try is left', async () => {
    const { connection, sent } = lay({
      answer: (command) => (command[1] === 0x20 ? Uint8Array.of(0x63, 0xc0) : undefined),
    })
    const jpki = openJpki(openSession(connection))
    expect(must(await jpki.triesLeft())).toBe(0)
    expect(await jpki.sign(Buffer.alloc(32), pinOf('1234'), { spendLastTry: true })).toEqual(
      fail('PIN_BLOCKED', { triesLeft: 0 }),
    )
    expect(sent.some(isPinVerify)).toBe(false)
  })

  test('after two wrong ones the third needs consent again', async () => {
    const { connection } = lay()
    const jpki = openJpki(openSession(connection))
    await jpki.sign(Buffer.alloc(32), pinOf('9999'), { spendLastTry: false })
    await jpki.sign(Buffer.alloc(32), pinOf('9999'), { spendLastTry: false })
    expect(await jpki.sign(Buffer.alloc(32), pinOf('1234'), { spendLastTry: false })).toEqual(
      fail('PIN_LAST_TRY', { triesLeft: 1 }),
    )
  })

  fault('typing', 'What is typed is no PIN of four digits', {
    seen: 'PIN_FORMAT',
    data: 'The card is not asked, and no try is spent.',
    recovery: 'Four digits are typed.',
  })
  test.each(['123', '12345', '12a4', '１２３４'])(
    'that is no four digits is refused before the card sees it: %s',
    async (text) => {
      const { connection, sent, tries } = lay()
      const jpki = openJpki(openSession(connection))
      expect(await jpki.sign(Buffer.alloc(32), Buffer.from(text), { spendLastTry: true })).toEqual(fail('PIN_FORMAT'))
      expect(sent.some(isPinVerify)).toBe(false)
      expect(tries()).toBe(3)
    },
  )

  test.each(['1234', '9999'])('is wiped from memory whether it was right or wrong: %s', async (text) => {
    const jpki = openJpki(openSession(lay().connection))
    const pin = pinOf(text)
    await jpki.sign(Buffer.alloc(32), pin, { spendLastTry: false })
    expect([...pin]).toEqual([0, 0, 0, 0])
  })
})

describe('cards that do not behave', () => {
  fault('card', 'It is another card than a My Number card', {
    seen: 'CARD_UNSUPPORTED',
    data: 'Nothing is spent, stored or handed over.',
    recovery: 'The right card is laid.',
  })
  test('another card is unsupported', async () => {
    const { connection } = lay({ answer: () => Uint8Array.of(0x6a, 0x82) })
    expect(await openJpki(openSession(connection)).readCertificate()).toEqual(fail('CARD_UNSUPPORTED'))
  })

  test('an empty answer means that the card is gone', async () => {
    const { connection } = lay({ answer: () => new Uint8Array() })
    expect(await openJpki(openSession(connection)).readCertificate()).toEqual(fail('CARD_REMOVED'))
  })

  fault('card', 'The card never comes to the end of an answer', {
    seen: 'CARD_RESPONSE_INVALID',
    data: 'Nothing is spent, stored or handed over.',
    recovery: 'The card is laid again; where it stays so, the patient goes to the reader of the terminal.',
  })
  test('a card that announces more and more is given up', async () => {
    const { connection } = lay({ answer: (_, index) => (index === 0 ? undefined : Uint8Array.of(0x61, 0x10)) })
    expect(await openJpki(openSession(connection)).readCertificate()).toEqual(fail('CARD_RESPONSE_INVALID'))
  })

  test('a card that gives less than asked for is asked for no more than it gave', async () => {
    const { connection, sent } = lay({
      answer: ([, instruction, high = 0, low = 0, length]) => {
        const offset = (high << 8) | low
        const piece = card.certificate.subarray(offset, offset + 128)
        return instruction === 0xb0 && length !== 32 ? Uint8Array.of(...piece, 0x90, 0x00) : undefined
      },
    })
    const { certificate } = must(await openJpki(openSession(connection)).readCertificate())
    expect(Buffer.from(certificate)).toEqual(Buffer.from(card.certificate))
    // Application, token, and the certificate in nine pieces of which none was asked for twice.
    expect(sent.length).toBe(4 + Math.ceil(card.certificate.length / 128))
  })

  test('a card that gives its certificate byte by byte is given up', async () => {
    const certificate = Buffer.from(card.certificate)
    const { connection, sent } = lay({
      answer: ([, instruction, high = 0, low = 0, length]) => {
        const offset = (high << 8) | low
        // The first piece holds the length.
        const piece = certificate.subarray(offset, offset + (offset === 0 ? 4 : 1))
        return instruction === 0xb0 && length !== 32 ? Uint8Array.of(...piece, 0x90, 0x00) : undefined
      },
    })
    expect(await openJpki(openSession(connection)).readCertificate()).toEqual(fail('CARD_RESPONSE_INVALID'))
    expect(sent.length).toBeLessThan(80)
  })

  const wholeSession = async (connection: CardConnection): Promise<Result<unknown>> => {
    const jpki = openJpki(openSession(connection))
    const certificate = await jpki.readCertificate()
    if (!certificate.ok) return certificate
    const tries = await jpki.triesLeft()
    if (!tries.ok) return tries
    return jpki.sign(Buffer.alloc(32), pinOf('1234'), { spendLastTry: false })
  }

  fault('card', 'The card is taken away while its PIN is being checked', {
    seen: 'CARD_REMOVED',
    data: 'No try of the PIN is lost.',
    recovery: 'The card is laid again.',
  })
  test('pulled at any command, the session ends as card removed and costs no try', async () => {
    const whole = lay()
    expect((await wholeSession(whole.connection)).ok).toBe(true)
    for (let pulledAt = 0; pulledAt < whole.sent.length; pulledAt++) {
      const pulled = lay({ answer: (_, index) => (index >= pulledAt ? new Uint8Array() : undefined) })
      expect(await wholeSession(pulled.connection)).toEqual(fail('CARD_REMOVED'))
      expect(pulled.tries()).toBe(3)
      expect(pulled.sent.length).toBe(pulledAt + 1)
    }
  })
})

describe('the certificate check', () => {
  const now = new Date('2026-11-23T03:00:00Z')
  test('accepts a valid one', () => {
    expect(checkCardCertificate(card.certificate, now).ok).toBe(true)
  })
  test('tells an expired one', () => {
    expect(checkCardCertificate(pki.cards.get('expired')?.certificate ?? new Uint8Array(), now)).toEqual(
      fail('CARD_CERTIFICATE_EXPIRED'),
    )
  })
  test.each([
    ['garbage', Uint8Array.of(1, 2, 3)],
    ['nothing', new Uint8Array()],
  ])('refuses %s', (_, der) => {
    expect(checkCardCertificate(der, now)).toEqual(fail('CARD_CERTIFICATE_INVALID'))
  })
  test('refuses one that is not valid yet', () => {
    expect(checkCardCertificate(card.certificate, new Date('2020-01-01'))).toEqual(fail('CARD_CERTIFICATE_INVALID'))
  })
  test('refuses one that is not RSA-2048', () => {
    expect(checkCardCertificate(new X509Certificate(pki.hub.clientCertificate).raw, now)).toEqual(
      fail('CARD_CERTIFICATE_INVALID'),
    )
  })
})
