// What the screen is told: the desk's present visit, today's roster and the surroundings as one plain object of the
// contract. The same inputs give the same view. Of the day's visits only what the list shows goes with every view: a busy
// day has hundreds, and the page reads each view whole.
import { isStanding } from '../background/registrations.ts'
import type { CardCertificate } from '../card/certificate.ts'
import type { ReaderStatus } from '../card/reader.ts'
import type { CurrentVisit } from '../checkin/desk.ts'
import type { DestinationFormat } from '../contract/destination.ts'
import type {
  DeliveryView,
  LeftFilesView,
  ListedVisit,
  Reception,
  RegistrationView,
  VisitView,
} from '../contract/reception.ts'
import type { TerminalQuestionView } from '../contract/terminal-question.ts'
import { assess, assessHanded, type ClinicContext } from '../eligibility/assess.ts'
import type { Assessment } from '../eligibility/assessment.ts'
import { type Handed, openByHand, openByHandAt } from '../eligibility/handed.ts'
import type { Eligibility } from '../eligibility/model.ts'
import { clinicDay, clinicMoment, daysLater } from '../ground/clock.ts'
import type { Failure } from '../ground/result.ts'
import type { SourceLine } from '../hub/source.ts'
import type { TerminalStatus } from '../hub/terminal/terminal.ts'
import type { DeliveryRow } from '../store/deliveries.ts'
import type { ClinicPatient } from '../store/patients.ts'
import type { Registration } from '../store/registrations.ts'
import type { StoredVisit } from '../store/visits.ts'
import { showHidden } from '../text/hidden.ts'
import type { Roster } from './roster.ts'

/** What stays the same while the agent runs. */
export interface Premises {
  readonly mode: 'training' | 'live'
  readonly version: string
  readonly pinEntry: Reception['pinEntry']
  readonly hideAfterMin: number
  /** `folder`: null for one that takes calls instead of files. */
  readonly destinations: readonly {
    readonly id: string
    readonly format: DestinationFormat
    readonly folder: string | null
  }[]
  readonly clinic: () => ClinicContext
}

export interface Surroundings {
  readonly revision: number
  readonly today: string
  readonly readers: readonly ReaderStatus[]
  readonly now: Date
  readonly line: SourceLine
  readonly clockDoubt: Reception['clockDoubt']
  readonly chosenReader: string | null
  readonly settings: Reception['settings']
  readonly current: CurrentVisit | null
  readonly otherCard: Reception['otherCard']
  readonly shownId: string | null
  readonly roster: Pick<Roster, 'visits' | 'find'>
  readonly page: Reception['page']
  /** By destination. */
  readonly left: ReadonlyMap<string, LeftFilesView>
  readonly terminal: Reception['terminal']
  readonly candidates: (visitId: string) => readonly ClinicPatient[]
  readonly training: Reception['training'] | null
}

export function createReceptionView({ mode, version, destinations, pinEntry, hideAfterMin, clinic }: Premises) {
  /** `assessment`: of the answer that it comes from. */
  const handedView = (handed: Handed | null, assessment: Assessment | null): VisitView['handed'] => {
    if (!handed || !assessment) return null
    const { assessed, order } = assessHanded(handed, assessment.benefits, clinic())
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
    startedAt: stored.visit.startedAt,
    failure: stored.visit.failure,
    patient: stored.visit.patient,
    patientNumber: stored.visit.patientNumber,
    staleNumber: null,
    pin: null,
    hold: null,
    certificate: null,
    face: null,
    holder: null,
    doubt: null,
    answers: stored.eligibility && shownAnswers(stored.eligibility),
    assessment,
    handed: handedView(stored.handed, assessment),
    asOf: stored.eligibility?.asOf ?? null,
    fetchedAt: stored.eligibility?.fetchedAt ?? null,
    askedLater: stored.eligibility?.askedLater ?? null,
    source: stored.eligibility?.source ?? null,
    report: stored.visit.report,
    history: stored.eligibility?.history ?? null,
    registrations: stored.registrations.map((registration) => registrationView(registration, stored.registrations)),
    candidates: [],
    deliveries: stored.deliveries.map((delivery) => deliveryView(delivery, stored.handed)),
  })

  return ({
    revision,
    today,
    now,
    line,
    clockDoubt,
    readers,
    chosenReader,
    settings,
    current,
    otherCard,
    shownId,
    roster,
    page,
    left,
    terminal,
    candidates,
    training,
  }: Surroundings): Reception => {
    const currentView = (present: CurrentVisit): VisitView => {
      const stored = roster.find(present.visit.id)
      // The desk lets go of a visit once it is confirmed; from then on the outbox moves it.
      const visit = stored && present.visit.state === 'confirmed' ? stored.visit : present.visit
      const view = visitView(
        {
          visit,
          // Of an answer that may be about somebody else nothing is shown.
          eligibility: present.doubt ? null : present.eligibility,
          // Staff may have entered since what is missing.
          handed: stored?.handed ?? present.handed,
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
      }
    }
    const shown = shownId !== null && shownId !== current?.visit.id ? roster.find(shownId) : undefined
    return {
      revision,
      mode,
      version,
      today,
      readers: readers.map(({ name, state }) => ({
        name,
        state: current?.hold?.code === 'CARD_BUSY' && current.visit.reader === name ? 'inUse' : state,
        isChosen: name === chosenReader,
      })),
      pinEntry,
      hideAfterMin,
      hub: hubView(clockDoubt?.kind === 'off' ? { ...line, clockOffsetMs: null } : line, now),
      clockDoubt,
      settings,
      readerFailure: readers.length === 0 ? { code: 'READER_UNAVAILABLE' } : null,
      current: current && currentView(current),
      otherCard,
      visits: roster.visits().map(listedVisit),
      shown: shown ? { ...visitView(shown), candidates: candidates(shown.visit.id).map(candidateView) } : null,
      page,
      terminal,
      destinations: destinations.map((each) => ({ ...each, left: left.get(each.id) ?? null })),
      training,
    }
  }
}

export const terminalView = (
  { folders, mapping }: TerminalStatus,
  storeFailure: Failure | null,
  asking: TerminalQuestionView | null,
): NonNullable<Reception['terminal']> => ({
  failures: [...folders.map(({ failure }) => failure), mapping.failure, storeFailure].filter(
    (failure) => failure !== null,
  ),
  mapping: { version: mapping.version, isAssumed: mapping.isAssumed },
  asking,
})

const registrationView = (registration: Registration, all: readonly Registration[]): RegistrationView => ({
  id: registration.id,
  name: registration.name,
  action: registration.change.action,
  content: registration.change.action === 'cancel' ? null : registration.change.content,
  state: registration.state,
  failure: registration.failure,
  isStanding: isStanding(registration, all),
})

const candidateView = ({ ref, name, nameKana, birthDate, sex, patientNumber, lastSeen }: ClinicPatient) => ({
  ref,
  name,
  nameKana,
  birthDate,
  sex,
  patientNumber,
  lastSeen,
})

/** The list goes out with every change: a row is made once for as long as its visit is as it was read. */
const listedVisits = new WeakMap<StoredVisit, ListedVisit>()

function listedVisit(stored: StoredVisit): ListedVisit {
  const listed = listedVisits.get(stored) ?? listedRow(stored)
  listedVisits.set(stored, listed)
  return listed
}

const listedRow = ({ visit, handed, deliveries }: StoredVisit): ListedVisit => ({
  id: visit.id,
  number: visit.number,
  day: visit.day,
  state: visit.state,
  startedAt: visit.startedAt,
  name: visit.patient && showHidden(visit.patient.name),
  isHeldUp: deliveries.some(({ state, failure }) => state !== 'delivered' && failure !== null),
  byHand: handed ? openByHand(handed) : 0,
})

/** Certificates are shown as they are judged, from the assessment: of what was said about them only the state goes along. */
function shownAnswers({ answers: { medicalSubsidy, ...others } }: Eligibility): NonNullable<VisitView['answers']> {
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
/** Clinic IT hears of the end of the client certificate from 60 days before. */
const noticeDays = 60
/** Clocks that differ by less than two minutes trouble nobody; certificates and sessions count in hours. */
const clockToleranceMs = 120_000

function hubView({ state, since, identityEnds, clockOffsetMs }: SourceLine, now: Date): Reception['hub'] {
  const endsSoon = identityEnds && identityEnds < daysLater(now, noticeDays)
  const isOff = clockOffsetMs !== null && Math.abs(clockOffsetMs) > clockToleranceMs
  return {
    state,
    since: clinicMoment(since),
    certificateEndsOn: endsSoon ? clinicDay(identityEnds) : null,
    clockOffsetS: isOff ? Math.round(clockOffsetMs / 1000) : null,
  }
}

const certificateView = ({ status, validTo }: CardCertificate): VisitView['certificate'] => ({
  status,
  validTo: clinicDay(validTo),
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
