// Everybody the sandbox hub knows: the sample patients of the training clinic, and the residents of the pilot
// municipalities, who are only loaded when somebody who is no sample patient is asked for. The hub tells persons apart by
// two opaque handles: one per clinic (`patientReference`), and one for municipalities (`linkId`), which stands where the
// real hub has the 12-digit number.
import { createHash, X509Certificate } from 'node:crypto'
import { type Clock, clinicDay } from '../../ground/clock.ts'
import { galleryHoldings, galleryPersonas, galleryWithheld } from '../gallery.ts'
import { holderOf } from '../persona.ts'
import { personasOn } from '../personas.ts'
import type { TrainingCard, TrainingPki } from '../pki.ts'
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

/** The sample patients of a day (YYYY-MM-DD). */
export const samplePatientsOn = (today: string): readonly Person[] =>
  personasOn(today).map((persona) => ({
    ...persona,
    holdings: (day) => sampleHoldings(persona.id, day),
    withheld: samplesWithheld(persona.id),
  }))

const galleryPatients: readonly Person[] = [
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
export const referenceOf = (clinic: string, person: Person): string => opaque('reference', clinic, holderOf(person))
export const linkOf = (person: Person): string => opaque('link', person.id)

/** Samples and residents have their ages on the day of `clock`: those of another day may be other people. */
export function createPeople(pki: TrainingPki, clock: Clock): People {
  let today = peopleOf(clinicDay(clock.now()))
  const now = () => {
    const day = clinicDay(clock.now())
    if (day !== today.day) today = peopleOf(day)
    return today
  }
  const fingerprints = new Map<TrainingCard, string>()
  const fingerprintOf = (card: TrainingCard) => {
    const known = fingerprints.get(card) ?? new X509Certificate(card.certificate).fingerprint256
    fingerprints.set(card, known)
    return known
  }
  return {
    all: () => now().all(),
    byId: (id) => now().find((person) => person.id === id),
    async byCertificate({ fingerprint256 }) {
      // Cards are made, and made anew, while the hub runs.
      const [id] = [...pki.cards].find(([, card]) => fingerprintOf(card) === fingerprint256) ?? []
      return id === undefined ? undefined : now().find((person) => person.id === id)
    },
    byReference: async (clinic, reference) => (await now().referencesAt(clinic)).get(reference),
    byLink: (linkId) => now().find((person) => linkOf(person) === linkId),
  }
}

/** Everybody as they are on a day. */
function peopleOf(day: string) {
  const known: readonly Person[] = [
    ...samplePatientsOn(day),
    ...galleryPatients,
    ...voucherPersonas(day).map((persona) => ({ ...persona, holdings: () => persona.holdings, withheld: [] })),
  ]
  let everybody: Promise<readonly Person[]> | undefined
  const all = () => {
    everybody ??= import('./residents.ts').then(({ residentsOf }) => [...known, ...residentsOf(day)])
    return everybody
  }
  const references = new Map<string, Promise<ReadonlyMap<string, Person>>>()
  return {
    day,
    all,
    find: async (fits: (person: Person) => boolean) => known.find(fits) ?? (await all()).find(fits),
    referencesAt(clinic: string) {
      const index =
        references.get(clinic) ??
        all().then((people) => new Map(people.map((person) => [referenceOf(clinic, person), person])))
      references.set(clinic, index)
      return index
    },
  }
}
