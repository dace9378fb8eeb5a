// Every state the reception screen can be in, as the agent would send it. All people are invented.

import { pngOfPixels } from '../../src-main/card/png.ts'
import type { BookingsView } from '../../src-main/contract/bookings.ts'
import type { DeliveryView, FaceView, ListedVisit, Reception, VisitView } from '../../src-main/contract/reception.ts'
import { signalsSchema } from '../../src-main/contract/signals.ts'
import { assess, assessHanded, type ClinicContext } from '../../src-main/eligibility/assess.ts'
import { confirm, type Decision } from '../../src-main/eligibility/confirmation.ts'
import { undecided } from '../../src-main/eligibility/difference.ts'
import type { Decided } from '../../src-main/eligibility/effect.ts'
import { openByHand, openByHandAt } from '../../src-main/eligibility/handed.ts'
import { insuranceSchema } from '../../src-main/eligibility/insurance.ts'
import type { LocalSchemes } from '../../src-main/eligibility/local/judge.ts'
import { type Answers, type Benefit, type Eligibility, shownAnswersSchema } from '../../src-main/eligibility/model.ts'
import { shippedMaster } from '../../src-main/eligibility/schemes.ts'
import images from '../../src-main/stand-ins/card/images.json' with { type: 'json' }
import { knownSchemes } from '../../src-main/stand-ins/masters/sample-master.ts'
import { terminalReader } from '../../src-main/words/terminal.ts'
import { auditScenes } from './audit-scenes.ts'
import { capScenes } from './cap-scenes.ts'
import { firstRunScenes } from './first-run-scenes.ts'
import { pastScenes } from './past-scenes.ts'
import { printScenes } from './print-scenes.ts'
import { selfTestScenes } from './self-test-scenes.ts'
import { settingScenes } from './settings-scenes.ts'
import { trainingScenes } from './training-scenes.ts'

const visitId = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const earlierId = '16fd2706-8baf-433b-82eb-8c7fada847da'

const benefit: Benefit = {
  certificateTypeId: 'NANBYO01',
  certificateSubKey: null,
  certificateName: '特定医療費（指定難病）受給者証',
  scheme: { code: '54', name: '難病の患者に対する医療等に関する法律による特定医療', kind: 'national' },
  payerNumber: '54136015',
  recipientNumber: '5401602',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  validity: 'valid',
  monthlyCapYen: 10_000,
  alwaysReimbursed: false,
  undisclosed: false,
  segment: null,
  incomeSegment: '一般所得Ⅰ',
  additionalConditions: null,
  designatedInstitutions: ['トレーニング診療所', '窓口薬局'],
  details: [
    { label: '疾病名', value: '潰瘍性大腸炎' },
    { label: '適用区分', value: 'ウ' },
  ],
  historyKey: '1',
  warnings: ['MONTHLY_CAP_ON_PAPER', 'ENDS_SOON'],
}

const localBenefit: Benefit = {
  ...benefit,
  certificateTypeId: 'HITORIOYA',
  certificateName: 'ひとり親家庭等医療費受給者証',
  scheme: { code: '81', name: 'ひとり親', kind: 'local' },
  payerNumber: null,
  recipientNumber: 'ABC-0000000000000000000012345',
  validFrom: '2026-12-01',
  validTo: '2027-11-30',
  validity: 'notYet',
  monthlyCapYen: null,
  alwaysReimbursed: true,
  undisclosed: true,
  segment: '1割負担',
  additionalConditions: '01-02;03-01',
  details: [],
  warnings: ['PAYER_NUMBER_MISSING', 'NOT_YET_VALID', 'ALWAYS_REIMBURSED', 'UNDISCLOSED'],
}

const child: Benefit = {
  ...benefit,
  certificateTypeId: 'KODOMO88',
  certificateName: '子ども医療費受給者証',
  payerNumber: '88138243',
  recipientNumber: '1234566',
  validFrom: '2026-10-01',
  validTo: '2027-09-30',
  monthlyCapYen: null,
  incomeSegment: null,
  designatedInstitutions: [],
  details: [],
}

const oneParent: Benefit = {
  ...child,
  certificateTypeId: 'HITORIOYA81',
  certificateName: 'ひとり親家庭等医療費受給者証',
  payerNumber: '81136244',
  recipientNumber: '0613042',
  validTo: '9999-12-31',
}

const voucher = {
  id: 'MR2',
  name: '麻しん・風しん（MR）第2期',
  municipality: '東京都八王子市',
  validFrom: '2026-04-01',
  validTo: '2027-03-31',
  vaccineCode: 'measlesRubella',
  doseNumber: 2,
  questionnaire: null,
}

const nothing: Answers = {
  medicalSubsidy: { state: 'absent' },
  vaccination: { state: 'absent' },
  checkup: { state: 'absent' },
}

const csv: DeliveryView = {
  id: '6fa459ea-ee8a-4ca4-894e-db77e160355e',
  destination: 'csv',
  format: 'csv',
  state: 'delivered',
  failure: null,
  path: 'C:\\Recept\\import\\training_madoguchi_20261123_0002_6fa459ea-ee8a-4ca4-894e-db77e160355e.csv',
  byHand: 0,
  updatedAt: '2026-11-23T09:12:34.000+09:00',
}

const json: DeliveryView = {
  ...csv,
  id: '886313e1-3b8a-4372-9b90-0c9aee199e5d',
  destination: 'json',
  format: 'json',
  path: '\\\\server\\share\\training_madoguchi_20261123_0002_886313e1-3b8a-4372-9b90-0c9aee199e5d.json',
}

/** With the whole answer, which the agent judges before a screen gets it. */
type Told = Omit<VisitView, 'answers'> & { readonly answers: Answers | null }

const visit: VisitView & { readonly answers: null } = {
  id: visitId,
  number: 2,
  day: '2026-11-23',
  state: 'reading',
  reader: 'Training Reader',
  startedAt: '2026-11-23T09:12:33.120+09:00',
  failure: null,
  patient: null,
  patientNumber: null,
  confirmedName: null,
  staleNumber: null,
  pin: null,
  hold: null,
  certificate: null,
  face: null,
  holder: null,
  doubt: null,
  answers: null,
  assessment: null,
  handed: null,
  sharePercent: null,
  asOf: null,
  fetchedAt: null,
  askedLater: null,
  source: null,
  report: null,
  candidates: [],
  history: null,
  registrations: [],
  note: null,
  deliveries: [],
  paid: [],
}

const patient = {
  ref: 'p-1',
  name: '佐藤　美咲',
  nameKana: 'サトウ　ミサキ',
  birthDate: '1979-11-24',
  sex: 'female' as const,
}

/** A head and shoulders, as a photo has them. */
function portrait(): string {
  const [width, height] = [240, 300]
  const pixels = new Uint8ClampedArray(width * height)
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [(at % width) - width / 2, Math.floor(at / width)]
    const isHead = (x / 60) ** 2 + ((y - 110) / 75) ** 2 < 1
    const isBody = (x / 110) ** 2 + ((y - 300) / 95) ** 2 < 1
    pixels[at] = isHead ? 190 : isBody ? 90 : 235
  }
  return Buffer.from(pngOfPixels(width, height, pixels)).toString('base64')
}

const face: FaceView = {
  photo: portrait(),
  nameImage: images.nanbyo.name,
  addressImage: images.nanbyo.address,
  name: '佐藤　美咲',
  address: '東京都八王子市元本郷町三丁目24番1号',
  birthDate: '1979-11-24',
  sex: 'female',
  validTo: '2031-04-12',
}

const fetchedAt = '2026-11-23T09:12:34.000+09:00'

interface Known {
  /** The master of local schemes; none was imported. */
  readonly localSchemes?: LocalSchemes
  /** What the clinic confirmed on 2026-11-02. */
  readonly held?: readonly Benefit[]
  /** What a person chose about each question, in their order. */
  readonly choices?: readonly Decided[]
  readonly insurance?: Eligibility['insurance']
}

/** The visit with its answer judged, as the agent does it. */
function judged({ answers, ...visit }: Told, known: Known = {}): VisitView {
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

const answered: Told = {
  ...visit,
  state: 'handedOver',
  patient,
  answers: { ...nothing, medicalSubsidy: { state: 'present', items: [benefit] } },
  fetchedAt: '2026-11-23T09:12:34.000+09:00',
  deliveries: [csv, json],
}

const hardName: Told = {
  ...answered,
  patient: { ...patient, name: '𠮷髙　●子', nameKana: 'ヨシタカ　マルコ' },
}

const earlier: VisitView = judged({
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

const waiting: VisitView = judged({
  ...answered,
  number: 7,
  day: '2026-11-21',
  state: 'answered',
  askedLater: { differs: true },
  deliveries: [],
})

const fromTerminal: VisitView = {
  ...judged({
    ...answered,
    reader: terminalReader,
    number: 3,
    state: 'choosing',
    failure: { code: 'PATIENT_MATCHES_SEVERAL' },
    deliveries: [],
    report: {
      referenceNumber: '4711',
      isByCard: true,
      qualification: 'valid',
      codes: [{ code: 'W0003', message: '電子証明書の有効期限が3か月以内です。' }],
      unknown: [{ path: 'XmlMsg/MessageBody/ResultList/ResultOfQualificationConfirmation/NewThing', text: '1' }],
    },
    candidates: [
      {
        ...patient,
        ref: 'p-8',
        name: '佐藤　美咲',
        patientNumber: '0012345',
        lastSeen: '2026-10-02',
        certificates: ['特定医療費（指定難病）受給者証'],
      },
      { ...patient, ref: 'p-9', name: '佐藤　岬', patientNumber: null, lastSeen: '2025-12-15', certificates: [] },
    ],
  }),
  source: 'terminal',
}

const record = { handle: null, clinic: null, municipality: '東京都八王子市' }
const dose = {
  voucherId: 'MR2',
  vaccineCode: 'measlesRubella',
  doseNumber: 2,
  givenOn: '2026-11-23',
  lotNumber: 'Y8891',
  site: 'leftUpperArm',
  doseMl: null,
  physician: null,
} as const

/** A child with vouchers, earlier doses, and what was registered. */
const child5: Told = {
  ...answered,
  patient: { ...patient, name: '田中　陽翔', nameKana: 'タナカ　ハルト', birthDate: '2020-06-10', sex: 'male' },
  answers: {
    ...nothing,
    vaccination: {
      state: 'present',
      items: [
        {
          ...voucher,
          questionnaire: {
            name: '予診票',
            answeredAt: '2026-11-23T08:10:00.000+09:00',
            answers: [
              { question: '今日の体温は何度ですか', answer: '36.6', needsDoctor: false },
              { question: '最近1か月以内に予防接種を受けましたか', answer: 'はい', needsDoctor: true },
            ],
          },
        },
        { ...voucher, id: 'JE3', name: '日本脳炎 第1期追加', vaccineCode: 'japaneseEncephalitis', doseNumber: 3 },
      ],
    },
    checkup: {
      state: 'present',
      items: [
        {
          id: 'C5',
          name: '5歳児健康診査',
          municipality: '東京都八王子市',
          validFrom: '2026-04-01',
          validTo: '2027-03-31',
          checkupCode: 'child5Years',
          questionnaire: null,
        },
      ],
    },
  },
  history: {
    doses: [
      {
        ...record,
        vaccineCode: 'measlesRubella',
        vaccineName: '麻しん・風しん（MR）',
        doseNumber: 1,
        givenOn: '2021-06-20',
        lotNumber: 'Y0012',
        site: 'leftUpperArm',
        medium: 'digital',
      },
      {
        ...record,
        vaccineCode: 'japaneseEncephalitis',
        vaccineName: '日本脳炎',
        doseNumber: 2,
        givenOn: '2026-09-01',
        lotNumber: null,
        site: null,
        medium: 'paper',
      },
    ],
    checkups: [],
  },
  registrations: [
    {
      id: '6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7a11',
      name: '麻しん・風しん（MR）第2期',
      action: 'register',
      content: { dose },
      reason: null,
      state: 'registered',
      failure: null,
      isStanding: true,
      next: { label: '第2期', earliest: '2027-01-20' },
    },
    {
      id: '6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7a12',
      name: '日本脳炎 第1期追加',
      action: 'register',
      content: { dose: { ...dose, voucherId: 'JE3', vaccineCode: 'japaneseEncephalitis', doseNumber: 3 } },
      reason: null,
      state: 'refused',
      failure: { code: 'HUB_VOUCHER_UNKNOWN' },
      isStanding: false,
      next: null,
    },
  ],
}

/** A mother two weeks after a birth, whose points are a reason to tell the municipality. */
const mother: Told = {
  ...answered,
  answers: {
    ...nothing,
    checkup: {
      state: 'present',
      items: [{ ...voucher, id: 'P1', name: '産婦健康診査 第1回', checkupCode: 'postpartum', questionnaire: null }],
    },
  },
  history: { doses: null, checkups: [] },
  registrations: [
    {
      id: '6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7a13',
      name: '産婦健康診査 第1回',
      action: 'register',
      content: {
        checkup: {
          voucherId: 'P1',
          checkupCode: 'postpartum',
          doneOn: '2026-11-23',
          result: 'observation',
          measurements: [
            { item: 'EPDSの合計', value: '11' },
            { item: '支援の判断', value: '必要' },
          ],
          physician: null,
        },
      },
      reason: null,
      state: 'registered',
      failure: null,
      isStanding: true,
      next: null,
    },
  ],
}

/** As the list shows it. */
const listed = ({ patient: who, handed, deliveries, ...visit }: VisitView, nth = 1): ListedVisit => ({
  id: visit.id,
  number: visit.number,
  day: visit.day,
  state: visit.state,
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

const front = { birthDate: '1979-11-24', expiryYear: '2031', securityCode: '4821' }

const reader: Reception['readers'][number] = { name: 'Training Reader', state: 'empty', isChosen: false }

const empty: Reception = {
  revision: 1,
  mode: 'training',
  version: '0.1.0',
  today: '2026-11-23',
  readers: [reader],
  pinEntry: { side: 'desk', isShuffled: false },
  hideAfterMin: 5,
  papers: { clinicName: 'トレーニング診療所', formats: {} },
  signals: signalsSchema.parse({}),
  isLocked: false,
  hub: { state: 'up', since: '2026-11-23T08:30:00.000+09:00', certificateEndsOn: null, clockOffsetS: null },
  settings: { fallback: null, failures: [], changed: [], mayBeginFirstRun: false, practice: 'none' },
  clockDoubt: null,
  readerFailure: null,
  current: null,
  otherCard: null,
  kiosk: null,
  numberTaken: null,
  visits: [listed(earlier)],
  shown: null,
  page: { name: 'counter' },
  terminal: {
    failures: [],
    mapping: { version: 1, isAssumed: true },
    laidByPrograms: 0,
    asking: { question: null, registration: null },
  },
  destinations: [],
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

const at = (visit: Told, known?: Known): Reception => placed(judged(visit, known))
const placed = (current: VisitView): Reception => ({
  ...empty,
  readers: [{ name: 'Training Reader', state: 'card', isChosen: false }],
  current,
  visits: [listed(current), listed(earlier)],
  training: empty.training && { ...empty.training, inserted: 'nanbyo' },
})

function enteredByHand(): Reception {
  const given = at(
    { ...answered, answers: { ...nothing, medicalSubsidy: { state: 'present', items: [child] } } },
    { held: [child, oneParent], choices: ['leave'] },
  )
  const { current } = given
  if (!current?.handed) throw new Error('nothing is handed over')
  const visit = { ...current, handed: { ...current.handed, enteredAt: '2026-11-23T09:20:00.000+09:00' } }
  return placed({ ...visit, deliveries: visit.deliveries.map((each) => ({ ...each, byHand: 0 })) })
}

function orderedLater(): Reception {
  const given = at({
    ...answered,
    answers: { ...nothing, medicalSubsidy: { state: 'present', items: [child, oneParent] } },
  })
  const { current } = given
  if (!current?.handed) throw new Error('nothing is handed over')
  const { next } = current.handed
  const steps = next.steps.toReversed().map(({ benefit }) => ({ benefit, rule: 'CLINIC' as const }))
  return {
    ...given,
    current: { ...current, handed: { ...current.handed, next: { ...next, steps, decidedBy: 'clinic' } } },
  }
}

/** Every kind of row, over and over. */
const busyDay: ListedVisit[] = Array.from({ length: 1010 }, (_, at) => {
  const row = listed(earlier)
  const kinds: readonly Partial<ListedVisit>[] = [
    { patientNumber: '0012345' },
    { name: '長谷川バルテレミー　アレクサンドリーヌ', nameKana: 'ハセガワバルテレミー　アレクサンドリーヌ' },
    { nth: 2, hasNote: true, byHand: 12, patientNumber: 'ABCDEFGH-12345678901', birthDate: '2025-02-28' },
    { isHeldUp: true, day: '2026-11-21' },
    { name: null, nameKana: null, birthDate: null, state: 'cancelled' },
    { nth: 3, state: 'choosing' },
    { state: 'offline' },
  ]
  const number = 1010 - at
  return {
    ...row,
    ...kinds[at % kinds.length],
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    number,
  }
})

const pin = (triesLeft: number, wrong: boolean) => at({ ...visit, state: 'identifying', pin: { triesLeft, wrong } })
const failed = (code: 'PIN_BLOCKED' | 'HUB_TIMEOUT' | 'CARD_CERTIFICATE_EXPIRED') =>
  at({ ...visit, state: 'failed', failure: { code } })

const bookingRow: NonNullable<BookingsView['run']>['rows'][number] = {
  place: 0,
  patientNumber: '999',
  nameKana: 'ヤマダ タロウ',
  birthDate: '1988-04-01',
  outcome: 'check',
  findings: { reason: 'notLinked', lines: [] },
}

export const scenes = {
  waiting: empty,
  firstStart: { ...empty, visits: [], settings: { ...empty.settings, mayBeginFirstRun: true } },
  live: {
    ...empty,
    mode: 'live',
    training: null,
    readers: [{ ...reader, name: 'Circle CIR315 CL 00 00' }],
    settings: { ...empty.settings, practice: 'may' },
  },
  noReader: { ...empty, readers: [], readerFailure: { code: 'READER_UNAVAILABLE' } },
  twoReaders: {
    ...empty,
    readers: [
      { name: 'Sony FeliCa Port/PaSoRi 4.0 00 00', state: 'faulty', isChosen: false },
      { name: 'ACS ACR39U ICC Reader 01 00', state: 'empty', isChosen: false },
    ],
  },
  manyReaders: {
    ...empty,
    readers: [
      { name: 'Sony FeliCa Port/PaSoRi 4.0 00 00', state: 'inUse', isChosen: true },
      { name: 'ACS ACR39U ICC Reader 01 00', state: 'card', isChosen: false },
      { name: 'Broken', state: 'faulty', isChosen: false },
    ],
  },
  hubDown: {
    ...empty,
    hub: { state: 'down', since: '2026-11-23T09:10:00.000+09:00', certificateEndsOn: '2026-11-28', clockOffsetS: 420 },
  },
  hubCertificate: { ...empty, hub: { ...empty.hub, certificateEndsOn: '2027-01-15' } },
  clockOff: {
    ...empty,
    clockDoubt: {
      kind: 'off',
      now: '2026-11-23T09:00:00.000+09:00',
      other: '2026-11-24T09:00:10.000+09:00',
      isHeld: true,
    },
  },
  clockAhead: {
    ...empty,
    clockDoubt: {
      kind: 'ahead',
      now: '2026-11-23T09:00:00.000+09:00',
      other: '2026-10-02T18:00:00.000+09:00',
      isHeld: false,
    },
  },
  hubCertificateSoon: { ...empty, hub: { ...empty.hub, certificateEndsOn: '2026-12-10', clockOffsetS: -240 } },
  pinWithoutHub: at({
    ...visit,
    state: 'identifying',
    pin: { triesLeft: 3, wrong: false },
    hold: { code: 'HUB_UNREACHABLE' },
  }),
  reading: at(visit),
  busy: at({ ...visit, hold: { code: 'CARD_BUSY' } }),
  pin: pin(3, false),
  wrongPin: pin(2, true),
  lastTry: pin(1, true),
  pinBlocked: pin(0, true),
  patientTypes: { ...pin(3, false), pinEntry: { side: 'patient', isShuffled: true } },
  patientTypedWrong: { ...pin(2, true), pinEntry: { side: 'patient', isShuffled: true } },
  personDoubt: at({
    ...visit,
    state: 'asking',
    doubt: {
      by: 'reference',
      before: { ref: 'ref', name: '佐藤　美咲', nameKana: 'サトウ　ミサキ', birthDate: '1979-04-12', sex: 'female' },
      now: { ref: 'ref', name: '田中　美咲', nameKana: 'タナカ　ミサキ', birthDate: '1979-04-12', sex: 'female' },
    },
  }),
  face: at({ ...visit, state: 'identifying', pin: { triesLeft: 3, wrong: false }, face }),
  asking: at({ ...visit, state: 'asking' }),
  result: at(answered),
  lookedUp: { ...empty, shown: earlier },
  busyDay: { ...empty, visits: busyDay },
  waitsForPerson: {
    ...empty,
    visits: [listed(earlier), listed(waiting)],
    shown: waiting,
  },
  noted: at({ ...answered, note: '紙の受給者証を確認済み。お会計は金曜日にまとめて。' }),
  numberKnown: at({ ...answered, patientNumber: '0012345' }),
  numberTaken: {
    ...at(answered),
    numberTaken: {
      visitId: answered.id,
      number: '0012345',
      holder: { ...patient, name: '田中　陽翔', nameKana: 'タナカ　ハルト', birthDate: '2021-02-28', sex: 'male' },
    },
  },
  numberStale: at({ ...answered, staleNumber: '0012345' }),
  noClinicRules: { ...empty, page: { name: 'clinicRules', substitutes: [], orders: [], helps: [] } },
  clinicRules: {
    ...empty,
    page: {
      name: 'clinicRules',
      substitutes: [{ character: '髙', substitute: '高' }],
      orders: [
        [
          { key: '15', name: '障害者総合支援法による更生医療' },
          { key: '81136244', name: null },
        ],
      ],
      helps: [
        {
          of: [
            { key: '80137018', name: '心身障害者医療費助成' },
            { key: '88138243', name: '子ども医療費助成' },
          ],
          used: ['88138243'],
        },
      ],
    },
  },
  sounds: { ...empty, page: { name: 'signals' } },
  noSounds: { ...empty, page: { name: 'signals' }, signals: signalsSchema.parse({ volume: 'off', voice: true }) },
  noStaleNumbers: { ...empty, page: { name: 'staleNumbers', links: [] } },
  staleNumbers: {
    ...empty,
    page: {
      name: 'staleNumbers',
      links: [
        { number: '0012345', since: '2026-11-20', name: '佐藤　美咲' },
        { number: 'A-77', since: '2026-04-12', name: null },
      ],
    },
  },
  terminalQuery: { ...empty, page: { name: 'terminalQuestion' } },
  terminalAsking: {
    ...empty,
    page: { name: 'terminalQuestion' },
    terminal: empty.terminal && { ...empty.terminal, asking: { question: { state: 'asking' }, registration: null } },
  },
  terminalUnanswered: {
    ...empty,
    page: { name: 'terminalQuestion' },
    terminal: empty.terminal && {
      ...empty.terminal,
      asking: { question: { state: 'failed', failure: { code: 'TERMINAL_NO_ANSWER' } }, registration: null },
    },
  },
  localMaster: { ...empty, page: { name: 'localMaster', issue: null, draft: null } },
  localMasterDraft: {
    ...empty,
    page: {
      name: 'localMaster',
      issue: { issuedOn: '2026-08-03', importedAt: '2026-08-04T18:00:00.000+09:00', count: 22_975 },
      draft: {
        issuedOn: '2026-11-02',
        before: '2026-08-03',
        rows: 23_012,
        withoutNumber: 12,
        counts: { new: 41, changed: 2, ended: 1, same: 20_795 },
        examples: [
          {
            change: 'new',
            payerNumber: '89131247',
            prefecture: '東京都',
            municipality: '八王子市',
            name: '八王子市高校生等の医療費の助成',
          },
          {
            change: 'changed',
            payerNumber: '88131248',
            prefecture: '東京都',
            municipality: '八王子市',
            name: '八王子市義務教育就学児の医療費の助成',
          },
          { change: 'ended', payerNumber: '80146012', prefecture: '神奈川県', municipality: null, name: null },
        ],
      },
    },
  },
  bookings: { ...empty, page: { name: 'bookings', draft: null, run: null } },
  bookingColumns: {
    ...empty,
    page: {
      name: 'bookings',
      draft: {
        count: 46,
        columns: [
          { name: '患者番号', samples: ['0012345', '77', '1021'] },
          { name: '氏名', samples: ['佐藤　美咲', '田中　陽翔', '鈴木　一郎'] },
          { name: 'カナ氏名', samples: ['ｻﾄｳ ﾐｻｷ', 'ﾀﾅｶ ﾊﾙﾄ', ''] },
          { name: '生年月日', samples: ['S54.11.24', 'R3.2.28', 'S30.1.1'] },
        ],
        chosen: { patientNumber: '患者番号', nameKana: 'カナ氏名', birthDate: '生年月日' },
        day: '2026-11-24',
      },
      run: null,
    },
  },
  bookingsRunning: {
    ...empty,
    page: {
      name: 'bookings',
      draft: null,
      run: {
        day: '2026-11-24',
        state: 'running',
        failure: null,
        total: 46,
        done: 21,
        secondsLeft: 150,
        counts: { check: 1, absent: 0, changed: 0, new: 0, same: 20 },
        rows: [bookingRow],
      },
    },
  },
  bookingsStopped: {
    ...empty,
    page: {
      name: 'bookings',
      draft: null,
      run: {
        day: '2026-11-24',
        state: 'stopped',
        failure: { code: 'HUB_CLIENT_REJECTED' },
        total: 46,
        done: 0,
        secondsLeft: null,
        counts: { check: 0, absent: 0, changed: 0, new: 0, same: 0 },
        rows: [],
      },
    },
  },
  bookingsDone: {
    ...empty,
    page: {
      name: 'bookings',
      draft: null,
      run: {
        day: '2026-11-24',
        state: 'finished',
        failure: null,
        total: 46,
        done: 46,
        secondsLeft: 0,
        counts: { check: 1, absent: 1, changed: 1, new: 1, same: 42 },
        rows: [
          bookingRow,
          {
            ...bookingRow,
            place: 3,
            patientNumber: '0012345',
            nameKana: 'サトウ ミサキ',
            outcome: 'absent',
            findings: {
              reason: null,
              lines: [{ category: 'medicalSubsidy', kind: 'absent', name: '特定医療費（指定難病）受給者証' }],
            },
          },
          {
            ...bookingRow,
            place: 7,
            patientNumber: '1021',
            nameKana: 'スズキ イチロウ',
            outcome: 'changed',
            findings: {
              reason: null,
              lines: [
                { category: 'medicalSubsidy', kind: 'renewed', name: '子ども医療費受給者証' },
                { category: 'vaccination', kind: 'new', name: '麻しん・風しん（MR）第2期' },
              ],
            },
          },
          {
            ...bookingRow,
            place: 9,
            patientNumber: '3',
            nameKana: 'タナカ ハルト',
            outcome: 'new',
            findings: {
              reason: null,
              lines: [{ category: 'medicalSubsidy', kind: 'new', name: 'ひとり親家庭等医療費受給者証' }],
            },
          },
        ],
      },
    },
  },
  choosing: { ...empty, visits: [listed(fromTerminal), listed(earlier)], shown: fromTerminal },
  choosingNobody: { ...empty, visits: [listed(fromTerminal)], shown: { ...fromTerminal, candidates: [] } },
  cardLeft: { ...empty, otherCard: 'left' },
  kioskIdle: { ...empty, kiosk: { isOpen: true, printer: null, step: { kind: 'waiting' }, visit: null, called: [] } },
  kioskBusy: {
    ...empty,
    kiosk: {
      isOpen: true,
      printer: null,
      step: { kind: 'pin', visitId, triesLeft: 3, wrong: false },
      visit: { id: visitId, number: 12 },
      called: [
        {
          visitId: '7c9e6679-7425-40de-944b-e07fc1f90ae8',
          number: 9,
          startedAt: '2026-11-23T09:10:00+09:00',
          why: 'pin',
        },
        {
          visitId: '7c9e6679-7425-40de-944b-e07fc1f90ae9',
          number: 11,
          startedAt: '2026-11-23T09:14:00+09:00',
          why: 'line',
        },
      ],
    },
  },
  kioskOff: { ...empty, kiosk: { isOpen: false, printer: null, step: { kind: 'off' }, visit: null, called: [] } },
  terminalGone: {
    ...empty,
    terminal: {
      failures: [{ code: 'TERMINAL_FOLDER_MISSING', detail: { field: 'face' } }],
      mapping: { version: 1, isAssumed: true },
      laidByPrograms: 40,
      asking: null,
    },
  },
  answeredLater: at({ ...answered, askedLater: { differs: true } }),
  certificateEnds: at({
    ...answered,
    certificate: { status: 'endsSoon', validTo: '2027-01-12', countsTo: '2027-04-30' },
  }),
  certificateGrace: at({
    ...answered,
    certificate: { status: 'grace', validTo: '2026-10-12', countsTo: '2027-01-31' },
  }),
  delivering: at({
    ...answered,
    state: 'confirmed',
    deliveries: [csv, json].map((delivery) => ({ ...delivery, state: 'queued' as const, path: null })),
  }),
  undisclosed: at({
    ...answered,
    answers: {
      medicalSubsidy: { state: 'present', items: [benefit, localBenefit] },
      vaccination: { state: 'present', items: [voucher] },
      checkup: { state: 'withheld' },
    },
  }),
  vouchers: at(child5),
  vouchersToRegister: at({ ...child5, registrations: [] }),
  vouchersCancelled: at({
    ...child5,
    registrations: child5.registrations.slice(0, 1).flatMap((registration) => [
      { ...registration, isStanding: false },
      {
        ...registration,
        id: '6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7a14',
        action: 'cancel',
        content: null,
        isStanding: false,
      },
    ]),
  }),
  postpartum: at(mother),
  postpartumToRegister: at({ ...mother, registrations: [] }),
  absent: at({ ...answered, answers: nothing }),
  question: at(
    {
      ...answered,
      state: 'answered',
      deliveries: [],
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [{ ...benefit, monthlyCapYen: 20_000 }, child] },
      },
    },
    { held: [benefit, child, oneParent] },
  ),
  /** The number is another one, what is written of the illness has changed, and the earlier answer was PMH's. */
  changedNumbers: at(
    {
      ...answered,
      state: 'answered',
      deliveries: [],
      answers: {
        ...nothing,
        medicalSubsidy: {
          state: 'present',
          items: [
            {
              ...benefit,
              recipientNumber: '5401610',
              validTo: '2027-12-31',
              undisclosed: true,
              details: [{ label: '疾病名', value: 'クローン病' }],
            },
            child,
          ],
        },
      },
    },
    { held: [{ ...benefit, details: [{ label: '疾病名', value: '潰瘍性大腸炎' }] }, child] },
  ),
  /** 医療扶助 with the 医療券 of the month, as the 資格確認端末 tells it. */
  medicalTicket: at(
    { ...answered, answers: nothing },
    {
      insurance: insuranceSchema.parse({
        limitCategory: null,
        hasAssistance: true,
        medicalTickets: [
          {
            payerNumber: '12131231',
            recipientNumber: '1234566',
            kind: 'treatment',
            validFrom: '2026-11-01',
            validTo: '2026-11-30',
            month: '2026-11',
            issueNumber: '123',
            selfPayYen: 3_000,
            use: 'combined',
            institution: null,
            isElsewhere: false,
            details: [
              { label: '交付番号', value: '123' },
              { label: '診療別', value: '入院外' },
            ],
          },
        ],
      }),
    },
  ),
  /** Two helps of municipalities, and nobody has said which one is used. */
  helps: at({
    ...answered,
    state: 'answered',
    deliveries: [],
    answers: { ...nothing, medicalSubsidy: { state: 'present', items: [child, oneParent] } },
  }),
  /** The same beside a certificate that has changed. */
  helpsAndQuestion: at(
    {
      ...answered,
      state: 'answered',
      deliveries: [],
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [{ ...benefit, monthlyCapYen: 20_000 }, child, oneParent] },
      },
    },
    { held: [benefit, child, oneParent] },
  ),
  /** A change that nobody took over, and a certificate without an answer that nobody has seen. */
  decidedByHand: at(
    {
      ...answered,
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [{ ...benefit, monthlyCapYen: 20_000 }, child] },
      },
    },
    { held: [benefit, child, oneParent], choices: ['leave', 'leave'] },
  ),
  decidedAsBefore: at(
    {
      ...answered,
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [{ ...benefit, recipientNumber: '5401610', undisclosed: true }] },
      },
    },
    { held: [benefit, oneParent], choices: ['keep', 'paper'] },
  ),
  enteredByHand: enteredByHand(),
  nothingAccepted: at(
    {
      ...answered,
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [{ ...benefit, recipientNumber: '5401610' }] },
      },
    },
    { held: [benefit], choices: ['leave'] },
  ),
  decided: at(
    {
      ...answered,
      answers: {
        ...nothing,
        medicalSubsidy: {
          state: 'present',
          items: [{ ...benefit, validFrom: '2027-01-01', validTo: '2027-12-31' }, child],
        },
      },
    },
    { held: [benefit, child] },
  ),
  claimOrder: at(
    {
      ...answered,
      answers: { ...nothing, medicalSubsidy: { state: 'present', items: [child, benefit, oneParent] } },
    },
    { insurance: insuranceSchema.parse({ limitCategory: 'A03' }) },
  ),
  /** One in kind with two conditions, one that is not in the list. */
  localSchemes: at(
    {
      ...answered,
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [oneParent, { ...child, payerNumber: '80137110' }] },
      },
    },
    { localSchemes: knownSchemes },
  ),
  /** The clinic has chosen another order after the file went out. */
  orderedLater: orderedLater(),
  hardName: at(hardName),
  numberedName: at({ ...hardName, patientNumber: '0012345' }),
  spelledName: at({ ...hardName, patientNumber: '0012345', confirmedName: '𠮷髙　薫子' }),
  ended: at({
    ...answered,
    answers: {
      ...nothing,
      medicalSubsidy: {
        state: 'ended',
        endedOn: '2026-09-30',
        items: [{ ...benefit, validTo: '2026-09-30' }],
      },
    },
  }),
  offline: at({
    ...answered,
    state: 'offline',
    failure: { code: 'HUB_UNREACHABLE' },
    deliveries: [],
    answers: {
      medicalSubsidy: {
        state: 'unreachable',
        cached: { fetchedAt: '2026-11-02T10:05:00.000+09:00', items: [benefit] },
      },
      vaccination: { state: 'unreachable', cached: { fetchedAt: '2026-11-02T10:05:00.000+09:00', items: [] } },
      checkup: { state: 'unreachable', cached: null },
    },
  }),
  heldUp: at({
    ...answered,
    state: 'confirmed',
    deliveries: [
      {
        ...csv,
        state: 'rejected',
        path: null,
        failure: { code: 'TEXT_NOT_ENCODABLE', detail: { destination: 'csv' } },
      },
      {
        ...json,
        state: 'conflict',
        path: null,
        failure: { code: 'DESTINATION_CONFLICT', detail: { destination: 'json' } },
      },
    ],
  }),
  refused: at({
    ...answered,
    state: 'confirmed',
    deliveries: [
      {
        ...csv,
        state: 'refused',
        path: null,
        failure: { code: 'DESTINATION_REFUSED', detail: { destination: 'csv' } },
      },
      { ...json, failure: { code: 'DESTINATION_NOT_TAKEN', detail: { destination: 'json' } } },
    ],
  }),
  acknowledged: at({
    ...answered,
    state: 'acknowledged',
    deliveries: [
      { ...csv, state: 'acknowledged', path: null },
      { ...json, state: 'cancelled', path: null },
    ],
  }),
  blocked: failed('PIN_BLOCKED'),
  expired: failed('CARD_CERTIFICATE_EXPIRED'),
  timeout: failed('HUB_TIMEOUT'),
  unknownWithoutHub: at({
    ...visit,
    state: 'failed',
    failure: { code: 'HUB_UNREACHABLE' },
    certificate: { status: 'valid', validTo: '2029-04-12', countsTo: '2029-07-31' },
  }),
  holderRead: at({
    ...visit,
    state: 'failed',
    failure: { code: 'HUB_UNREACHABLE' },
    certificate: { status: 'valid', validTo: '2029-04-12', countsTo: '2029-07-31' },
    holder: { name: face.name, address: face.address, birthDate: face.birthDate, sex: face.sex },
  }),
  cancelled: at({ ...visit, state: 'cancelled', failure: { code: 'VISIT_CANCELLED' } }),
  ...settingScenes(empty),
  ...selfTestScenes(empty),
  ...firstRunScenes(empty),
  ...pastScenes(empty),
  ...auditScenes(empty),
  ...trainingScenes(empty),
  ...capScenes(empty, at(answered)),
  ...printScenes(
    at(
      {
        ...answered,
        answers: {
          ...nothing,
          medicalSubsidy: {
            state: 'present',
            items: [
              benefit,
              { ...child, additionalConditions: '01-02;03-01' },
              oneParent,
              {
                ...benefit,
                certificateTypeId: 'SEISHIN21',
                certificateName: '自立支援医療受給者証（精神通院）',
                payerNumber: '21136000',
                recipientNumber: '2101602',
                monthlyCapYen: 5_000,
              },
              {
                ...localBenefit,
                validFrom: '2025-12-01',
                validTo: '2026-11-30',
                certificateName: '重度心身障害者等医療費助成受給者証（本人・扶養義務者の所得による区分あり）',
                designatedInstitutions: [
                  '社会医療法人財団 八王子まんなか総合病院 附属クリニック',
                  'トレーニング診療所',
                  '窓口薬局',
                ],
              },
            ],
          },
        },
      },
      {
        held: [
          benefit,
          {
            ...child,
            certificateTypeId: 'MARUKO',
            certificateName: '小児慢性特定疾病医療受給者証',
            payerNumber: '52136017',
          },
        ],
        choices: ['leave'],
      },
    ),
    at(child5),
    at({ ...visit, state: 'offline', patient, answers: null, failure: { code: 'HUB_UNREACHABLE' } }),
  ),
} as const satisfies Record<string, Reception>
