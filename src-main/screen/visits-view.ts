// What the screen is told of visits: the one at the counter, the one that is looked up, and the list. The same inputs give
// the same view. Of the day's visits only what the list shows is told: a busy day has hundreds.
import { isStanding } from '../background/registrations.ts'
import type { CardCertificate } from '../card/certificate.ts'
import type { CurrentVisit } from '../checkin/current-visit.ts'
import type { Candidate } from '../checkin/terminal/choices.ts'
import type { DeskOfVisit } from '../contract/asking.ts'
import type { DeliveryView, ListedVisit, Reception, RegistrationView, VisitView } from '../contract/reception.ts'
import { assess, assessHanded, type ClinicContext } from '../eligibility/assess.ts'
import type { Assessment } from '../eligibility/assessment.ts'
import { type Handed, openByHand, openByHandAt } from '../eligibility/handed.ts'
import type { Eligibility } from '../eligibility/model.ts'
import type { DoseEntry, RegistrationContent } from '../eligibility/registrations.ts'
import { nextDoseAfter, recordOf } from '../eligibility/vaccination/next-dose.ts'
import { clinicDay } from '../ground/clock.ts'
import type { DeliveryRow } from '../store/deliveries.ts'
import type { StoredVisit } from '../store/visits.ts'
import { showHidden } from '../text/hidden.ts'
import type { Roster } from './roster.ts'

export interface VisitsViewPorts {
  readonly clinic: () => ClinicContext
  readonly roster: Pick<Roster, 'visits' | 'find'>
  readonly candidates: (visitId: string) => readonly Candidate[]
  /** As the list tells it. */
  readonly isCopy: (visitId: string) => boolean
  /** The same object while nothing of it changes. */
  readonly deskOf: (stored: Pick<StoredVisit, 'visit' | 'desk' | 'askedBy'>) => DeskOfVisit | null
}

export function createVisitsView({ clinic, roster, candidates, isCopy, deskOf }: VisitsViewPorts) {
  /** `assessment`: of the answer that it comes from. */
  const handedView = (
    handed: Handed | null,
    assessment: Assessment | null,
    day: string | undefined,
  ): VisitView['handed'] => {
    if (!handed || !assessment || day === undefined) return null
    const { assessed, order } = assessHanded(handed, assessment.benefits, day, clinic())
    return { ...handed, assessed, next: order }
  }

  const visitView = (
    stored: Omit<StoredVisit, 'confirmedAt'>,
    assessment: Assessment | null = stored.eligibility && pastAssessment(stored.eligibility, clinic()),
  ): VisitView => ({
    id: stored.visit.id,
    number: stored.visit.number,
    day: stored.visit.day,
    state: stored.visit.state,
    reader: stored.visit.reader,
    desk: deskOf(stored),
    ...(isCopy(stored.visit.id) && { isCopy: true as const }),
    startedAt: stored.visit.startedAt,
    failure: stored.visit.failure,
    patient: stored.visit.patient,
    patientNumber: stored.visit.patientNumber,
    confirmedName: stored.visit.confirmedName,
    staleNumber: null,
    pin: null,
    hold: null,
    certificate: null,
    face: null,
    holder: null,
    doubt: null,
    answers: stored.eligibility && shownAnswers(stored.eligibility),
    assessment,
    handed: handedView(stored.handed, assessment, stored.eligibility?.asOf),
    sharePercent: stored.eligibility?.insurance?.sharePercent ?? null,
    asOf: stored.eligibility?.asOf ?? null,
    fetchedAt: stored.eligibility?.fetchedAt ?? null,
    askedLater: stored.eligibility?.askedLater ?? null,
    source: stored.eligibility?.source ?? null,
    report: stored.visit.report,
    history: stored.eligibility?.history ?? null,
    registrations: registrationViews(stored),
    candidates: [],
    note: stored.note,
    deliveries: stored.deliveries.map((delivery) => deliveryView(delivery, stored.handed)),
    paid: [],
  })

  return (
    current: CurrentVisit | null,
    shownId: string | null,
    paid: ReadonlyMap<string, VisitView['paid']>,
  ): Pick<Reception, 'current' | 'visits' | 'shown'> => {
    const currentView = (present: CurrentVisit): VisitView => {
      const stored = roster.find(present.visit.id)
      // The desk lets go of a visit once it is confirmed; from then on the outbox moves it.
      const visit = stored && present.visit.state === 'confirmed' ? stored.visit : present.visit
      const view = visitView(
        {
          visit,
          desk: stored?.desk ?? null,
          askedBy: stored?.askedBy ?? null,
          // Of an answer that may be about somebody else nothing is shown.
          eligibility: present.doubt ? null : present.eligibility,
          // Staff may have entered since what is missing.
          handed: stored?.handed ?? present.handed,
          note: stored?.note ?? null,
          deliveries: stored?.deliveries ?? [],
          registrations: stored?.registrations ?? [],
        },
        present.assessment,
      )
      return {
        ...view,
        staleNumber: present.staleNumber,
        pin: present.pin,
        hold: present.hold,
        certificate: present.certificate && certificateView(present.certificate),
        face: present.face,
        holder: present.holder,
        doubt: present.doubt && present.eligibility && { ...present.doubt, now: present.eligibility.patient },
        paid: paid.get(present.visit.id) ?? [],
      }
    }
    // What stands at the counter is no second time beside it; where another desk has it, that says so and no more.
    const isAtCounter = shownId === current?.visit.id && current?.visit.failure?.code !== 'VISIT_ELSEWHERE'
    const shown = shownId !== null && !isAtCounter ? roster.find(shownId) : undefined
    return {
      current: current && currentView(current),
      visits: listedVisits(roster.visits(), { isCopy, deskOf }),
      shown: shown
        ? {
            ...visitView(shown),
            candidates: candidates(shown.visit.id).map(candidateView),
            paid: paid.get(shown.visit.id) ?? [],
          }
        : null,
    }
  }
}

function registrationViews({ visit: { patient }, eligibility, registrations }: Registered): RegistrationView[] {
  const standing = registrations.filter((registration) => isStanding(registration, registrations))
  const given = standing.flatMap(({ name, change }) => {
    const dose = change.action === 'cancel' ? null : doseOf(change.content)
    return dose ? [recordOf(name, dose)] : []
  })
  // What was given before is known, or nothing is said about what follows.
  const earlier = eligibility?.history?.doses
  const nextAfter = (dose: DoseEntry) =>
    patient && earlier ? nextDoseAfter(dose, { ...patient, doses: [...earlier, ...given] }) : null
  return registrations.map((registration) => {
    const { change } = registration
    const content = change.action === 'cancel' ? null : change.content
    const dose = content && standing.includes(registration) ? doseOf(content) : null
    return {
      id: registration.id,
      name: registration.name,
      action: change.action,
      content,
      reason: registration.reason,
      state: registration.state,
      failure: registration.failure,
      isStanding: standing.includes(registration),
      next: dose && nextAfter(dose),
    }
  })
}

type Registered = Pick<StoredVisit, 'visit' | 'eligibility' | 'registrations'>

const doseOf = (content: RegistrationContent): DoseEntry | null => ('dose' in content ? content.dose : null)

const candidateView = ({ ref, name, nameKana, birthDate, sex, patientNumber, lastSeen, certificates }: Candidate) => ({
  ref,
  name,
  nameKana,
  birthDate,
  sex,
  patientNumber,
  lastSeen,
  certificates: [...certificates],
})

/** The list goes out with every change: a row is made once for as long as its visit is as it was read. */
const rows = new WeakMap<StoredVisit, ListedVisit>()

/** Newest first, as they come. */
function listedVisits(
  visits: readonly StoredVisit[],
  { isCopy, deskOf }: Pick<VisitsViewPorts, 'isCopy' | 'deskOf'>,
): ListedVisit[] {
  const nths = new Map<string, number>()
  const listed = visits.toReversed().map((stored) => {
    const nth = nthOf(stored, nths)
    const desk = deskOf(stored)
    const known = rows.get(stored)
    if (known?.nth === nth && known.desk === desk) return known
    const row = listedRow(stored, { nth, desk, isCopy: isCopy(stored.visit.id) })
    rows.set(stored, row)
    return row
  })
  return listed.reverse()
}

/** Counts a visit of a person who is known and came: neither one that was put away, nor one that may be about several people. */
export function nthOf(
  { visit: { state, patient, day } }: Pick<StoredVisit, 'visit'>,
  nths: Map<string, number>,
): number {
  if (!patient || state === 'cancelled' || state === 'choosing') return 1
  const key = `${day} ${patient.ref}`
  const nth = (nths.get(key) ?? 0) + 1
  nths.set(key, nth)
  return nth
}

const listedRow = (
  { visit, handed, note, deliveries }: StoredVisit,
  { nth, desk, isCopy }: Pick<ListedVisit, 'nth' | 'desk'> & { readonly isCopy: boolean },
): ListedVisit => ({
  id: visit.id,
  number: visit.number,
  day: visit.day,
  state: visit.state,
  desk,
  startedAt: visit.startedAt,
  name: visit.patient && showHidden(visit.patient.name),
  nameKana: visit.patient && showHidden(visit.patient.nameKana),
  birthDate: visit.patient?.birthDate ?? null,
  patientNumber: visit.patientNumber,
  nth,
  hasNote: note !== null,
  ...(isCopy && { isCopy }),
  isHeldUp: deliveries.some(({ state, failure }) => state !== 'delivered' && failure !== null),
  byHand: handed ? openByHand(handed) : 0,
})

/** Certificates are shown as they are judged, from the assessment: of what was said about them only the state goes along. */
export function shownAnswers({
  answers: { medicalSubsidy, ...others },
}: Eligibility): NonNullable<VisitView['answers']> {
  switch (medicalSubsidy.state) {
    case 'present':
    case 'absent':
    case 'withheld':
      return { ...others, medicalSubsidy: { state: medicalSubsidy.state } }
    case 'ended':
      return { ...others, medicalSubsidy: { state: 'ended', endedOn: medicalSubsidy.endedOn } }
    case 'unreachable': {
      const { cached } = medicalSubsidy
      return { ...others, medicalSubsidy: { state: 'unreachable', cached: cached && { fetchedAt: cached.fetchedAt } } }
    }
  }
}

/** With nothing to compare, every certificate would be new. */
const pastAssessment = (eligibility: Eligibility, clinic: ClinicContext) => ({
  ...assess(eligibility, { versions: [], confirmation: null }, clinic),
  differences: [],
})
const certificateView = ({ status, validTo, countsTo }: CardCertificate): VisitView['certificate'] => ({
  status,
  validTo: clinicDay(validTo),
  countsTo: clinicDay(countsTo),
})

function deliveryView(delivery: DeliveryRow, handed: Handed | null): DeliveryView {
  return {
    id: delivery.id,
    destination: delivery.destination,
    format: delivery.format,
    state: delivery.state,
    failure: delivery.failure,
    path: delivery.state === 'delivered' ? delivery.place : null,
    byHand: handed ? openByHandAt(handed, delivery.destination) : 0,
    updatedAt: delivery.updatedAt,
  }
}
