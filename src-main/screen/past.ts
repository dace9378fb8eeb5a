// What has been, looked up when somebody asks for it: a past day, the visits of one person, one visit as it was known then.
// Nothing of it can be acted on, and no page is told of it before somebody turns to it.

import type { PartWith } from '../contract/part.ts'
import type { LookedBack, PastPerson, PastRowView, PastView, PastVisitView } from '../contract/past.ts'
import { byHand, openByHand } from '../eligibility/handed.ts'
import type { Patient, RegisteredBenefit } from '../eligibility/model.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { Counts } from '../store/counts.ts'
import type { NumberLinks } from '../store/numbers.ts'
import type { Past, PastRow } from '../store/past.ts'
import type { ClinicPatient, KnownPatients } from '../store/patients.ts'
import type { StoredVisit, Visits } from '../store/visits.ts'
import { showHidden } from '../text/hidden.ts'
import { nthOf, shownAnswers } from './visits-view.ts'

export interface PastPorts {
  readonly store: Past &
    Pick<Visits, 'visit'> &
    Pick<KnownPatients, 'clinicPatients'> &
    Pick<NumberLinks, 'numberHolder'> &
    Pick<Counts, 'countedSince'>
  readonly today: () => string
  readonly lookedAt: { turnTo(page: 'past'): void }
}

export function createPast({ store, today, lookedAt }: PastPorts) {
  let looked: PastView | null = null

  const ofDay = async (day: string): Promise<PastView> => {
    const expired = await store.expiredBefore()
    const since = await store.countedSince()
    const rows = await store.pastVisits(day)
    const standing =
      day > today()
        ? 'future'
        : day === today()
          ? 'today'
          : expired !== null && day < expired
            ? 'expired'
            : since === null || day < since
              ? 'before'
              : 'kept'
    return { today: today(), of: { kind: 'day', day, standing }, visits: rowsOf(rows), open: null }
  }

  const ofPerson = async (patient: Patient): Promise<PastView> => {
    const visits = await store.visitsOfPatient(patient.ref)
    const others = peopleOf(await store.clinicPatients({ ...patient, referenceNumber: null }))
    return {
      today: today(),
      of: { kind: 'person', patient, others: others.filter(({ ref }) => ref !== patient.ref) },
      visits: rowsOf(visits),
      open: null,
    }
  }

  /** Exactly one: theirs. Several, or nobody: said, and nobody is picked. */
  const found = (people: readonly PastPerson[]): Promise<PastView> | PastView => {
    const [only] = people
    return only && people.length === 1
      ? ofPerson(only)
      : { today: today(), of: { kind: 'found', people: [...people] }, visits: [], open: null }
  }

  const lookUp = async (back: LookedBack): Promise<PastView | null> => {
    switch (back.kind) {
      case 'day':
        return ofDay(back.day)
      case 'visit': {
        const stored = await store.visit(back.visitId)
        // Nobody has said yet whom it is about.
        return stored?.visit.patient && stored.visit.state !== 'choosing' ? ofPerson(stored.visit.patient) : null
      }
      case 'person': {
        const [newest] = await store.visitsOfPatient(back.patientRef)
        return newest?.visit.patient ? ofPerson(newest.visit.patient) : null
      }
      case 'number': {
        const holder = await store.numberHolder(back.patientNumber)
        return holder ? ofPerson(holder) : found([])
      }
      case 'name':
        return found(peopleOf(await store.clinicPatients({ ...back, referenceNumber: null })))
    }
  }

  return {
    calls: {
      async lookBack(back): Promise<Result<void>> {
        const view = await lookUp(back)
        if (!view) return fail('VISIT_NOT_CURRENT')
        looked = view
        lookedAt.turnTo('past')
        return ok(undefined)
      },
      async showPast({ visitId }): Promise<Result<void>> {
        if (!looked) return fail('VISIT_NOT_CURRENT')
        const isListed = visitId !== null && looked.visits.some(({ id }) => id === visitId)
        const stored = isListed ? await store.visit(visitId) : null
        if (visitId !== null && !stored) return fail('VISIT_NOT_CURRENT')
        looked = { ...looked, open: stored && pastVisitOf(stored) }
        return ok(undefined)
      },
    },
    pages: {
      past: {
        async open() {
          looked = await ofDay(today())
          return ok(undefined)
        },
        view: async () => ({ name: 'past', ...(looked ?? (await ofDay(today()))) }),
      },
    },
  } satisfies PartWith
}

/** Each person once, whoever was there last first. */
function peopleOf(people: readonly ClinicPatient[]): PastPerson[] {
  const newest = new Map(people.map(({ referenceNumber: _, ...person }) => [person.ref, person]))
  return [...newest.values()].sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : a.lastSeen > b.lastSeen ? -1 : 0))
}

/** Newest first, as they come. */
function rowsOf(rows: readonly PastRow[]): PastRowView[] {
  const nths = new Map<string, number>()
  const listed = rows.toReversed().map(({ visit, hasNote, isHeldUp, handed }): PastRowView => {
    const { patient } = visit
    return {
      id: visit.id,
      number: visit.number,
      day: visit.day,
      state: visit.state,
      startedAt: visit.startedAt,
      patientNumber: visit.patientNumber,
      name: patient && showHidden(patient.name),
      nameKana: patient && showHidden(patient.nameKana),
      birthDate: patient?.birthDate ?? null,
      nth: nthOf({ visit }, nths),
      hasNote,
      isHeldUp,
      byHand: handed ? openByHand(handed) : 0,
    }
  })
  return listed.reverse()
}

function pastVisitOf({ visit, eligibility, handed, ...stored }: StoredVisit): PastVisitView {
  return {
    id: visit.id,
    number: visit.number,
    day: visit.day,
    state: visit.state,
    startedAt: visit.startedAt,
    patientNumber: visit.patientNumber,
    patient: visit.patient,
    failure: visit.failure,
    source: eligibility?.source ?? null,
    fetchedAt: eligibility?.fetchedAt ?? null,
    isAskedLater: eligibility?.askedLater !== undefined,
    answers: eligibility && shownAnswers(eligibility),
    confirmedAt: stored.confirmedAt,
    certificates: handed
      ? handed.items.map(({ benefit, basis, endedOn }, place) => ({
          ...certificateOf(benefit),
          basis,
          isOnClaim: place < handed.onClaim,
          endedOn,
        }))
      : saidOf(eligibility).map((benefit) => ({
          ...certificateOf(benefit),
          basis: null,
          isOnClaim: false,
          endedOn: null,
        })),
    byHand: (handed ? byHand(handed) : []).map(({ benefit, reason, destinations }) => ({
      ...certificateOf(benefit),
      reason,
      destinations,
    })),
    enteredAt: handed?.enteredAt ?? null,
    deliveries: stored.deliveries.map(({ id, destination, format, state, failure, updatedAt }) => {
      return { id, destination, format, state, failure, updatedAt }
    }),
    note: stored.note,
  }
}

const certificateOf = (benefit: RegisteredBenefit) => ({
  name: benefit.certificateName,
  payerNumber: benefit.payerNumber,
  recipientNumber: benefit.recipientNumber,
  validFrom: benefit.validFrom,
  validTo: benefit.validTo,
})

function saidOf(eligibility: StoredVisit['eligibility']): readonly RegisteredBenefit[] {
  const said = eligibility?.answers.medicalSubsidy
  return said && 'items' in said ? said.items : said?.state === 'unreachable' ? (said.cached?.items ?? []) : []
}
