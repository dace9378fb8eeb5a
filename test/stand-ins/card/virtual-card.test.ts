// The virtual card keeps the rules of the real one, as far as they are public: what is free, what a PIN opens, what a
// reset forgets, and how files end.
import { createHash, verify, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Quirks } from '../../../src-main/stand-ins/card/quirks.ts'
import type { TrainingCard, TrainingPki } from '../../../src-main/stand-ins/certificates/pki.ts'
import { testPki } from '../../support.ts'
import { sampleCard } from '../sample-card.ts'

let pki: TrainingPki
let card: TrainingCard
beforeAll(async () => {
  pki = await testPki()
  card = sampleCard(pki, 'nanbyo').card
})

/** A card that takes and gives hexadecimal text. */
function lay(tries = 3, quirks?: Quirks) {
  const sample = sampleCard(pki, 'nanbyo', { tries, ...(quirks && { quirks }) })
  const { virtual } = sample
  const send = (hex: string) => Buffer.from(virtual.transmit(Buffer.from(hex, 'hex'))).toString('hex')
  return { virtual, send, tries: sample.tries }
}

const application = '00a4040c0ad392f000260100000001'
const file = (id: string) => `00a4020c02${id}`
const askTries = '00200080'
const pin = (digits: string) => `0020008004${Buffer.from(digits).toString('hex')}`
const digestInfo = (message: string) =>
  `3031300d060960864801650304020105000420${createHash('sha256').update(message).digest('hex')}`
const sign = (data: string) => `802a0080${(data.length / 2).toString(16).padStart(2, '0')}${data}00`

describe('files', () => {
  test('exist only inside their application, and applications of other cards do not exist', () => {
    const { send } = lay()
    expect(send(file('000a'))).toBe('6a82')
    expect(send('00a4040c06a00000000101')).toBe('6a82')
    expect(send(application)).toBe('9000')
    expect(send(file('000a'))).toBe('9000')
    expect(send(file('0099'))).toBe('6a82')
  })

  test('are read by offset and length, in any pieces, short or extended', () => {
    const whole = Buffer.from(card.certificate)
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (offset, length) => {
        const { send } = lay()
        send(application)
        send(file('000a'))
        const at = offset.toString(16).padStart(4, '0')
        const expected = whole.subarray(offset, offset + length)
        const status = expected.length < length ? '6282' : '9000'
        expect(send(`00b0${at}${length.toString(16).padStart(2, '0')}`)).toBe(expected.toString('hex') + status)
      }),
      { numRuns: 50 },
    )
    const { send } = lay()
    send(application)
    send(file('000a'))
    expect(send('00b00000000000')).toBe(`${whole.toString('hex')}9000`)
  })

  test('end with 6B00 behind the last byte', () => {
    const { send } = lay()
    send(application)
    send(file('000a'))
    expect(send(`00b0${card.certificate.length.toString(16).padStart(4, '0')}00`)).toBe('6b00')
  })

  test('are not read by short file identifier', () => {
    const { send } = lay()
    send(application)
    send(file('000a'))
    expect(send('00b0860020')).toBe('6a86')
  })

  test('say that the token is a card', () => {
    const { send } = lay()
    send(application)
    send(file('0006'))
    expect(send('00b0000020')).toBe(`${Buffer.from('JPKIAPICCTOKEN2'.padEnd(32)).toString('hex')}9000`)
  })

  test('that hold name and address cannot be read, nor can keys and PINs', () => {
    const { send } = lay()
    send(application)
    for (const [id, status] of [
      ['0001', '6982'],
      ['0017', '6986'],
      ['0018', '6986'],
    ] as const) {
      send(file(id))
      expect(send('00b0000000')).toBe(status)
    }
  })
})

describe('the PIN', () => {
  test('costs a try when wrong, none when asked about, and is whole again when right', () => {
    const { send, tries } = lay()
    send(application)
    send(file('0018'))
    expect([askTries, pin('0000'), askTries, pin('0000'), pin('1234')].map(send)).toEqual([
      '63c3',
      '63c2',
      '63c2',
      '63c1',
      '9000',
    ])
    expect(tries()).toBe(3)
  })

  test('wrong three times is blocked, for the right one too', () => {
    const { send } = lay()
    send(application)
    send(file('0018'))
    expect([pin('0000'), pin('0000'), pin('0000'), askTries, pin('1234')].map(send)).toEqual([
      '63c2',
      '63c1',
      '63c0',
      '6984',
      '6984',
    ])
  })
})

describe('a signature', () => {
  test('needs the PIN first, and verifies', () => {
    const { send } = lay()
    send(application)
    send(file('0017'))
    expect(send(sign(digestInfo('hello')))).toBe('6982')
    send(file('0018'))
    send(pin('1234'))
    send(file('0017'))
    const answer = send(sign(digestInfo('hello')))
    expect(answer.slice(-4)).toBe('9000')
    const { publicKey } = new X509Certificate(card.certificate)
    expect(verify('sha256', Buffer.from('hello'), publicKey, Buffer.from(answer.slice(0, -4), 'hex'))).toBe(true)
  })

  test.each([
    ['the application is selected again', (send: (hex: string) => string) => send(application)],
    ['another application is looked for', (send: (hex: string) => string) => send('00a4040c0101')],
  ])('needs the PIN anew when %s', (_, disturb) => {
    const { send } = lay()
    send(application)
    send(file('0018'))
    send(pin('1234'))
    disturb(send)
    send(application)
    send(file('0017'))
    expect(send(sign(digestInfo('hello')))).toBe('6982')
  })

  test('needs the PIN anew after a reset', () => {
    const { send, virtual } = lay()
    send(application)
    send(file('0018'))
    send(pin('1234'))
    virtual.reset()
    expect(send(file('0017'))).toBe('6a82')
    send(application)
    send(file('0017'))
    expect(send(sign(digestInfo('hello')))).toBe('6982')
  })

  test('is given over nothing but a digest, and never with the key of the other password', () => {
    const { send } = lay()
    send(application)
    send(file('0018'))
    send(pin('1234'))
    send(file('0017'))
    expect(send(sign('00'.repeat(51)))).toBe('6a80')
    expect(send(sign(digestInfo('hello').slice(0, -2)))).toBe('6a80')
    send(file('001a'))
    expect(send(sign(digestInfo('hello')))).toBe('6982')
  })
})

test('any bytes get an answer with a status, and no random command spends more than one try', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (command, isVerify) => {
      const { send, virtual, tries } = lay()
      send(application)
      send(file('0018'))
      const bytes = isVerify ? Uint8Array.of(0x00, 0x20, 0x00, 0x80, ...command) : command
      expect(virtual.transmit(bytes).length).toBeGreaterThanOrEqual(2)
      expect(tries()).toBeGreaterThanOrEqual(2)
    }),
    { numRuns: 1_000 },
  )
})
