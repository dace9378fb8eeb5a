// The list beside the counter and what is opened from it: other visits, a long day, results of the face reader.
import type { ListedVisit, Reception, VisitView } from '../../src-main/contract/reception.ts'
import { seriesStart } from '../../src-main/contract/visit-number.ts'
import { terminalReader } from '../../src-main/words/terminal.ts'
import { earlier, empty, judged, listed } from './scene-desk.ts'
import { answered, patient, visit } from './scene-parts.ts'

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

const silentSince = '2026-11-23T10:41:07.000+09:00'

/** Two of before the server was gone, and one of since then under a number of the desk's own. */
const aloneDay: ListedVisit[] = [
  { ...listed(earlier), id: '00000000-0000-4000-8000-000000000031', number: seriesStart(3) + 1, nth: 2 },
  { ...listed(waiting), day: earlier.day, number: 41, isCopy: true },
  { ...listed(earlier), number: 40, isCopy: true },
]

/** A hospital's list: rows of this desk, of others, and of one of which nothing is heard. */
const hospital: ListedVisit[] = [
  {
    ...listed(waiting),
    id: '00000000-0000-4000-8000-000000000012',
    number: 12,
    day: '2026-11-23',
    desk: { name: 'UKETSUKE-03', had: 'there', isAskedFor: false },
    patientNumber: '0012345',
  },
  {
    ...listed(waiting),
    id: '00000000-0000-4000-8000-000000000011',
    number: 11,
    day: '2026-11-23',
    desk: { name: 'UKETSUKE-07', had: 'gone', isAskedFor: false },
  },
  {
    ...listed(waiting),
    id: '00000000-0000-4000-8000-000000000010',
    number: 10,
    day: '2026-11-23',
    desk: { name: 'UKETSUKE-01', had: 'here', isAskedFor: false },
  },
  { ...listed(earlier), desk: { name: 'UKETSUKE-02', had: 'past', isAskedFor: false } },
]
const ofOtherDesk: VisitView = {
  ...waiting,
  id: '00000000-0000-4000-8000-000000000012',
  number: 12,
  day: '2026-11-23',
  askedLater: null,
  desk: { name: 'UKETSUKE-03', had: 'there', isAskedFor: false },
}
const atHospital: Reception = { ...empty, visits: hospital, asking: { asked: [], told: [] } }
const between = { visitId: hospital[2]?.id ?? '', number: 10, desk: 'UKETSUKE-03' }

export const listScenes = {
  serverSilent: { ...empty, siteServer: { state: 'silent', since: silentSince, goesOn: true } },
  serverSilentForLong: { ...empty, siteServer: { state: 'silent', since: silentSince, goesOn: false } },
  conflictsFound: { ...empty, siteServer: { state: 'up', conflicts: 3, unmerged: null } },
  upUnmerged: { ...empty, siteServer: { state: 'up', conflicts: 1, unmerged: { failure: { code: 'STORE_DAMAGED' } } } },
  alone: { ...empty, visits: aloneDay, siteServer: { state: 'alone', since: silentSince, failure: null } },
  aloneUnmerged: {
    ...empty,
    visits: aloneDay,
    shown: { ...earlier, number: 40, isCopy: true },
    siteServer: { state: 'alone', since: silentSince, failure: { code: 'STORE_FULL' } },
  },
  elsewhere: { ...atHospital, shown: ofOtherDesk },
  elsewhereAsked: {
    ...atHospital,
    shown: { ...ofOtherDesk, desk: { name: 'UKETSUKE-03', had: 'there', isAskedFor: true } },
  },
  elsewhereGone: {
    ...atHospital,
    shown: {
      ...ofOtherDesk,
      state: 'identifying',
      patient: null,
      answers: null,
      assessment: null,
      fetchedAt: null,
      note: null,
      desk: { name: 'UKETSUKE-03', had: 'gone', isAskedFor: false },
    },
  },
  movedHere: {
    ...atHospital,
    current: {
      ...visit,
      id: '00000000-0000-4000-8000-000000000012',
      number: 12,
      state: 'failed',
      failure: { code: 'VISIT_MOVED' },
      desk: { name: 'UKETSUKE-01', had: 'here', isAskedFor: false },
    },
  },
  askedFor: { ...atHospital, asking: { asked: [between], told: [] } },
  toldBetween: {
    ...atHospital,
    asking: {
      asked: [{ ...between, visitId: hospital[0]?.id ?? '' }],
      told: [
        { ...between, what: 'given' },
        { ...between, visitId: hospital[1]?.id ?? '', number: 11, what: 'got' },
      ],
    },
  },
  lookedUp: { ...empty, shown: earlier },
  busyDay: { ...empty, visits: busyDay },
  waitsForPerson: {
    ...empty,
    visits: [listed(earlier), listed(waiting)],
    shown: waiting,
  },
  choosing: { ...empty, visits: [listed(fromTerminal), listed(earlier)], shown: fromTerminal },
  choosingNobody: { ...empty, visits: [listed(fromTerminal)], shown: { ...fromTerminal, candidates: [] } },
} as const satisfies Record<string, Reception>
