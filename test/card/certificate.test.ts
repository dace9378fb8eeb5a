import 'reflect-metadata'
import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkCardCertificate, isIssuedBy } from '../../src-main/card/certificate.ts'
import { fail } from '../../src-main/ground/result.ts'
import type { TrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { certificateText } from '../../src-main/words/states.ts'
import { fault } from '../faults.ts'
import { must, testPki } from '../support.ts'

const jpkiName =
  'C=JP, O=JPKI, OU=JPKI for user authentication, OU=Japan Agency for Local Authority Information Systems'
const use = x509.KeyUsageFlags

let pki: TrainingPki
let keys: CryptoKeyPair
let shortKeys: CryptoKeyPair
const newKeys = (modulusLength: number) => {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength,
    publicExponent: Uint8Array.of(1, 0, 1),
  }
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}
beforeAll(async () => {
  pki = await testPki()
  keys = await newKeys(2048)
  shortKeys = await newKeys(1024)
})

interface Variant {
  readonly issuer?: string
  readonly validTo?: string
  readonly keyUsage?: number | null
  readonly publicKey?: CryptoKey
  readonly hash?: string
  readonly authorityKey?: boolean
}

/** A card's certificate as it should be, but for what a test changes. */
async function certificate(variant: Variant = {}): Promise<Uint8Array> {
  const { keyUsage = use.digitalSignature, publicKey = keys.publicKey, hash = 'SHA-256' } = variant
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    { name: 'RSASSA-PKCS1-v1_5', hash },
    false,
    ['sign'],
  )
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: randomBytes(8).toString('hex'),
    subject: 'C=JP, CN=0123456789ABCDEFGHIJKLMNOP',
    issuer: variant.issuer ?? jpkiName,
    notBefore: new Date('2022-01-01T00:00:00+09:00'),
    notAfter: new Date(variant.validTo ?? '2027-05-31T23:59:59+09:00'),
    publicKey,
    signingKey,
    signingAlgorithm: { name: 'RSASSA-PKCS1-v1_5', hash },
    extensions: [
      ...(keyUsage === null ? [] : [new x509.KeyUsagesExtension(keyUsage, true)]),
      new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.2']),
      ...(variant.authorityKey === false ? [] : [await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey)]),
    ],
  })
  return new Uint8Array(made.rawData)
}

const now = new Date('2026-11-23T09:00:00+09:00')
const statusAt = (der: Uint8Array, moment: string) => {
  const result = checkCardCertificate(der, new Date(moment))
  return result.ok ? result.value.status : result.error.code
}

describe('a certificate of a card', () => {
  test('that is valid tells its last moment and the generation of its issuer', async () => {
    // RFC 5280, 4.2.1.2: the key id is the SHA-1 of the key itself, which openssl's view of the key ends with.
    const key = await crypto.subtle.exportKey('spki', keys.publicKey)
    const keyId = createHash('sha1').update(Buffer.from(key).subarray(24)).digest('hex')
    expect(must(checkCardCertificate(await certificate(), now))).toEqual({
      validTo: new Date('2027-05-31T14:59:59Z'),
      countsTo: new Date('2027-08-31T14:59:59.999Z'),
      status: 'valid',
      generation: keyId.slice(0, 8),
    })
  })

  test('has the generation that stands in it for anybody else', () => {
    const card = pki.cards.get('nanbyo')?.certificate ?? new Uint8Array()
    const key = new x509.X509Certificate(Uint8Array.from(card)).getExtension(
      x509.AuthorityKeyIdentifierExtension,
    )?.keyId
    expect(must(checkCardCertificate(card, now)).generation).toBe(key?.slice(0, 8))
  })

  test('without the id of its issuer key has no generation', async () => {
    expect(must(checkCardCertificate(await certificate({ authorityKey: false }), now)).generation).toBeNull()
  })

  test.each([
    ['another issuer', { issuer: 'C=JP, O=Somebody, OU=JPKI for user authentication' }],
    ['an issuer that only looks like it', { issuer: 'C=JP, O=JPKI Services' }],
    ['no key usage', { keyUsage: null }],
    ['a key for encryption', { keyUsage: use.keyEncipherment }],
    ['the key of the signing certificate', { keyUsage: use.digitalSignature | use.nonRepudiation }],
    ['SHA-1', { hash: 'SHA-1' }],
    ['SHA-512', { hash: 'SHA-512' }],
  ])('with %s is refused', async (_, variant: Variant) => {
    expect(checkCardCertificate(await certificate(variant), now)).toEqual(fail('CARD_CERTIFICATE_INVALID'))
  })

  test('with anything behind its end is refused', async () => {
    const der = await certificate()
    expect(checkCardCertificate(Buffer.concat([der, Buffer.of(0)]), now)).toEqual(fail('CARD_CERTIFICATE_INVALID'))
    expect(checkCardCertificate(Buffer.concat([der, der]), now)).toEqual(fail('CARD_CERTIFICATE_INVALID'))
  })

  test('with a short key is refused', async () => {
    const der = await certificate({ publicKey: shortKeys.publicKey })
    expect(checkCardCertificate(der, now)).toEqual(fail('CARD_CERTIFICATE_INVALID'))
  })

  fault('card', 'The card is of a later generation than the program knows', {
    seen: 'CARD_TOKEN_UNKNOWN',
    data: 'Nobody is identified by it.',
    recovery: 'A newer version of the program is installed; until then the paper certificate counts.',
  })
  test('with the kind of key that a later generation may have is not supported yet, and no fault of the card', async () => {
    const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, [
      'sign',
      'verify',
    ])
    expect(checkCardCertificate(await certificate({ publicKey }), now)).toEqual(fail('CARD_TOKEN_UNKNOWN'))
  })

  test('with another kind of key is refused', () => {
    const { raw } = new X509Certificate(pki.hub.clientCertificate)
    expect(checkCardCertificate(raw, now)).toEqual(fail('CARD_CERTIFICATE_INVALID'))
  })

  fault('card', 'The certificate on the card is none, or damaged', {
    seen: 'CARD_CERTIFICATE_INVALID',
    data: 'Nobody is identified by it.',
    recovery: 'The paper certificate is used; the municipality looks at the card.',
  })
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['filler', Buffer.alloc(256, 0xff)],
    ['text', Buffer.from('-----BEGIN CERTIFICATE-----')],
  ])('that is %s is refused', (_, der) => {
    expect(checkCardCertificate(der, now)).toEqual(fail('CARD_CERTIFICATE_INVALID'))
  })

  test.each(['211231', '270531'])('with a date that is none in place of %s is refused', async (date) => {
    const der = Buffer.from(await certificate())
    der.write('x', der.indexOf(Buffer.from(date, 'latin1')), 'latin1')
    expect(checkCardCertificate(der, now)).toEqual(fail('CARD_CERTIFICATE_INVALID'))
  })

  test('with any bytes changed is accepted or refused', async () => {
    const der = await certificate()
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { maxLength: 3 }), (changes) => {
        const changed = Uint8Array.from(der)
        for (const [at, byte] of changes) changed[at] = byte
        const result = checkCardCertificate(changed, now)
        if (result.ok) expect(result.value.validTo.getTime()).toBeGreaterThan(0)
        else expect(result.error.code).toMatch(/^CARD_CERTIFICATE_(INVALID|EXPIRED)$/)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('its dates', () => {
  test('are seen from Japan: it ends soon from three months before, and has its grace to the end of the third month after', async () => {
    const der = await certificate({ validTo: '2027-03-15T23:59:59+09:00' })
    expect(statusAt(der, '2021-12-31T23:59:59+09:00')).toBe('CARD_CERTIFICATE_INVALID')
    expect(statusAt(der, '2022-01-01T00:00:00+09:00')).toBe('valid')
    expect(statusAt(der, '2026-12-14T23:59:59+09:00')).toBe('valid')
    expect(statusAt(der, '2026-12-15T00:00:00+09:00')).toBe('endsSoon')
    expect(statusAt(der, '2027-03-15T23:59:59+09:00')).toBe('endsSoon')
    expect(statusAt(der, '2027-03-16T00:00:00+09:00')).toBe('grace')
    expect(statusAt(der, '2027-06-30T23:59:59+09:00')).toBe('grace')
    expect(statusAt(der, '2027-07-01T00:00:00+09:00')).toBe('CARD_CERTIFICATE_EXPIRED')
  })

  test.each([
    ['2027-05-31', '2027-02-28', '2027-08-31'],
    ['2028-05-30', '2028-02-29', '2028-08-31'],
    ['2027-01-31', '2026-10-31', '2027-04-30'],
    ['2027-02-28', '2026-11-28', '2027-05-31'],
    ['2026-12-31', '2026-09-30', '2027-03-31'],
  ])('when it ends on %s, begin to count on %s and cease after %s', async (validTo, soonFrom, lastOfGrace) => {
    const der = await certificate({ validTo: `${validTo}T23:59:59+09:00` })
    const before = new Date(new Date(`${soonFrom}T00:00:00+09:00`).getTime() - 1).toISOString()
    expect(statusAt(der, before)).toBe('valid')
    expect(statusAt(der, `${soonFrom}T00:00:00+09:00`)).toBe('endsSoon')
    expect(statusAt(der, `${lastOfGrace}T23:59:59.999+09:00`)).toBe('grace')
    const after = new Date(new Date(`${lastOfGrace}T23:59:59.999+09:00`).getTime() + 1).toISOString()
    expect(statusAt(der, after)).toBe('CARD_CERTIFICATE_EXPIRED')
  })

  fault('card', 'The certificate inside a telephone has ended', {
    seen: 'CARD_CERTIFICATE_EXPIRED',
    detail: { field: 'phone' },
    data: 'It does not count from its last day on, where a card has three months more.',
    recovery: 'The card itself is laid; the telephone is registered again after the card was renewed.',
  })
  test.each(['android', 'iphone'] as const)('have no grace inside a telephone (%s)', async (token) => {
    const der = await certificate({ validTo: '2027-03-15T23:59:59+09:00' })
    const at = (moment: string) => checkCardCertificate(der, new Date(moment), token)
    expect(at('2027-03-15T23:59:59+09:00')).toMatchObject({
      ok: true,
      value: { status: 'endsSoon', countsTo: new Date('2027-03-15T23:59:59+09:00') },
    })
    expect(at('2027-03-16T00:00:00+09:00')).toEqual(fail('CARD_CERTIFICATE_EXPIRED', { field: 'phone' }))
  })

  test('have a sentence for staff wherever they matter', () => {
    for (const sentence of Object.values(certificateText))
      expect(sentence('令和9年1月12日', '令和9年4月30日')).toContain('市区町村の窓口')
    expect(certificateText.grace('令和9年1月12日', '令和9年4月30日')).toContain('令和9年4月30日まで')
    expect(Object.keys(certificateText)).toEqual(['endsSoon', 'grace'])
  })
})

describe('the CA that a card carries', () => {
  test('is its certificate’s issuer by key, and no other of the same name is', async () => {
    const pki = await testPki()
    const [card, other] = [pki.cards.get('nanbyo'), pki.cards.get('kodomo')]
    if (!card || !other) throw new Error('no sample cards')
    expect(isIssuedBy(card.certificate, card.caCertificate)).toBe(true)
    expect(new X509Certificate(card.caCertificate).subject).toBe(new X509Certificate(other.caCertificate).subject)
    expect(isIssuedBy(card.certificate, other.caCertificate)).toBe(false)
    expect(isIssuedBy(card.certificate, card.certificate)).toBe(false)
    expect(isIssuedBy(card.certificate, new Uint8Array([0x30, 0x82]))).toBe(false)
  })
})
