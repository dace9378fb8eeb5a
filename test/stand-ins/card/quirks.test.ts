// The three applications of the virtual card, what opens them, and the switches by which real cards differ. Our own card
// engine is the other party: it has to come through every one of them, or to say in a code why not.
import { createHash, verify, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { readHolder } from '../../../src-main/card/holder.ts'
import { openJpki } from '../../../src-main/card/jpki.ts'
import { type CardConnection, transmitInOrder } from '../../../src-main/card/reader.ts'
import { openSession } from '../../../src-main/card/session.ts'
import { verificationNumberB } from '../../../src-main/card/verification-number.ts'
import { fail, ok } from '../../../src-main/ground/result.ts'
import { layWithDisturbances } from '../../../src-main/stand-ins/card/disturbances.ts'
import images from '../../../src-main/stand-ins/card/images.json' with { type: 'json' }
import { noQuirks, type Quirks, quirksSchema } from '../../../src-main/stand-ins/card/quirks.ts'
import type { TrainingPki } from '../../../src-main/stand-ins/certificates/pki.ts'
import { galleryPersonas } from '../../../src-main/stand-ins/people/gallery.ts'
import { personasOn } from '../../../src-main/stand-ins/people/personas.ts'
import { voucherPersonas } from '../../../src-main/stand-ins/people/voucher-gallery.ts'
import { testDay } from '../../clock.ts'
import { fault } from '../../faults.ts'
import { must, testPki } from '../../support.ts'
import { sampleCard } from '../sample-card.ts'

const personas = personasOn(testDay)

let pki: TrainingPki
beforeAll(async () => {
  pki = await testPki()
})

/** Our engine on a sample card with quirks. */
function lay(changed: Partial<Quirks> = {}, persona = 'nanbyo') {
  const quirks = { ...noQuirks, ...changed }
  const sample = sampleCard(pki, persona, { quirks })
  let isPulled = false
  const lying = layWithDisturbances(sample.virtual, quirks, () => {
    isPulled = true
  })
  const connection: CardConnection = {
    carriesExtended: true,
    transmit: (commands) =>
      transmitInOrder(commands, async (command) => {
        const answer = await lying.transmit(command)
        if (answer === 'reset') return fail('CARD_RESET')
        return answer ? ok(answer) : fail('CARD_REMOVED')
      }),
    async end() {},
  }
  const session = openSession(connection)
  return { ...sample, session, jpki: openJpki(session), isPulled: () => isPulled }
}

const challenge = createHash('sha256').update('challenge').digest()

/** Certificate, tries and signature; the code of what went wrong, else whether the signature is the certificate's. */
async function identify({ jpki, card }: ReturnType<typeof lay>) {
  const read = await jpki.readCertificate()
  if (!read.ok) return read.error.code
  if (!Buffer.from(read.value.certificate).equals(card.certificate)) return 'another certificate'
  const tries = await jpki.triesLeft()
  if (!tries.ok) return tries.error.code
  const signature = await jpki.sign(challenge, Buffer.from('1234'), { spendLastTry: false })
  if (!signature.ok) return signature.error.code
  return verify('sha256', challenge, new X509Certificate(card.certificate).publicKey, signature.value)
}

const numberOf = ({ persona }: ReturnType<typeof lay>, securityCode = persona.printed.securityCode) =>
  must(
    verificationNumberB({
      birthDate: persona.birthDate,
      printedYear: 'era',
      expiryYear: persona.printed.expiryYear,
      securityCode,
    }),
  )

describe('identification comes through', () => {
  test.each<Partial<Quirks>>([
    {},
    { announce: true },
    { exactLength: true },
    { silentEnd: true },
    { announce: true, exactLength: true },
    { blocked: '6983' },
    { alwaysTellTries: true },
    { leadingBytes: true },
    { foreign: '6e00' },
    { foreign: '6d00' },
    { delay: 1 },
    { token: 'android' },
    { token: 'iphone' },
  ])('%o', async (quirks) => {
    expect(await identify(lay(quirks))).toBe(true)
  })

  test('and tells what holds the key', async () => {
    for (const token of ['card', 'android', 'iphone'] as const) {
      expect(must(await lay({ token }).jpki.readCertificate()).token).toBe(token)
    }
    expect(await identify(lay({ token: 'unknown' }))).toBe('CARD_TOKEN_UNKNOWN')
  })

  fault('card', 'The card answers every read with an error', {
    seen: 'CARD_RESPONSE_INVALID',
    data: 'Nobody is identified by it.',
    recovery: 'The card is laid again; where it stays so, the patient goes to the reader of the terminal.',
  })
  test.each([0x6c20, 0x6982, 0x6f00])(
    'and a card that answers every read with %i is told as misbehaving, not as unknown',
    async (status) => {
      const session = { apdus: 0, trace: [], longest: 256, run: async () => ok([{ data: new Uint8Array(), status }]) }
      expect(await openJpki(session).readCertificate()).toEqual(fail('CARD_RESPONSE_INVALID'))
    },
  )

  test('asked for its tries again after a right PIN, a card may say them or that it is open', async () => {
    for (const alwaysTellTries of [false, true]) {
      const card = lay({ alwaysTellTries })
      expect(await identify(card)).toBe(true)
      expect(must(await card.jpki.triesLeft())).toBe(3)
    }
  })

  test.each(['6984', '6983'] as const)('a blocked PIN is known as %s', async (blocked) => {
    const card = sampleCard(pki, 'nanbyo', { tries: 0, quirks: { ...noQuirks, blocked } })
    const connection: CardConnection = {
      carriesExtended: true,
      transmit: (commands) => transmitInOrder(commands, async (command) => ok(card.virtual.transmit(command))),
      async end() {},
    }
    const jpki = openJpki(openSession(connection))
    expect(must(await jpki.triesLeft())).toBe(0)
  })
})

describe('disturbances', () => {
  test.each([0, 5, 13])('pulled at command %i', async (pulledAt) => {
    const card = lay({ pulledAt })
    expect(await identify(card)).toBe('CARD_REMOVED')
    expect(card.isPulled()).toBe(true)
    expect(card.tries()).toBe(3)
  })
  test('mute from a command on', async () => {
    expect(await identify(lay({ muteAt: 3 }))).toBe('CARD_REMOVED')
  })
  test('garbage at any command ends in a code, and costs no try', async () => {
    for (let garbageAt = 0; garbageAt < 14; garbageAt++) {
      const card = lay({ garbageAt })
      const outcome = await identify(card)
      expect(outcome, `garbage at ${garbageAt}`).toMatch(/^(CARD|PIN)_[A-Z_]+$|^another certificate$/)
      expect(card.tries()).toBe(3)
    }
  })
})

describe('the face of the card', () => {
  test.each(personas.map(({ id }) => id))(
    'of %s opens with what is printed on it, and is the same person',
    async (id) => {
      const card = lay({}, id)
      const { face, attributes } = must(await readHolder(card.session, numberOf(card), { spendLastTry: false }))
      expect(attributes).toEqual({
        name: card.persona.name,
        address: card.persona.address,
        birthDate: card.persona.birthDate,
        sex: card.persona.sex,
      })
      expect(face).toMatchObject({ birthDate: card.persona.birthDate, sex: card.persona.sex })
      expect(face.validTo).toBe(`${card.persona.printed.expiryYear}${card.persona.birthDate.slice(4)}`)
      expect(Object.keys(images)).toContain(id)
    },
  )

  test('no card of a gallery is without images', () => {
    const names = [...galleryPersonas, ...voucherPersonas('2026-11-23')].map(({ name }) => name)
    expect(names.filter((name) => !(name in images))).toEqual([])
  })

  test.each<Partial<Quirks>>([{ announce: true }, { exactLength: true }, { silentEnd: true }, { leadingBytes: true }])(
    'opens with %o',
    async (quirks) => {
      const card = lay(quirks)
      expect((await readHolder(card.session, numberOf(card), { spendLastTry: false })).ok).toBe(true)
    },
  )

  fault('typing', 'What is printed on the card is typed wrongly', {
    seen: 'FACE_CODE_WRONG',
    detail: { triesLeft: 9 },
    data: 'One of ten tries is spent, and none of the PIN.',
    recovery: 'It is compared with the card and typed again.',
  })
  test('stays closed to a wrong number, which costs one of ten tries in one application only', async () => {
    const card = lay()
    expect(await readHolder(card.session, numberOf(card, '0000'), { spendLastTry: false })).toEqual(
      fail('FACE_CODE_WRONG', { triesLeft: 9 }),
    )
    expect([card.tries('faceNumberB'), card.tries('inputAidNumberB'), card.tries()]).toEqual([9, 10, 3])
  })

  fault('typing', 'What is printed on the card is typed wrongly nine times', {
    seen: 'FACE_CODE_LAST_TRY',
    data: 'The last try is not spent without a person’s word.',
    recovery: 'Somebody who has compared it confirms, or the PIN is asked for instead.',
  })
  fault('typing', 'The reading of what is printed on the card is locked', {
    seen: 'FACE_CODE_BLOCKED',
    data: 'The card gives no photo; its PIN is not touched.',
    recovery: 'The PIN identifies, or the paper certificate is used.',
  })
  test('asks before the last try, and is blocked after it', async () => {
    const card = lay()
    for (let tries = 10; tries > 1; tries--) {
      await readHolder(card.session, numberOf(card, '0000'), { spendLastTry: false })
    }
    expect(await readHolder(card.session, numberOf(card), { spendLastTry: false })).toEqual(
      fail('FACE_CODE_LAST_TRY', { triesLeft: 1 }),
    )
    await readHolder(card.session, numberOf(card, '0000'), { spendLastTry: true })
    expect(await readHolder(card.session, numberOf(card), { spendLastTry: true })).toEqual(
      fail('FACE_CODE_BLOCKED', { triesLeft: 0 }),
    )
  })

  test('and the PIN of JPKI do not open each other', async () => {
    const card = lay()
    must(await readHolder(card.session, numberOf(card), { spendLastTry: false }))
    // What was opened is closed again once another application has been selected.
    must(await card.jpki.readCertificate())
    const read = ['00a4040c0ad3921000310001010402', '00a4020c020002', '00b0000000'].map((hex) =>
      Buffer.from(card.virtual.transmit(Buffer.from(hex, 'hex'))).toString('hex'),
    )
    expect(read).toEqual(['9000', '9000', '6982'])
  })
})

test('the number is wiped, right or wrong', async () => {
  for (const securityCode of [undefined, '0000']) {
    const card = lay()
    const number = numberOf(card, securityCode)
    await readHolder(card.session, number, { spendLastTry: false })
    expect([...number]).toEqual(Array(14).fill(0))
  }
})

test('the files of the 12-digit number are nowhere on the card', () => {
  const { virtual } = sampleCard(pki, 'nanbyo')
  const send = (hex: string) => Buffer.from(virtual.transmit(Buffer.from(hex, 'hex'))).toString('hex')
  expect([send('00a4040c0ad3921000310001010408'), send('00a4020c020001')]).toEqual(['9000', '6a82'])
  expect([send('00a4040c0ad3921000310001010402'), send('00a4020c020005')]).toEqual(['9000', '6a82'])
})

test('switches are told as text on the command line, and what is none is refused', () => {
  expect(quirksSchema.parse({ announce: 'true', delay: '20', pulledAt: '3', token: 'iphone' })).toMatchObject({
    announce: true,
    delay: 20,
    pulledAt: 3,
    token: 'iphone',
  })
  for (const wrong of [{ delay: 'x' }, { token: 'watch' }, { nonsense: 'true' }, { pulledAt: '-1' }]) {
    expect(quirksSchema.safeParse(wrong).success).toBe(false)
  }
})
