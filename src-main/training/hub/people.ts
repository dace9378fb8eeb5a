// Everybody the sandbox hub knows: the sample patients of the training clinic, and the residents of the pilot
// municipalities, who are only loaded when somebody who is no sample patient is asked for. The hub tells persons apart by
// two opaque handles: one per clinic (`patientReference`), and one for municipalities (`linkId`), which stands where the
// real hub has the 12-digit number.
import { createHash, X509Certificate } from 'node:crypto'
import { galleryHoldings, galleryPersonas, galleryWithheld } from '../gallery.ts'
import { personas } from '../personas.ts'
import type { TrainingPki } from '../pki.ts'
import { voucherPersonas } from '../voucher-gallery.ts'
import type { Person } from './person.ts'
import { sampleHoldings, samplesWithheld } from './records.ts'

export interface People {
  all(): Promise<readonly Person[]>
  byId(id: string): Promise<Person | undefined>
  /** Whose card this certificate (DER) stands for: the link the real hub keeps. */
  byCertificate(certificate: X509Certificate): Promise<Person | undefined>
  byReference(clinic: string, reference: string): Promise<Person | undefined>
  byLink(linkId: string): Promise<Person | undefined>
}

/** Whoever is the same on every day. */
export const samplePatients: readonly Person[] = [
  ...personas.map((persona) => ({
    ...persona,
    holdings: (day: string) => sampleHoldings(persona.id, day),
    withheld: samplesWithheld(persona.id),
  })),
  ...galleryPersonas.map((persona) => ({
    ...persona,
    holdings: (day: string) => galleryHoldings(persona.id, day),
    withheld: galleryWithheld(persona.id),
  })),
]

const opaque = (...parts: readonly string[]) =>
  createHash('sha256')
    .update(['sandbox', ...parts].join('\n'))
    .digest('base64url')

/** The handle of a person at one clinic: stable, telling nothing. */
export const referenceOf = (clinic: string, person: Person): string =>
  opaque('reference', clinic, person.patient ?? person.id)
export const linkOf = (person: Person): string => opaque('link', person.id)

/** `day` (YYYY-MM-DD): the day the ages of the voucher gallery are counted from. */
export function createPeople(pki: TrainingPki, day: string): People {
  const known: readonly Person[] = [
    ...samplePatients,
    ...voucherPersonas(day).map((persona) => ({ ...persona, holdings: () => persona.holdings, withheld: [] })),
  ]
  const links = new Map<string, string>()
  let everybody: Promise<readonly Person[]> | undefined
  const all = () => {
    everybody ??= import('./residents.ts').then(({ residentsOf }) => [...known, ...residentsOf(pki.madeOn)])
    return everybody
  }
  const referencesAt = new Map<string, Promise<ReadonlyMap<string, Person>>>()
  const find = async (fits: (person: Person) => boolean) => known.find(fits) ?? (await all()).find(fits)
  return {
    all,
    byId: (id) => find((person) => person.id === id),
    async byCertificate(certificate) {
      // Cards are made while the hub runs.
      if (links.size !== pki.cards.size) {
        for (const [id, card] of pki.cards) links.set(new X509Certificate(card.certificate).fingerprint256, id)
      }
      const id = links.get(certificate.fingerprint256)
      return id === undefined ? undefined : find((person) => person.id === id)
    },
    async byReference(clinic, reference) {
      const index =
        referencesAt.get(clinic) ??
        all().then((people) => new Map(people.map((person) => [referenceOf(clinic, person), person])))
      referencesAt.set(clinic, index)
      return (await index).get(reference)
    },
    byLink: (linkId) => find((person) => linkOf(person) === linkId),
  }
}
