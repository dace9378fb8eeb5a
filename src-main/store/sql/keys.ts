// Keyed hashes in the place of what would name a person: rows about one patient or card find each other by them, and
// without the key of the database they say nothing.
import { createHmac } from 'node:crypto'
import type { CapCertificate } from '../../eligibility/cap/sheet.ts'
import { type NamedPerson, personKey } from '../../eligibility/matching.ts'
import type { DeskKeyRow } from '../../ground/desk-key.ts'

type NameAndBirth = Pick<NamedPerson, 'birthDate' | 'nameKana'>

export interface Keys {
  /** Of the store itself: the same for whoever has its key. */
  readonly site: string
  /** Of the hub's or terminal's reference. */
  patient(ref: string): string
  /** Of the certificate in DER. */
  card(certificate: Uint8Array): string
  /** Of birth date and kana, in a row of a visit; null where they cannot tell anybody. */
  person(person: NameAndBirth): string | null
  /** The same in the link of a 診察券番号. Both are in databases as they are. */
  numbered(person: NameAndBirth): string | null
  /** A 診察券番号 as it is typed, and what it is found by where it lies sealed: without the zeros that it begins with. */
  numbers(number: string): { readonly number: string; readonly numberKey: string }
  /** Of its two numbers. */
  certificate(certificate: CapCertificate): string
  /** Proves that whoever writes down the key with which a desk signs has the site's. */
  deskKey(row: Pick<DeskKeyRow, 'publicKey' | 'desk' | 'name'>): string
  /** Of the 照会番号; null: there is none. */
  reference(referenceNumber: string | null): string | null
}

/** Of the database's own key. */
export const indexKeyOf = (key: Uint8Array): Uint8Array =>
  createHmac('sha256', key).update('madoguchi patient index').digest()

export function createKeys(indexKey: Uint8Array): Keys {
  const keyed = (content: string | Uint8Array) => createHmac('sha256', indexKey).update(content).digest('hex')
  // Made of a key of its own: what is hashed here comes from outside.
  const deskKeys = createHmac('sha256', indexKey).update('madoguchi desk keys').digest()
  const ofPerson = ({ birthDate, nameKana }: NameAndBirth, prefix: string) => {
    const person = personKey({ birthDate, nameKana, referenceNumber: null })
    return person === null ? null : keyed(`${prefix}${person}`)
  }
  return {
    site: keyed('site').slice(0, 32),
    patient: keyed,
    card: keyed,
    // Prefixed, so that no two kinds of key ever meet.
    person: (person) => ofPerson(person, 'person '),
    numbered: (person) => ofPerson(person, ''),
    numbers: (number) => ({ number, numberKey: keyed(`number ${number.replace(/^0+/, '')}`) }),
    certificate: ({ payerNumber, recipientNumber }) =>
      keyed(`certificate ${JSON.stringify([payerNumber, recipientNumber])}`),
    deskKey: ({ publicKey, desk, name }) =>
      createHmac('sha256', deskKeys)
        .update(JSON.stringify([publicKey, desk, name]))
        .digest('hex'),
    reference: (referenceNumber) => (referenceNumber === null ? null : keyed(`reference ${referenceNumber}`)),
  }
}
