// The words for the bookings of a day to come: kept apart because nobody at the counter needs them.

import type { BookingColumns, BookingOutcome, CheckReason, Findings, VoucherField } from '../contract/bookings.ts'
import { differenceText, fieldText } from './eligibility.ts'
import { pageNames } from './pages.ts'

export const bookingsScreen = {
  open: pageNames.bookings,
  title: '予約の事前照会',
  note: '予約の一覧（CSV）を選ぶと、公費などの変わった点を来院の前に確認できます。照会するのは、診察券番号を登録した患者さんです。',
  choose: '予約の一覧を選ぶ',
  chooseOther: '別の一覧を選ぶ',
  draft: (count: number) => `${count}件の予約が入っています。どの列に何が入っているかを確認してください。`,
  field: { patientNumber: '診察券番号', nameKana: 'カナ氏名', birthDate: '生年月日' } satisfies Record<
    keyof BookingColumns,
    string
  >,
  noColumn: '列を選んでください',
  samples: (values: string) => `例: ${values}`,
  day: '予約の日',
  start: '照会を始める',
  discard: 'やめる',
  run: (day: string, total: number) => `${day}の予約 ${total}件`,
  progress: (done: number, total: number) => `${total}件のうち${done}件が済みました。`,
  left: (seconds: number) => (seconds < 60 ? '残り1分以内です。' : `残り約${Math.ceil(seconds / 60)}分です。`),
  running: '受付の操作は、このまま続けられます。',
  stopped: '照会を止めています。',
  finished: '照会が終わりました。',
  stop: '照会を止める',
  resume: '照会を続ける',
  remove: '一覧を消す',
  removes: '一覧と照会の結果を消します。元には戻せません。よろしいですか。',
  same: (count: number) => `前回から変わりのない${count}件は、表示していません。`,
  nothing: '確認が必要な予約はありません。',
  result: '結果',
  content: '内容',
  noValue: '（空欄）',
} as const

const voucherFieldText: Record<VoucherField, string> = {
  name: '名称',
  municipality: '市区町村',
  validFrom: '有効期間の開始',
  validTo: '有効期間の終了',
  kindOfDose: '種類・回数',
  questionnaire: '予診票・問診票の回答',
}

const changedText = { ...fieldText, ...voucherFieldText }

/** What has become of a certificate or voucher, and which of its lines have changed. */
export function lineText({ kind, fields }: Findings['lines'][number]): string {
  const { label } = differenceText[kind]
  const changed = [...new Set(fields.map((field) => changedText[field]))]
  return changed.length === 0 ? label : `${label}（${changed.join('、')}）`
}

export const outcomeText: Record<BookingOutcome, string> = {
  check: '要確認',
  absent: '回答なし',
  changed: '変更あり',
  new: '新規',
  same: '変更なし',
}

export const checkReasonText: Record<CheckReason, string> = {
  incomplete: '診察券番号・カナ氏名・生年月日のどれかが足りないため、照会していません。',
  notLinked: 'この診察券番号のカードがまだ登録されていないため、照会していません。',
  personDiffers: '診察券番号とカナ氏名・生年月日が合わないため、照会していません。予約の内容を確認してください。',
  unknownAtSource: 'PMHに、この患者さんの情報がありません。来院時にカードで確認してください。',
  unanswered: 'PMHから、この患者さんの回答がありませんでした。来院時にカードで確認してください。',
}
