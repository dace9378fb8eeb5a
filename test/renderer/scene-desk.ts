// The desk around a visit as the agent would send it: the answer judged, the list beside it, everything else as on any day.
import type { ListedVisit, Reception, VisitView } from '../../src-main/contract/reception.ts'
import { assess, assessHanded, type ClinicContext } from '../../src-main/eligibility/assess.ts'
import { confirm, type Decision } from '../../src-main/eligibility/confirmation.ts'
import { undecided } from '../../src-main/eligibility/difference.ts'
import type { Decided } from '../../src-main/eligibility/effect.ts'
import { openByHand, openByHandAt } from '../../src-main/eligibility/handed.ts'
import type { LocalSchemes } from '../../src-main/eligibility/local/judge.ts'
import { type Benefit, type Eligibility, shownAnswersSchema } from '../../src-main/eligibility/model.ts'
import { shippedMaster } from '../../src-main/eligibility/schemes.ts'
import { emptyReception } from '../empty-reception.ts'
import { answered, earlierId, fetchedAt, patient, type Told } from './scene-parts.ts'

export interface Known {
  /** The master of local schemes; none was imported. */
  readonly localSchemes?: LocalSchemes
  /** What the clinic confirmed on 2026-11-02. */
  readonly held?: readonly Benefit[]
  /** What a person chose about each question, in their order. */
  readonly choices?: readonly Decided[]
  readonly insurance?: Eligibility['insurance']
}

const clinic: ClinicContext = {
  master: shippedMaster,
  localSchemes: null,
  municipalities: [],
  identity: { names: ['トレーニング診療所'], institutionCode: null },
  chosenOrders: [],
  chosenHelps: [],
  places: [{ destination: 'csv', places: 2 }],
  approvedSubstitutes: { 髙: '高' },
  canWrite: (text) => !text.includes('𠮷'),
}

/** The visit with its answer judged, as the agent does it. */
export function judged({ answers, ...visit }: Told, known: Known = {}): VisitView {
  const { patient } = visit
  const here = { ...clinic, localSchemes: known.localSchemes ?? null }
  if (!patient || !answers) return { ...visit, answers: null }
  const shown = shownAnswersSchema.parse(answers)
  const today: Eligibility = {
    patient,
    asOf: visit.day,
    fetchedAt,
    source: 'pmh',
    answers,
    insurance: known.insurance,
    ...(visit.history && { history: visit.history }),
  }
  const then = '2026-11-02T10:05:00.000+09:00'
  const held = known.held?.map((benefit) => ({ benefit, source: 'pmh' as const, fetchedAt: then, confirmedAt: then }))
  const before = held ? { held, decided: [] } : null
  const versions = [{ ...today, fetchedAt: then }]
  const assessment = assess(today, { versions, confirmation: before }, here)
  const source = 'pmh' as const
  if (!['confirmed', 'handedOver', 'acknowledged'].includes(visit.state))
    return { ...visit, answers: shown, assessment, source }
  const decisions = undecided(assessment.differences, []).map(({ key }, index): Decision => {
    return { key, choice: known.choices?.[index] ?? 'accept', at: fetchedAt }
  })
  const { handed } = confirm({ before, today, assessment, decisions, at: fetchedAt, clinic: here })
  const { assessed, order: next } = assessHanded(handed, assessment.benefits, today.asOf, here)
  const decided = assessment.differences.map((each) => {
    return { ...each, decided: decisions.find(({ key }) => key === each.key) ?? each.decided }
  })
  const deliveries = visit.deliveries.map((each) => ({ ...each, byHand: openByHandAt(handed, each.destination) }))
  return {
    ...visit,
    answers: shown,
    assessment: { ...assessment, differences: decided },
    handed: { ...handed, assessed, next },
    deliveries,
    source,
  }
}

/** As the list shows it. */
export const listed = ({ patient: who, handed, deliveries, ...visit }: VisitView, nth = 1): ListedVisit => ({
  id: visit.id,
  number: visit.number,
  day: visit.day,
  state: visit.state,
  desk: visit.desk,
  startedAt: visit.startedAt,
  name: who?.name ?? null,
  nameKana: who?.nameKana ?? null,
  birthDate: who?.birthDate ?? null,
  patientNumber: visit.patientNumber,
  nth,
  hasNote: visit.note !== null,
  isHeldUp: deliveries.some(({ failure }) => failure !== null),
  byHand: handed ? openByHand(handed) : 0,
})

export const earlier: VisitView = judged({
  ...answered,
  id: earlierId,
  number: 1,
  startedAt: '2026-11-23T08:58:02.000+09:00',
  patient: {
    ...patient,
    ref: 'p-2',
    name: '田中　陽翔',
    nameKana: 'タナカ　ハルト',
    birthDate: '2021-02-28',
    sex: 'male',
  },
})

const front = { birthDate: '1979-11-24', expiryYear: '2031', securityCode: '4821' }

export const reader: Reception['readers'][number] = { name: 'Training Reader', state: 'empty', isChosen: false }

export const empty: Reception = {
  ...emptyReception,
  version: '0.1.0',
  readers: [reader],
  papers: { clinicName: 'トレーニング診療所', formats: {} },
  visits: [listed(earlier)],
  terminal: {
    failures: [],
    mapping: { version: 1, isAssumed: true },
    otherDesk: null,
    laidByPrograms: 0,
    asking: { question: null, registration: null },
  },
  training: {
    personas: [
      { id: 'nanbyo', label: '難病（月額上限あり）', pin: '1234', front },
      { id: 'last-try', label: '暗証番号はあと1回', pin: '1234', front },
    ],
    gallery: [{ id: 'g-numbers', label: '番号の注意いろいろ', pin: '1234', front }],
    voucherGallery: [{ id: 'voucher-01', label: 'MR1期は接種済み', pin: '1234', front }],
    inserted: null,
    atKiosk: { inserted: null },
    hasTerminal: true,
    lesson: null,
    faults: [],
  },
}

export const placed = (current: VisitView): Reception => ({
  ...empty,
  readers: [{ name: 'Training Reader', state: 'card', isChosen: false }],
  current,
  visits: [listed(current), listed(earlier)],
  training: empty.training && { ...empty.training, inserted: 'nanbyo' },
})

export const at = (visit: Told, known?: Known): Reception => placed(judged(visit, known))
