// What the sandbox hub knows at this moment: the samples, and on top of them what municipalities uploaded, what clinics
// registered and what persons answered or refused. All of it in memory: a new start is a clean hub.
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { type Clock, clinicDay, clinicMoment } from '../../ground/clock.ts'
import type { schemeSchema } from '../../hub/pmh/schemes.ts'
import type { WireCertificate, WireEligibility, WireVaccinationVoucher } from '../../hub/pmh/wire.ts'
import type { TrainingPki } from '../certificates/pki.ts'
import { referenceOf } from '../people/handles.ts'
import { answerFor, type Category, type Holdings } from '../people/holdings.ts'
import type { Person } from '../people/person.ts'
import { createPeople, type People } from './people.ts'
import { createRecordBook, type RecordBook } from './record-book.ts'

/** One version of a certificate as a municipality sent it. Versions are added, never replaced. */
interface Version {
  readonly municipality: string
  readonly personId: string
  readonly receivedAt: string
  readonly certificate: WireCertificate
}

type Registration = 'registered' | 'changed' | 'withdrawn' | 'unchanged' | 'reused' | 'nothing'
type Questionnaire = NonNullable<WireVaccinationVoucher['questionnaire']>

/** Schemes that the hub has come to know of, since a day. */
export interface NewSchemes {
  /** YYYY-MM-DD */
  readonly asOf: string
  readonly schemes: readonly z.infer<typeof schemeSchema>[]
}

export interface Registry {
  readonly pki: TrainingPki
  readonly clock: Clock
  readonly people: People
  readonly records: RecordBook
  /** `withheld` is what the person refused at the counter; left out: at their last visit to this clinic. */
  eligibility(clinic: string, person: Person, day: string, withheld?: ReadonlySet<Category>): WireEligibility
  /** Everything that stands for a person on a day, shared or not. */
  holdings(clinic: string, person: Person, day: string): Holdings
  /** Keeps what a person refused at the counter, for questions without the card. */
  remember(clinic: string, person: Person, withheld: ReadonlySet<Category>): void
  /** `reused`: the history key came before with another content. `nothing`: a withdrawal of what never was. */
  register(municipality: string, person: Person, certificate: WireCertificate): Registration
  /** All versions a municipality sent for a person, oldest first. */
  history(municipality: string, person: Person): readonly Version[]
  /** What a person refuses all clinics, on their own phone. */
  refuse(person: Person, categories: ReadonlySet<Category>): void
  answer(person: Person, voucherId: string, questionnaire: Questionnaire): void
  /** What the hub's master of schemes has besides the ones of the samples. */
  newSchemes(): NewSchemes
  know(schemes: NewSchemes['schemes']): void
}

/** What was there before and what clinics registered; null as long as there is neither. */
const together = <T>(base: readonly T[] | null, booked: readonly T[]): readonly T[] | null =>
  base || booked.length > 0 ? [...(base ?? []), ...booked] : null

export function createRegistry(pki: TrainingPki, clock: Clock): Registry {
  const records = createRecordBook(clock)
  const versions: Version[] = []
  const refusals = new Map<string, ReadonlySet<Category>>()
  const lastVisits = new Map<string, ReadonlySet<Category>>()
  const answers = new Map<string, Questionnaire>()
  let schemes: NewSchemes = { asOf: '2026-04-01', schemes: [] }
  const visitOf = (clinic: string, person: Person) => `${clinic} ${person.id}`

  const isSame = (a: WireCertificate, b: WireCertificate) =>
    a.orgSpecificCertificateTypeId === b.orgSpecificCertificateTypeId && a.certificationSubKey === b.certificationSubKey

  /** The newest version of every certificate that was uploaded for a person. */
  const uploaded = (person: Person) => {
    const newest: Version[] = []
    for (const version of versions.filter(({ personId }) => personId === person.id)) {
      const older = newest.findIndex(
        (other) => other.municipality === version.municipality && isSame(other.certificate, version.certificate),
      )
      if (older >= 0) newest[older] = version
      else newest.push(version)
    }
    return newest.map(({ certificate }) => certificate)
  }

  const answered = <T extends { readonly voucherId: string }>(person: Person, vouchers: readonly T[]) =>
    vouchers
      .filter(({ voucherId }) => !records.isUsed(person.id, voucherId))
      .map((voucher) => {
        const questionnaire = answers.get(`${person.id} ${voucher.voucherId}`)
        return questionnaire ? { ...voucher, questionnaire } : voucher
      })

  const registry: Registry = {
    pki,
    clock,
    people: createPeople(pki, clock),
    records,
    holdings(clinic, person, day) {
      const base = person.holdings(day)
      const news = uploaded(person)
      const booked = records.of(clinic, person.id)
      return {
        certificates: [...base.certificates.filter((old) => !news.some((item) => isSame(item, old))), ...news],
        vaccinationVouchers: answered(person, base.vaccinationVouchers),
        doses: together(base.doses, booked.doses),
        checkupVouchers: answered(person, base.checkupVouchers),
        checkups: together(base.checkups, booked.checkups),
      }
    },
    eligibility(clinic, person, day, withheld = lastVisits.get(visitOf(clinic, person)) ?? new Set()) {
      const refused = refusals.get(person.id) ?? new Set(person.withheld)
      return {
        patientReference: referenceOf(clinic, person),
        asOf: day,
        ...answerFor(registry.holdings(clinic, person, day), day, new Set([...withheld, ...refused])),
      }
    },
    remember(clinic, person, withheld) {
      lastVisits.set(visitOf(clinic, person), withheld)
    },
    register(municipality, person, certificate) {
      const known = registry
        .history(municipality, person)
        .map((version) => version.certificate)
        .filter((older) => isSame(older, certificate))
      const again = known.find(({ historyKey }) => historyKey === certificate.historyKey)
      if (again) return isDeepStrictEqual(again, certificate) ? 'unchanged' : 'reused'
      const isFirst = known.length === 0
      const day = certificate.validFrom
      if (
        certificate.isDeleted &&
        isFirst &&
        !person.holdings(day).certificates.some((old) => isSame(old, certificate))
      ) {
        return 'nothing'
      }
      versions.push({ municipality, personId: person.id, receivedAt: clinicMoment(clock.now()), certificate })
      if (certificate.isDeleted) return 'withdrawn'
      return isFirst ? 'registered' : 'changed'
    },
    history: (municipality, person) =>
      versions.filter((version) => version.municipality === municipality && version.personId === person.id),
    refuse(person, categories) {
      refusals.set(person.id, categories)
    },
    answer(person, voucherId, questionnaire) {
      answers.set(`${person.id} ${voucherId}`, questionnaire)
    },
    newSchemes: () => schemes,
    know(known) {
      schemes = { asOf: clinicDay(clock.now()), schemes: known }
    },
  }
  return registry
}
