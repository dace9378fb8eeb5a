// What has been, as pages show it: past days and people, records, day sheets and monthly reports.
import type { PastPerson, PastRowView, PastView, PastVisitView } from '../../src-main/contract/past.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import type { Figures, MonthReport, ReportView } from '../../src-main/contract/report.ts'
import type { Patient } from '../../src-main/eligibility/model.ts'

const today = '2026-11-23'
const day = '2026-11-20'
const idOf = (place: number) => `5b1d5b60-5a47-4a2a-9a3c-${String(place).padStart(12, '0')}`

const patient: Patient = {
  ref: 'p-1',
  name: '佐藤　美咲',
  nameKana: 'サトウ　ミサキ',
  birthDate: '1979-11-24',
  sex: 'female',
}

const row = (place: number, changes: Partial<PastRowView> = {}): PastRowView => ({
  id: idOf(place),
  number: place,
  day,
  state: 'acknowledged',
  startedAt: `${day}T${String(9 + Math.floor(place / 100)).padStart(2, '0')}:12:33.120+09:00`,
  patientNumber: '0012345',
  name: patient.name,
  nameKana: patient.nameKana,
  birthDate: patient.birthDate,
  nth: 1,
  hasNote: false,
  isHeldUp: false,
  byHand: 0,
  ...changes,
})

const child = { name: '田中　陽翔', nameKana: 'タナカ　ハルト', birthDate: '2021-02-28', patientNumber: null }
const rows = [
  row(5, { state: 'failed', name: null, nameKana: null, birthDate: null, patientNumber: null }),
  row(4, { nth: 2, byHand: 2 }),
  row(3, { ...child, isHeldUp: true, state: 'confirmed' }),
  row(2, {
    name: '長谷川バルテレミー　アレクサンドリーヌ',
    nameKana: 'ハセガワバルテレミー　アレクサンドリーヌ',
    hasNote: true,
  }),
  row(1),
]

const certificate = {
  name: '特定医療費（指定難病）受給者証',
  payerNumber: '54136015',
  recipientNumber: '5401602',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
}
const record: PastVisitView = {
  id: idOf(4),
  number: 4,
  day,
  state: 'acknowledged',
  startedAt: `${day}T09:12:33.120+09:00`,
  patientNumber: '0012345',
  patient,
  failure: null,
  source: 'pmh',
  fetchedAt: `${day}T09:12:36.000+09:00`,
  isAskedLater: false,
  answers: {
    medicalSubsidy: { state: 'present' },
    vaccination: { state: 'absent' },
    checkup: { state: 'withheld' },
  },
  confirmedAt: `${day}T09:13:02.000+09:00`,
  certificates: [
    { ...certificate, basis: 'source', isOnClaim: true, endedOn: null },
    {
      ...certificate,
      name: 'ひとり親家庭等医療費受給者証',
      payerNumber: '81136244',
      recipientNumber: 'ABC-0000000000000000000012345',
      validTo: '9999-12-31',
      basis: 'earlierConfirmed',
      isOnClaim: false,
      endedOn: null,
    },
  ],
  byHand: [{ ...certificate, name: '子ども医療費受給者証', reason: 'places', destinations: ['csv'] }],
  enteredAt: null,
  deliveries: [
    {
      id: idOf(40),
      destination: 'csv',
      format: 'csv',
      state: 'acknowledged',
      failure: null,
      updatedAt: `${day}T09:13:09.000+09:00`,
    },
    {
      id: idOf(41),
      destination: 'orca',
      format: 'orca',
      state: 'refused',
      failure: { code: 'DESTINATION_MISSING' },
      updatedAt: `${day}T09:13:12.000+09:00`,
    },
  ],
  note: '紙の受給者証を確認済み。',
}

const person = (ref: string, lastSeen: string, patientNumber: string | null): PastPerson => ({
  ...patient,
  ref,
  patientNumber,
  lastSeen,
})

const none: Figures = {
  visits: [],
  answers: { medicalSubsidy: [], vaccination: [], checkup: [] },
  schemes: [],
  undelivered: [],
  byHand: { open: 0, entered: 0 },
  waiting: null,
  failures: [],
}

const figures: Figures = {
  visits: [
    { state: 'confirmed', n: 1 },
    { state: 'handedOver', n: 12 },
    { state: 'acknowledged', n: 38 },
    { state: 'failed', n: 3 },
    { state: 'offline', n: 1 },
    { state: 'cancelled', n: 2 },
  ],
  answers: {
    medicalSubsidy: [
      { state: 'present', n: 31 },
      { state: 'absent', n: 18 },
      { state: 'withheld', n: 1 },
      { state: 'ended', n: 1 },
    ],
    vaccination: [
      { state: 'present', n: 4 },
      { state: 'absent', n: 47 },
    ],
    checkup: [
      { state: 'absent', n: 50 },
      { state: 'unreachable', n: 1 },
    ],
  },
  schemes: [
    { code: '88', name: '乳幼児医療費助成（マル乳）', n: 14 },
    { code: '54', name: '難病の患者に対する医療等に関する法律による特定医療', n: 11 },
    { code: '21', name: '精神通院医療', n: 6 },
    { code: null, name: '市単独の助成', n: 1 },
  ],
  undelivered: [
    { state: 'queued', n: 1 },
    { state: 'publishing', n: 1 },
    { state: 'conflict', n: 1 },
  ],
  byHand: { open: 1, entered: 4 },
  waiting: { visits: 51, medianS: 21, longestS: 754 },
  failures: [
    { failure: { code: 'HUB_UNREACHABLE' }, n: 2 },
    { failure: { code: 'PIN_BLOCKED' }, n: 1 },
    { failure: { code: 'DESTINATION_CONFLICT' }, n: 1 },
  ],
}

const share = (month: string, users: number, claims: number | null) => ({
  month,
  users,
  claims,
  permille: claims ? Math.floor((users * 1000) / claims) : null,
  neededPercent: month < '2026-06' ? null : 30,
})
const months = [
  share('2025-12', 88, 690),
  share('2026-01', 101, 702),
  share('2026-02', 120, 689),
  share('2026-03', 141, 711),
  share('2026-04', 160, 698),
  share('2026-05', 171, 705),
  share('2026-06', 190, 712),
  share('2026-07', 205, 694),
  share('2026-08', 198, 0),
  share('2026-09', 221, 700),
  share('2026-10', 236, 708),
  share('2026-11', 182, null),
]

const month: MonthReport = {
  kind: 'month',
  today,
  month: '2026-11',
  standing: 'counted',
  countedFrom: null,
  figures,
  share: share('2026-11', 182, null),
  forecast: { ...share('2026-11', 237, 704), claimsOf: 'earlierMonths' },
  months,
}

const daySheet: ReportView = {
  kind: 'day',
  today,
  day,
  standing: 'counted',
  figures,
  glass: [
    {
      at: `${day}T10:02:00.000+09:00`,
      until: `${day}T10:32:00.000+09:00`,
      name: '佐々木　恵',
      reason: '受付の職員が急に不在',
    },
  ],
}

export const pastScenes = (empty: Reception) => {
  const past = (of: PastView['of'], changes: Partial<PastView> = {}): Reception => ({
    ...empty,
    page: { name: 'past', today, of, visits: [], open: null, ...changes },
  })
  const report = (shown: ReportView): Reception => ({ ...empty, page: { name: 'report', report: shown } })
  const ofDay = { kind: 'day', day, standing: 'kept' } as const
  const busy = Array.from({ length: 1000 }, (_, at) =>
    row(1000 - at, { name: at % 3 === 0 ? child.name : patient.name }),
  )
  return {
    pastDay: past(ofDay, { visits: rows }),
    pastDayBusy: past(ofDay, { visits: busy }),
    pastDayExpired: past({ kind: 'day', day: '2026-10-02', standing: 'expired' }),
    pastDayBefore: past({ kind: 'day', day: '2025-10-02', standing: 'before' }),
    pastPerson: past(
      { kind: 'person', patient, others: [person('p-8', '2026-11-02', null)] },
      { visits: [row(4), row(2, { day: '2026-11-05', startedAt: '2026-11-05T16:02:00.000+09:00' })] },
    ),
    pastFound: past({
      kind: 'found',
      people: [person('p-1', '2026-11-20', '0012345'), person('p-8', '2026-11-02', null)],
    }),
    pastNobody: past({ kind: 'found', people: [] }),
    pastRecord: past(ofDay, { visits: rows, open: record }),
    pastRecordFailed: past(ofDay, {
      visits: rows,
      open: {
        ...record,
        state: 'failed',
        patient: null,
        patientNumber: null,
        failure: { code: 'PIN_BLOCKED' },
        source: null,
        fetchedAt: null,
        answers: null,
        confirmedAt: null,
        certificates: [],
        byHand: [],
        deliveries: [],
        note: null,
      },
    }),
    reportDay: report(daySheet),
    reportDayQuiet: report({ ...daySheet, day: today, figures: none }),
    reportDayExpired: report({ ...daySheet, day: '2026-10-02', standing: 'expired', figures: none }),
    reportMonth: report(month),
    reportMonthOver: report({
      ...month,
      month: '2026-10',
      share: share('2026-10', 236, 708),
      forecast: null,
      months: months.slice(0, -1),
    }),
    reportMonthZeroClaims: report({
      ...month,
      month: '2026-08',
      share: share('2026-08', 198, 0),
      forecast: null,
      months: months.slice(0, 9),
    }),
    reportMonthFirst: report({
      ...month,
      countedFrom: '2026-11-19',
      share: share('2026-11', 9, null),
      forecast: { ...share('2026-11', 12, null), claimsOf: null },
      months: [share('2026-11', 9, null)],
    }),
    reportMonthBefore: report({
      ...month,
      month: '2025-03',
      standing: 'before',
      figures: none,
      share: { ...share('2025-03', 0, 702), permille: null },
      forecast: null,
      months: [],
    }),
  } satisfies Record<string, Reception>
}
