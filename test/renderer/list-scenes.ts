// The list beside the counter and what is opened from it: other visits, a long day, results of the face reader.
import type { ListedVisit, Reception, VisitView } from '../../src-main/contract/reception.ts'
import { seriesStart } from '../../src-main/contract/visit-number.ts'
import { terminalReader } from '../../src-main/words/terminal.ts'
import { earlier, empty, judged, listed } from './scene-desk.ts'
import { answered, patient } from './scene-parts.ts'

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

export const listScenes = {
  serverSilent: { ...empty, siteServer: { state: 'silent', since: silentSince, goesOn: true } },
  serverSilentForLong: { ...empty, siteServer: { state: 'silent', since: silentSince, goesOn: false } },
  conflictsFound: { ...empty, siteServer: { state: 'up', conflicts: 3 } },
  alone: { ...empty, visits: aloneDay, siteServer: { state: 'alone', since: silentSince, failure: null } },
  aloneUnmerged: {
    ...empty,
    visits: aloneDay,
    shown: { ...earlier, number: 40 },
    siteServer: { state: 'alone', since: silentSince, failure: { code: 'STORE_FULL' } },
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
