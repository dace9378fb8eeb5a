// What lies on the virtual card: three applications with their files, as the public descriptions of the real one list
// them. The files of the 12-digit number are not modelled: there is nothing to select and nothing to read.
import type { KeyObject } from 'node:crypto'
import type { TrainingCard } from '../certificates/pki.ts'
import type { Persona } from '../people/persona.ts'
import images from './images.json' with { type: 'json' }
import type { Quirks } from './quirks.ts'

/** What is verified, each with a counter of its own. */
export const locks = ['authenticationPin', 'inputAidPin', 'inputAidNumberB', 'faceNumberB'] as const
export type Lock = (typeof locks)[number]

/** Tries of a lock that was opened last time. */
export const allTries: Readonly<Record<Lock, number>> = {
  authenticationPin: 3,
  inputAidPin: 3,
  inputAidNumberB: 10,
  faceNumberB: 10,
}

export type CardFile =
  /** `opens`: any one of these; null: free to read. */
  | { readonly kind: 'data'; readonly content: Uint8Array; readonly opens: readonly Lock[] | null }
  | { readonly kind: 'lock'; readonly lock: Lock; readonly secret: string }
  | { readonly kind: 'key'; readonly key: KeyObject; readonly opens: Lock }
  /** The signing key and its password: there, so that other software finds a whole card, but never usable. */
  | { readonly kind: 'signingKey' }
  | { readonly kind: 'signingPassword' }

/** Files by application identifier (lower-case hex) and file id. */
export type Applications = ReadonlyMap<string, ReadonlyMap<number, CardFile>>

const tokens: Readonly<Record<Quirks['token'], string>> = {
  card: 'JPKIAPICCTOKEN2',
  android: 'JPKIAPGPSETOKEN',
  iphone: 'JPKIAPIOSTOKEN',
  unknown: 'JPKIAPXYZTOKEN9',
}

const free = (content: Uint8Array): CardFile => ({ kind: 'data', content, opens: null })
const lock = (name: Lock, secret: string): CardFile => ({ kind: 'lock', lock: name, secret })

/** By persona, or by name for the cards of the galleries. A test checks that nobody is missing. */
const imagesOf: Readonly<Record<string, { readonly name: string; readonly address: string; readonly photo: string }>> =
  images
const base64 = (text: string | undefined) => Buffer.from(text ?? '', 'base64')

export function applicationsOf(card: TrainingCard, persona: Persona, quirks: Quirks): Applications {
  const numberB = persona.printed.birth + persona.printed.expiryYear + persona.printed.securityCode
  const birth = Buffer.from(persona.birthDate.replaceAll('-', ''))
  const sex = Buffer.from({ male: '1', female: '2', other: '9', unknown: '0' }[persona.sex])
  const image = imagesOf[persona.id] ?? imagesOf[persona.name]
  const holderFile = (objects: readonly Uint8Array[]) =>
    Buffer.concat([
      quirks.leadingBytes ? Buffer.from('0102', 'hex') : Buffer.alloc(0),
      tlv(0xff20, Buffer.concat(objects)),
    ])

  return new Map([
    [
      'd392f000260100000001',
      new Map<number, CardFile>([
        // The signing certificate holds name and address: never readable here, its password cannot be given.
        [0x0001, { kind: 'data', content: new Uint8Array(), opens: [] }],
        [0x0002, free(card.caCertificate)],
        [0x0006, free(Buffer.from(tokens[quirks.token].padEnd(32, ' '), 'latin1'))],
        [0x000a, free(card.certificate)],
        [0x000b, free(card.caCertificate)],
        [0x0017, { kind: 'key', key: card.privateKey, opens: 'authenticationPin' }],
        [0x0018, lock('authenticationPin', persona.pin)],
        [0x001a, { kind: 'signingKey' }],
        [0x001b, { kind: 'signingPassword' }],
      ]),
    ],
    [
      'd3921000310001010408',
      new Map<number, CardFile>([
        [
          0x0002,
          {
            kind: 'data',
            opens: ['inputAidPin', 'inputAidNumberB'],
            content: holderFile([
              // Where the others lie; what is in it is not public, and nobody here reads it.
              tlv(0xdf21, new Uint8Array(16)),
              tlv(0xdf22, Buffer.from(persona.name)),
              tlv(0xdf23, Buffer.from(persona.address)),
              tlv(0xdf24, birth),
              tlv(0xdf25, sex),
            ]),
          },
        ],
        [0x0011, lock('inputAidPin', persona.pin)],
        [0x0015, lock('inputAidNumberB', numberB)],
      ]),
    ],
    [
      'd3921000310001010402',
      new Map<number, CardFile>([
        [
          0x0002,
          {
            kind: 'data',
            opens: ['faceNumberB'],
            content: holderFile([
              tlv(0xdf21, new Uint8Array(32)),
              tlv(0xdf22, birth),
              tlv(0xdf23, sex),
              // Key and signature over the rest: the issuer's are not public, these are none.
              tlv(0xdf24, new Uint8Array(256)),
              tlv(0xdf25, base64(image?.name)),
              tlv(0xdf26, base64(image?.address)),
              tlv(0xdf27, base64(image?.photo)),
              tlv(0xdf28, new Uint8Array(256)),
              tlv(0xdf29, Buffer.from(`${persona.printed.expiryYear}${birth.toString().slice(4)}`)),
            ]),
          },
        ],
        [0x0012, lock('faceNumberB', numberB)],
      ]),
    ],
  ])
}

/** BER-TLV with a tag of two bytes (ISO/IEC 8825-1, 8.1). */
function tlv(tag: number, value: Uint8Array): Buffer {
  const { length } = value
  const header = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Uint8Array.of(tag >> 8, tag & 0xff, ...header), value])
}
