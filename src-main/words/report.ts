// The words of day sheet and monthly report, on the screen, on paper and in the file.

import type { ReportView } from '../contract/report.ts'
import { pageNames } from './pages.ts'
import { paperText } from './papers.ts'

const many = (value: number) => value.toLocaleString('ja-JP')

/** 75 → `1分15秒`. */
const seconds = (value: number) =>
  value < 60
    ? `${value}秒`
    : value < 3_600
      ? `${Math.floor(value / 60)}分${value % 60 === 0 ? '' : `${value % 60}秒`}`
      : `${Math.floor(value / 3_600)}時間${Math.floor((value % 3_600) / 60)}分`

/** 304 → `30.4%`: rounded down, so that nobody reads a share that was not reached. */
const percent = (permille: number | null) =>
  permille === null ? '—' : `${Math.floor(permille / 10)}.${permille % 10}%`

export const reportScreen = {
  open: pageNames.report,
  title: { day: paperText.daySheet, month: paperText.monthlyReport },
  kinds: '集計の種類',
  days: 'ほかの日',
  months: 'ほかの月',
  before: { day: '前の日', month: '前の月' },
  after: { day: '次の日', month: '次の月' },
  choose: { day: '日付（西暦）', month: '年月（西暦）' },
  show: '表示する',
  count: (value: number) => `${many(value)}件`,
  people: (value: number) => `${many(value)}人`,
  number: many,
  seconds,
  percent,
  none: '—',
  status(report: ReportView, name: string, visits: number): string {
    switch (report.standing) {
      case 'counted':
        return visits === 0 ? `${name}の受付はありません。` : `${name}の受付は${many(visits)}件です。`
      case 'expired':
        return `${name}の受付は、保存期間を過ぎたため削除しました。件数は、その月の月次報告に残っています。`
      case 'before':
        return `${name}は、窓口を使い始める前です。`
      case 'future':
        return `${name}は、まだ来ていません。`
    }
  },
  countedFrom: (day: string) => `この月は、${day}から数えています。`,
  /** 非常時の操作. */
  glass: '非常時の操作',
  glassLine: (from: string, until: string, name: string, reason: string) =>
    `${from}から${until}まで　${name}　${reason}`,
  unnamed: '患者さんの氏名は含みません。',
  results: '受付の結果',
  total: '合計',
  answers: '照会の回答',
  answersNote: 'PMHや資格確認端末の回答を、受付ごとに数えています。',
  noAnswers: '照会した受付はありません。',
  schemes: 'レセコンに渡した公費',
  schemesNote: '請求に使うものとして渡した公費を、受付ごとに数えています。',
  noSchemes: '渡した公費はありません。',
  scheme: (code: string | null, name: string) => (code === null ? name : `${code} ${name}`),
  work: '届いていないもの・手入力',
  undelivered: '届いていないファイル',
  byHandOpen: '手入力が残っている受付',
  byHandEntered: '手入力を済ませた受付',
  waiting: '待ち時間（カードを置いてから確定まで）',
  waitingNote: '受付のリーダーに置いた方だけを数えています。',
  median: '中央値',
  longest: '最長',
  noWaiting: '数えられる受付はありません。',
  failures: '受付できなかった理由・送れなかった理由',
  noFailures: 'ありません。',
  item: '項目',
  counted: '件数',
  share: {
    title: 'マイナ保険証の利用率（目安）',
    users: 'カードを使った方',
    claims: 'レセプト件数',
    share: '利用率',
    month: '年月',
    forecast: (month: string) => `${month}の見込み`,
    forecastShort: '見込み',
    note: '月内に何度来られた方も1人と数え、その月のレセプト件数で割っています（2025年12月からの公表値と同じ考え方）。カードを置いて照会できた方だけを、受付のリーダーと顔認証付きカードリーダーを合わせて数えます。公表される利用率とは一致しないことがあります。',
    noClaims: 'レセプト件数が入っていないため、利用率は計算できません。',
    zeroClaims: 'レセプト件数が0件のため、利用率は計算できません。',
    reached: (percent: number) => `${percent}%以上です`,
    notReached: (percent: number) => `${percent}%に届いていません`,
    willReach: (percent: number) => `このままなら${percent}%以上の見込みです`,
    willNotReach: (percent: number) => `このままでは${percent}%に届かない見込みです`,
    rule: (percent: number) =>
      `電子的診療情報連携体制整備加算（2026年6月から）は、利用率${percent}%以上が条件の1つです（2026年3月時点の資料）。`,
    told: '入力されたこの月のレセプト件数を使っています。',
    earlierMonths: 'この月のレセプト件数がまだないため、前の月まで（最大3か月）の平均を使っています。',
    noForecastClaims: 'レセプト件数が入っていないため、人数だけの見込みです。',
    tooEarly: '月の初めのため、まだ見込みを出していません（7日から表示します）。',
    carriedOn:
      '今日までの人数を、月末までの日数に伸ばした数です。同じ方の2回目以降は増えないため、実際は少し低めになります。',
    chart: 'マイナ保険証の利用率の推移',
    chartNote: (percent: number) => `破線は${percent}%です。斜線の棒は見込みです。`,
    table: '月ごとの利用率',
  },
  claims: {
    title: (month: string) => `${month}のレセプト件数`,
    label: 'レセプト件数（数字のみ）',
    save: '登録する',
    saved: (month: string, count: number) => `${month}のレセプト件数を${many(count)}件にしました。`,
    removed: (month: string) => `${month}のレセプト件数を消しました。`,
    remove: '消す',
    wrong: '0から999,999までの数字を入れてください。',
    import: 'ファイルから読み込む',
    importNote: '1列目が年月、2列目が件数のCSV。同じ月は置き換わります。',
    imported: 'ファイルのレセプト件数を登録しました。',
  },
  csv: 'CSVに保存',
  csvNote: 'Excelでそのまま開けます（UTF-8、BOM付き）。',
  csvSaved: 'CSVを保存しました。保存先は、画面の表示に従ってください。',
  csvColumns: ['区分', '項目', '値', '単位'] as const,
  unit: { count: '件', people: '人', percent: '%', seconds: '秒' },
  fileName: (report: ReportView) => (report.kind === 'day' ? `日報_${report.day}.csv` : `月次報告_${report.month}.csv`),
} as const
