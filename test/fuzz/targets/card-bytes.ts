// What a card's bytes are read with: TLV objects, the holder's files, what is printed on the card, its certificate.
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { parseAttributes } from '../../../src-main/card/attributes.ts'
import { parseCardPrint } from '../../../src-main/card/card-print.ts'
import { checkCardCertificate, isIssuedBy } from '../../../src-main/card/certificate.ts'
import { holderFileLength, readHolderFile } from '../../../src-main/card/holder-file.ts'
import { readPng, writePng } from '../../../src-main/card/png.ts'
import { readHeader, readTlvs } from '../../../src-main/card/tlv.ts'
import { applicationsOf } from '../../../src-main/stand-ins/card/card-files.ts'
import { noQuirks } from '../../../src-main/stand-ins/card/quirks.ts'
import { personaById } from '../../../src-main/stand-ins/people/personas.ts'
import { tlv } from '../../card/build-tlv.ts'
import { testDay, testStart } from '../../clock.ts'
import { testPki } from '../../support.ts'
import { holds, markers, refused, same, type Target, taken, verdictOf } from '../target.ts'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

/** Everything that the virtual cards hold, which the product's readers take. */
async function filesOfCards(): Promise<readonly Uint8Array[]> {
  const pki = await testPki()
  return ['nanbyo', 'gaiji'].flatMap((id) => {
    const persona = personaById(id, testDay)
    const card = pki.cards.get(id)
    if (!persona || !card) throw new Error('no such sample card')
    return [...applicationsOf(card, persona, noQuirks).values()].flatMap((files) =>
      [...files.values()].flatMap((file) => ('content' in file ? [new Uint8Array(file.content)] : [])),
    )
  })
}

const asPlain = (objects: ReturnType<typeof readTlvs>) =>
  objects?.map(({ tag, value }) => [tag, Buffer.from(value).toString('hex')]) ?? null

export const tlvTarget = async (): Promise<Target> => ({
  covers: ['src-main/card/tlv.ts'],
  seeds: [
    bytes('800105810106'),
    bytes('ff200adf220161df2303010203'),
    bytes('7f8101010180820001058083000001055f3700ffff'),
  ],
  words: [
    bytes('ff20'),
    bytes('df22'),
    bytes('7f8101'),
    bytes('81'),
    bytes('820100'),
    bytes('83000001'),
    bytes('8400000001'),
  ],
  longest: 4_096,
  run(input) {
    const objects = readTlvs(input)
    if (!objects) return refused(null)
    // Written the other way round, with the shortest lengths, they are the same objects.
    const again = Buffer.concat(objects.map(({ tag, value }) => tlv(tag, value)))
    same('objects that are written anew are read as the same', asPlain(readTlvs(again)), asPlain(objects))
    const inside = objects.reduce((sum, { value }) => sum + value.length, 0)
    holds('the objects are no more than their bytes', inside <= input.length)
    const [first] = objects
    if (first) same('the first header is that of the first object', readHeader(input)?.tag, first.tag)
    return taken
  },
})

export const holderTarget = async (): Promise<Target> => ({
  covers: [
    'src-main/card/holder-file.ts',
    'src-main/card/attributes.ts',
    'src-main/card/card-print.ts',
    'src-main/card/png.ts',
    'src-main/card/tlv.ts',
  ],
  seeds: (await filesOfCards()).filter((file) => holderFileLength(file) !== null),
  words: [
    ...markers,
    '19790412',
    '20260230',
    '1',
    '9',
    bytes('ff20'),
    bytes('df22'),
    bytes('df25'),
    'IHDR',
    'IDAT',
    'IEND',
    bytes('89504e470d0a1a0a'),
  ],
  longest: 24_000,
  run(input) {
    const objects = readHolderFile(input)
    const [attributes, print] = [parseAttributes(input), parseCardPrint(input)]
    if (objects === null) {
      holds('what is no holder’s file has no holder', !attributes.ok && !print.ok)
      return refused([attributes, print])
    }
    for (const png of print.ok ? [print.value.namePng, print.value.addressPng] : []) {
      const image = readPng(png)
      holds('a picture that we wrote is read', image !== null)
      if (image) holds('a picture that was read is written as the same', Buffer.compare(writePng(image), png) === 0)
    }
    if (attributes.ok) holds('a day of birth is a day', !Number.isNaN(Date.parse(attributes.value.birthDate)))
    return attributes.ok || print.ok ? taken : refused([attributes, print])
  },
})

/**
 * By a second reader, which shares nothing with OpenSSL; null where it refuses it: it reads every extension, also those that the house
 * leaves to the hub.
 */
function readOtherwise(der: Uint8Array) {
  try {
    const read = new x509.X509Certificate(Uint8Array.from(der))
    const issuerKey = read.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId
    return { notAfter: read.notAfter, organisations: read.issuerName.getField('O'), issuerKey }
  } catch {
    return null
  }
}

export async function certificateTarget(): Promise<Target> {
  const pki = await testPki()
  const cards = [...pki.cards.values()].slice(0, 2)
  const [card] = cards
  return {
    covers: ['src-main/card/certificate.ts', 'src-main/card/tlv.ts'],
    seeds: cards.flatMap((each) => [each.certificate, each.caCertificate].map((der) => new Uint8Array(der))),
    words: [
      ...markers,
      'JPKI',
      bytes('551d0f'),
      bytes('551d23'),
      bytes('2a864886f70d01010b'),
      bytes('03020780'),
      bytes('030206c0'),
      '20500101000000Z',
      '500101000000Z',
    ],
    longest: 6_000,
    run(input) {
      const ends = checkCardCertificate(input, testStart)
      const onPhone = checkCardCertificate(input, testStart, 'android')
      isIssuedBy(input, card?.caCertificate ?? input)
      isIssuedBy(card?.certificate ?? input, input)
      if (!ends.ok) {
        holds('what is no card’s certificate is no telephone’s', !onPhone.ok)
        return verdictOf(ends)
      }
      const theirs = readOtherwise(input)
      if (!theirs) return taken
      same('both readers see the same last moment', ends.value.validTo.getTime(), theirs.notAfter.getTime())
      holds('both readers see JPKI as its issuer', theirs.organisations.includes('JPKI'))
      const { generation } = ends.value
      if (generation !== null) same('both readers see the same issuer key', generation, theirs.issuerKey?.slice(0, 8))
      return taken
    },
  }
}
