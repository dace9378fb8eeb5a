// The file for the vendor (サポート用の情報) as text: what a person of the clinic reads before it is saved is the file itself. Headings
// and sentences are for both of them; codes, and the lines of the log, for whoever searches.

import type { Finding } from '../contract/self-test.ts'
import type { SettingValue, SupportBundle } from '../contract/support-bundle.ts'
import { pageNames } from './pages.ts'
import { checkStateText, checkText, findingText } from './self-test.ts'

const hostText = {
  thisComputer: '（このパソコン）',
  privateAddress: '（院内のアドレス）',
  publicAddress: '（院外のアドレス）',
  localName: '（院内の名前）',
  name: '（名前）',
} as const
const folderText = {
  share: '（共有フォルダー）',
  drive: '（ドライブのフォルダー）',
  absolute: '（フォルダー）',
  relative: '（データフォルダーの中）',
} as const
const textOfValue = { none: 'なし', set: '（設定あり）', odd: '（設定できない値）' } as const

const settingsFrom = {
  file: 'settings.json',
  none: 'settings.json はまだない（トレーニング）',
  lastGood: '前回起動したときの設定で動作',
  nothing: '設定を使えない',
} as const

const many = (value: number) => value.toLocaleString('ja-JP')
const size = (kilobytes: number | null) => (kilobytes === null ? 'なし' : `${many(kilobytes)} kB`)

function valueText(value: SettingValue): string {
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return textOfValue[value]
  if ('word' in value) return value.word
  if ('host' in value) return hostText[value.host]
  return 'folder' in value ? folderText[value.folder] : `${value.entries}件`
}

const isHost = (text: string): text is keyof typeof hostText => Object.hasOwn(hostText, text)

/** With the kind of a host in words. */
const worded = (finding: Finding): Finding =>
  'host' in finding && isHost(finding.host) ? { ...finding, host: hostText[finding.host] } : finding

const codeOf = (finding: Finding): string => (finding.code === 'failure' ? finding.failure.code : finding.code)

function checkLines({ check, of, state, finding }: SupportBundle['selfTest']['lines'][number]): readonly string[] {
  const name = of === null ? checkText[check] : `${checkText[check]}${of}`
  if (!finding) return [`[${checkStateText[state]}] ${name}`]
  const { says, repair } = findingText(worded(finding))
  const first = `[${checkStateText[state]}] ${name}：${says}（${codeOf(finding)}）`
  return repair === null ? [first] : [first, `        直し方：${repair}`]
}

const problemText = ({ code, field, line, reason }: NonNullable<SupportBundle['settings']['problem']>): string =>
  [code, field, reason, line === null ? null : `${line}行目`].filter((part) => part !== null).join(' ')

const statesText = (states: readonly { readonly state: string; readonly n: number }[]): string =>
  states.length === 0 ? 'なし' : states.map(({ state, n }) => `${state} ${many(n)}`).join('、')

const part = (title: string, lines: readonly string[]): readonly string[] => [`■ ${title}`, ...lines, '']

export function bundleText(bundle: SupportBundle): string {
  const { program, system, settings, selfTest, readers, store, sizes, log } = bundle
  const lines = [
    '窓口 サポート用の情報',
    `作成 ${bundle.madeAt}`,
    '患者さんの情報、暗証番号、パスワード、鍵と、フォルダー・サーバー・プリンターなどの名前は入っていません。',
    '',
    ...part('プログラムとパソコン', [
      `窓口 ${program.version ?? '（不明）'}（${program.isDesktop ? 'デスクトップ版' : 'ブラウザー版'}、Node ${program.node ?? '（不明）'}）`,
      `${system.platform} ${system.release ?? ''} ${system.arch}、メモリー ${system.memoryGb} GB、CPU ${system.processors}`,
      `時間帯 ${system.isClinicTime ? 'Asia/Tokyo' : '（Asia/Tokyo 以外）'}`,
    ]),
    ...part('自己診断', [
      selfTest.at === null ? 'まだ診断していません。' : `診断 ${selfTest.at}`,
      ...selfTest.lines.flatMap(checkLines),
    ]),
    ...part('カードリーダー', [
      ...(readers ?? []).map(({ kind, state }) => `${kind === 'other' ? '（その他のリーダー）' : kind}：${state}`),
      ...(readers === null ? ['自己診断の「カードリーダー」を参照'] : readers.length === 0 ? ['なし'] : []),
    ]),
    ...part('設定', [
      settingsFrom[settings.from],
      ...(settings.problem ? [`誤り：${problemText(settings.problem)}`] : []),
      ...settings.known.map(({ path, value }) => `${path} = ${valueText(value)}`),
      ...(settings.unknown > 0 ? [`ほかに、窓口が知らない項目 ${settings.unknown}件`] : []),
    ]),
    ...part('保存データ', [
      ...(store === null
        ? ['窓口が起動中か、開けないため、数えていません。']
        : [
            `データの形式 ${store.migration}`,
            `受付：${statesText(store.visits)}`,
            `受け渡し：${statesText(store.deliveries)}`,
            `登録：${statesText(store.registrations)}`,
          ]),
      `大きさ：データ ${size(sizes.database)}、書き込み中 ${size(sizes.writeAhead)}、ログ ${size(sizes.logs)}、ディスクの空き ${size(sizes.free)}`,
      `バックアップ：${sizes.copies.count}個${sizes.copies.newest === null ? '' : `（最新 ${sizes.copies.newest}）`}`,
    ]),
    ...part('ログ', [
      `${many(log.lines.length)}行（古いものから）。reference は画面の「お問い合わせ番号」です。`,
      ...(log.older > 0 ? [`これより古い${many(log.older)}行は入れていません。`] : []),
      ...(log.refused > 0 ? [`窓口のものではない${many(log.refused)}行は入れていません。`] : []),
      ...log.lines.map((line) => JSON.stringify(line)),
    ]),
  ]
  // As every editor of Windows shows it.
  return `${lines.join('\r\n').trimEnd()}\r\n`
}

/** Of the moment it was made at. */
export const bundleFileName = ({ madeAt }: Pick<SupportBundle, 'madeAt'>): string =>
  `madoguchi-support-${madeAt.slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-')}.txt`

export const support = {
  open: pageNames.supportBundle,
  title: 'サポート用の情報',
  note: '問い合わせのときに、システム担当者や販売元に渡すファイルです。下に見えているものがすべてで、患者さんの情報、暗証番号、パスワード、鍵は入りません。',
  status: '内容を確かめてから、保存してください。',
  save: 'ファイルに保存',
  saved: '保存の画面で選んだ場所に保存しました。',
  again: '作り直す',
  text: 'ファイルの内容',
  about: '問い合わせのときに渡すファイルを作る。患者さんの情報は入らない',
  out: '書き出すファイル（UTF-8 のテキスト。同じ名前のファイルがあれば断る）',
  outValue: 'FILE',
  made: (file: string, kilobytes: number) => [
    `${file} に書き出しました（${many(kilobytes)} kB）。`,
    '渡す前に、メモ帳などで開いて内容を確かめられます。',
  ],
  notes: [
    '版、OS、設定（名前や秘密を除く）、自己診断、状態ごとの件数、ログを1つのテキストにします。',
    '窓口の起動中も使えます。そのとき保存データの件数は入りません（画面の「自己診断」からは入ります）。',
  ],
  find: {
    about: '画面の「お問い合わせ番号」から、ログの行を探す',
    number: '画面に出た番号（例：482-163）',
    numberValue: 'NUMBER',
    none: (number: string) => `${number} の行は、残っているログにありません。`,
  },
} as const
