// What stands on the papers that are printed, and on the page on which one is looked at and printed.

import type { PaperName, PaperSize } from '../contract/papers.ts'
import { numberText } from '../contract/visit-number.ts'

export const paperText: Readonly<Record<PaperName, string>> = {
  receptionSlip: '受付票',
  certificates: '公費の一覧',
  capLine: '上限額管理票に書く行',
  capSheet: '上限額管理票の控え',
  emergencySheet: '受付控え（後日確認用）',
  doseRecord: '接種記録',
  daySheet: '日報',
  monthlyReport: '月次報告',
  selfTest: '自己診断の結果',
  enrolment: '認証アプリの設定',
}

export const paperSizeText: Readonly<Record<PaperSize, string>> = {
  a4: 'A4',
  a5: 'A5',
  a6: 'A6',
  roll80: 'ロール紙（幅80mm）',
}

/** On every sheet. */
export const sheetWords = {
  training: 'トレーニング',
  trainingNote: '練習用の用紙です。本物の患者さんには使えません。',
  page: (page: number, pages: number) => `${page} / ${pages}`,
} as const

/** The page of the preview. */
export const printScreen = {
  open: '印刷',
  title: '印刷',
  back: '印刷をやめる',
  paper: '用紙の種類',
  size: '用紙の大きさ',
  printer: 'プリンター',
  system: '印刷するときに選ぶ',
  gone: (name: string) => `${name}（見つかりません）`,
  print: '印刷する',
  printing: '印刷しています…',
  preview: '印刷の見本',
  sheet: (page: number, pages: number) => `${pages}枚中 ${page}枚目`,
  status: (paper: string, size: string, pages: number) => `${paper}、${size}、${pages}枚です。`,
  done: (paper: string) => `${paper}を印刷に回しました。`,
  note: '大きさとプリンターは、用紙の種類ごとに覚えます。',
  /** What the job is called to the printer and whoever looks at its queue: nobody's name. */
  job: '窓口',
} as const

/** What several papers say. */
export const paperWords = {
  person: (name: string) => `${name} 様`,
  number: '受付番号',
  receivedAt: '受付日時',
  name: '氏名',
  kana: 'フリガナ',
  birthDate: '生年月日',
  sex: '性別',
  patientNumber: '診察券番号',
} as const

export const slipWords = {
  number: (number: number) => `${numberText(number)}番`,
  bring: '窓口にお出しいただくもの',
  card: '診察券',
  certificate: '紙の受給者証（お持ちの方）',
  capSheet: '自己負担上限額管理票',
  handbook: '母子健康手帳',
  questionnaire: '記入した予診票',
  call: '番号でお呼びします。この用紙をお持ちになってお待ちください。',
} as const

export const certificatesWords = {
  beforeDecision: '確認前の内容です。レセコンには、まだ送っていません。',
  notToday: (moment: string) =>
    `今回は照会できていません。${moment}に照会した内容です。紙の受給者証で確認してください。`,
  place: (place: number) => `第${place}公費`,
  notOnClaim: '請求に載りません',
  period: '有効期間',
  until: (from: string, to: string) => `${from}から${to}まで`,
  openEnd: (from: string) => `${from}から（期限の定めなし）`,
  endedOn: (date: string) => `${date}で終了`,
  basis: '扱い',
  undisclosed: '不開示の対象です。住所や連絡先を本人以外に伝えないでください。',
  capSoFar: '今月の支払い',
  capSoFarOf: (yen: string, isWhole: boolean) =>
    isWhole ? `${yen}（管理票のとおり）` : `${yen}（この窓口に記入した分だけ）`,
  notInFile: 'レセコンのファイルに入っていない公費',
  entered: (moment: string) => `${moment}に手で入力済みです。`,
  toEnter: '手で入力してください。',
  nothing: 'この受付で使える公費はありません。',
  source: (name: string, moment: string) => `${name}に${moment}に照会した内容です。`,
} as const

export const doseWords = {
  given: '接種した日',
  dose: '回数',
  lot: '製造番号（ロット）',
  site: '接種部位',
  registered: '自治体への登録',
  next: '次の接種',
  nextFrom: (label: string, date: string) => `${label}　${date}から`,
  nextNote: '次の接種の日は、窓口にある記録からの目安です。母子健康手帳で確認してください。',
} as const
