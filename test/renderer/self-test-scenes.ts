// The page of the self-test: before it was begun, while it waits for a card, all well, and with a cause and what stands on it.
import type { Reception } from '../../src-main/contract/reception.ts'
import type { CheckLine, CheckName, Finding } from '../../src-main/contract/self-test.ts'

const startedAt = '2026-11-23T09:15:00.000+09:00'

const well: readonly (readonly [CheckName, CheckLine['state'], Finding])[] = [
  ['version', 'ok', { code: 'version', version: '0.1.0', node: '24.21.0' }],
  ['settings', 'ok', { code: 'settingsRead', mode: 'live', isFile: true, nextStart: ['再来受付機'] }],
  ['disk', 'ok', { code: 'diskRoom', megabytes: 84_000 }],
  ['key', 'ok', { code: 'keyThere' }],
  ['database', 'ok', { code: 'storeWhole' }],
  ['audit', 'ok', { code: 'auditWhole' }],
  ['readerService', 'ok', { code: 'serviceUp' }],
  ['readers', 'ok', { code: 'readersFound', names: ['Circle CIR315 CL 00 00'] }],
  ['card', 'ok', { code: 'cardRead' }],
  ['hubFiles', 'ok', { code: 'hubFilesRead' }],
  ['hubCertificate', 'ok', { code: 'certificateLasts', day: '2028-03-31', days: 494 }],
  ['hubName', 'ok', { code: 'nameKnown', host: 'hub.example.jp' }],
  ['hubLine', 'ok', { code: 'hubReached' }],
  ['hubTls', 'ok', { code: 'tlsAgreed' }],
  ['hubAnswer', 'ok', { code: 'hubAnswers' }],
  ['clock', 'ok', { code: 'clockRight', seconds: 2 }],
  ['terminalFolders', 'unused', { code: 'noTerminal' }],
  ['terminalApplication', 'unused', { code: 'noTerminal' }],
  ['terminalFiles', 'unused', { code: 'noTerminal' }],
  ['terminalDesks', 'unused', { code: 'noTerminal' }],
  ['destination', 'ok', { code: 'folderTried' }],
  ['masters', 'ok', { code: 'masterFresh', day: '2026-11-02' }],
]

const lineOf = ([check, state, finding]: (typeof well)[number]): CheckLine => ({
  check,
  of: check === 'destination' ? 'receipt' : null,
  state,
  finding,
})

const allWell = well.map(lineOf)

/** The same with other findings. */
const but = (changes: Partial<Record<CheckName, readonly [CheckLine['state'], Finding]>>): CheckLine[] =>
  allWell.map((line) => {
    const [state, finding] = changes[line.check] ?? [line.state, line.finding]
    return { ...line, state, finding }
  })

const broken = but({
  hubCertificate: ['warning', { code: 'certificateEndsSoon', day: '2026-12-05', days: 12 }],
  readers: ['failed', { code: 'readerWithoutDriver', name: 'Sony RC-S380/P' }],
  card: ['unknown', { code: 'because', check: 'readers' }],
  hubTls: ['failed', { code: 'hubUntrusted', why: 'ca' }],
  hubAnswer: ['unknown', { code: 'because', check: 'hubTls' }],
  clock: ['unknown', { code: 'because', check: 'hubTls' }],
  terminalFolders: [
    'failed',
    { code: 'failure', failure: { code: 'TERMINAL_FOLDER_MISSING', detail: { field: 'face' } } },
  ],
  terminalApplication: ['unknown', { code: 'because', check: 'terminalFolders' }],
  terminalFiles: ['unknown', { code: 'because', check: 'terminalFolders' }],
  terminalDesks: ['unknown', { code: 'because', check: 'terminalFolders' }],
  masters: ['warning', { code: 'masterOld', day: '2026-05-11', days: 196 }],
})

const beforeCard = allWell.findIndex(({ check }) => check === 'card')
const waiting = allWell.map((line, index): CheckLine => {
  if (index < beforeCard) return line
  return { ...line, state: index === beforeCard ? 'running' : 'waiting', finding: null }
})

/** Of a desk of a hospital, whose server waits for its administrator. */
const ofServer: readonly (readonly [CheckName, CheckLine['state'], Finding])[] = [
  ['server', 'ok', { code: 'serverAnswers', release: 15 }],
  ['serverCertificate', 'warning', { code: 'serverCertificateEndsSoon', day: '2026-12-05', days: 12 }],
  ['serverTables', 'warning', { code: 'serverTablesOlder', applied: 5, known: 6, mayChange: false }],
  ['serverRights', 'ok', { code: 'serverRightsDesk' }],
  ['serverSafety', 'unknown', { code: 'serverAlone', isLazy: true }],
  ['serverClock', 'ok', { code: 'serverClockRight', seconds: 1 }],
  ['serverWay', 'warning', { code: 'serverPooled' }],
  ['serverRoom', 'ok', { code: 'serverRoom', used: 84, most: 397 }],
]
const atHospital = [...allWell.slice(0, 3), ...ofServer.map(lineOf), ...allWell.slice(3)]

/** `empty`: the counter with nobody at it. */
export const selfTestScenes = (empty: Reception) => {
  const page = { name: 'selfTest', isRunning: false, isCardAwaited: false, startedAt } as const
  const live = {
    ...empty,
    mode: 'live' as const,
    training: null,
    readers: empty.readers.map((reader) => ({ ...reader, name: 'Circle CIR315 CL 00 00' })),
  }
  return {
    selfTest: { ...empty, page: { ...page, startedAt: null, lines: [] } },
    selfTestRunning: { ...empty, page: { ...page, isRunning: true, isCardAwaited: true, lines: waiting } },
    selfTestWell: { ...live, page: { ...page, lines: allWell } },
    selfTestServer: { ...live, page: { ...page, lines: atHospital } },
    selfTestBroken: {
      ...live,
      readers: [],
      readerFailure: { code: 'READER_UNAVAILABLE' },
      page: { ...page, lines: broken },
    },
    supportBundle: {
      ...live,
      page: {
        name: 'supportBundle',
        file: 'madoguchi-support-20261123-0915.txt',
        text: [
          '窓口 サポート用の情報',
          '作成 2026-11-23T09:15:00+09:00',
          '',
          '■ プログラムとパソコン',
          '窓口 0.1.0（デスクトップ版、Node 24.21.0）',
          '',
          '■ 自己診断',
          '[正常] 保存データ：すべて読み取れ、欠けている記録はありません。（storeWhole）',
          '[異常] PMHへの接続：（名前） に接続できません。（hubUnreachable）',
          '        直し方：ルーターやファイアウォールで、この接続が許可されているか確かめてください。',
          '',
          '■ 設定',
          'hub.url = （名前）',
          'destinations.0.folder = （共有フォルダー）',
          '',
          '■ ログ',
          ...Array.from(
            { length: 40 },
            (_, line) =>
              `{"at":"2026-11-23T09:${10 + line}:00+09:00","event":"visitMoved","reference":"482-163","state":"failed","code":"HUB_UNREACHABLE"}`,
          ),
        ].join('\r\n'),
      },
    },
  } satisfies Record<string, Reception>
}
