// Everybody the sandbox hub knows: the sample patients of the training clinic, and the residents of the pilot
// municipalities, who are only loaded when somebody who is no sample patient is asked for.
import { X509Certificate } from 'node:crypto'
import { type Clock, clinicDay } from '../../ground/clock.ts'
import type { TrainingCard, TrainingPki } from '../certificates/pki.ts'
import { galleryHoldings, galleryPersonas, galleryWithheld } from '../people/gallery.ts'
import { linkOf, referenceOf } from '../people/handles.ts'
import type { Person } from '../people/person.ts'
import { samplePatientsOn } from '../people/sample-patients.ts'
import { voucherPersonas } from '../people/voucher-gallery.ts'

export interface People {
  all(): Promise<readonly Person[]>
  byId(id: string): Promise<Person | undefined>
  /** Whose card this certificate (DER) stands for: the link the real hub keeps. */
  byCertificate(certificate: X509Certificate): Promise<Person | undefined>
  byReference(clinic: string, reference: string): Promise<Person | undefined>
  byLink(linkId: string): Promise<Person | undefined>
}

const galleryPatients: readonly Person[] = [
  ...galleryPersonas.map((persona) => ({
    ...persona,
    holdings: (day: string) => galleryHoldings(persona.id, day),
    withheld: galleryWithheld(persona.id),
  })),
]

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
    everybody ??= import('../people/residents.ts').then(({ residentsOf }) => [...known, ...residentsOf(day)])
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
