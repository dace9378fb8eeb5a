// Pages that are opened from the head of the desk: rules, sounds, numbers, the terminal's questions, the master, bookings.
import type { BookingsView } from '../../src-main/contract/bookings.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { signalsSchema } from '../../src-main/contract/signals.ts'
import { seriesStart } from '../../src-main/contract/visit-number.ts'
import { empty } from './scene-desk.ts'

const bookingRow: NonNullable<BookingsView['run']>['rows'][number] = {
  place: 0,
  patientNumber: '999',
  nameKana: 'ヤマダ タロウ',
  birthDate: '1988-04-01',
  outcome: 'check',
  findings: { reason: 'notLinked', lines: [] },
}

const foundAt = {
  desk: '受付3',
  at: '2026-11-23T10:52:40.000+09:00',
  foundAt: '2026-11-23T11:20:00.000+09:00',
  staff: '鈴木　一郎',
}
const conflicts: Extract<Reception['page'], { name: 'conflicts' }>['conflicts'] = [
  {
    ...foundAt,
    id: 'c1',
    visit: {
      id: '00000000-0000-4000-8000-000000000031',
      number: seriesStart(3) + 1,
      day: '2026-11-23',
      name: '田中　陽翔',
      isListed: true,
    },
    content: { kind: 'number', here: { number: '0012345', name: null }, site: null, holder: '佐藤　美咲' },
    schemes: [],
  },
  {
    ...foundAt,
    id: 'c2',
    visit: null,
    content: { kind: 'claimOrder', here: ['15', '81136244'], site: ['81136244', '15'] },
    schemes: [
      { key: '15', name: '障害者総合支援法による更生医療' },
      { key: '81136244', name: null },
    ],
  },
  {
    ...foundAt,
    id: 'c3',
    staff: null,
    visit: {
      id: '00000000-0000-4000-8000-000000000032',
      number: seriesStart(3) + 2,
      day: '2026-11-23',
      name: null,
      isListed: false,
    },
    content: { kind: 'cap', month: '2026-11' },
    schemes: [],
  },
]

export const pageScenes = {
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
  noConflicts: {
    ...empty,
    siteServer: { state: 'up', conflicts: 0, unmerged: null },
    page: { name: 'conflicts', conflicts: [] },
  },
  conflicts: {
    ...empty,
    siteServer: { state: 'up', conflicts: 3, unmerged: null },
    page: { name: 'conflicts', conflicts },
  },
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
              lines: [
                { category: 'medicalSubsidy', kind: 'absent', name: '特定医療費（指定難病）受給者証', fields: [] },
              ],
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
                {
                  category: 'medicalSubsidy',
                  kind: 'renewed',
                  name: '子ども医療費受給者証',
                  fields: ['validFrom', 'validTo'],
                },
                { category: 'vaccination', kind: 'changed', name: '日本脳炎', fields: ['municipality', 'validTo'] },
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
              lines: [{ category: 'medicalSubsidy', kind: 'new', name: 'ひとり親家庭等医療費受給者証', fields: [] }],
            },
          },
        ],
      },
    },
  },
} as const satisfies Record<string, Reception>
