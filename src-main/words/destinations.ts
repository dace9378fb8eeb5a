// The words for setting destinations up: kept apart because clinic IT needs them and nobody at the counter does.

import type { DestinationFormat } from '../contract/destination.ts'
import { pageNames } from './pages.ts'

export const formatName: Record<DestinationFormat, string> = {
  csv: 'CSV（Madoguchi形式）',
  json: 'JSON（Madoguchi形式）',
  xml: '資格確認XML（OQSsiquc01res_face）',
  fhir: 'FHIR（JP Core）',
  receipt: 'receipt.txt（ダイナミクス）',
  orca: '日医標準レセプトソフト（API）',
}

/** What a field of the form is called, and what is wrong with it when it does not fit. */
export const destinationFields = {
  format: { label: '形式', wrong: '' },
  id: { label: '名前', wrong: '半角の英小文字・数字・ハイフンで、31文字以内で入力してください。' },
  folder: { label: 'フォルダー', wrong: '' },
  fileName: {
    label: 'ファイル名',
    wrong: '半角の英数字・ハイフン・下線と {day} {number} {time} {id} で入力してください。{id} は必要です。',
  },
  extension: { label: '拡張子', wrong: '' },
  url: { label: '接続先', wrong: '' },
  user: { label: '利用者', wrong: '半角の英数字・記号（コロンを除く）で、64文字以内で入力してください。' },
  passwordFile: { label: 'パスワードのファイル', wrong: '' },
  password: { label: 'パスワード', wrong: '' },
  encoding: { label: '文字コード', wrong: '' },
  institutionCode: { label: '医療機関コード', wrong: '10桁の数字で入力してください。' },
  takenWithinMin: { label: '取り込みを待つ時間（分）', wrong: '1から1440までの数字を入力してください。' },
  subsidyPlaces: { label: '取り込める公費の数', wrong: '' },
  unwritable: { label: '使えない文字のある氏名', wrong: '' },
  formulas: { label: '「=」「+」「-」「@」で始まる文字', wrong: '' },
} as const
export type DestinationField = keyof typeof destinationFields

export const destinationsScreen = {
  open: pageNames.destinations,
  title: '取り込み先の設定',
  note: 'レセコンや電子カルテに渡すファイルを、見本の患者さんで確かめてから設定できます。',
  nextStart: '保存した内容は、次にこのソフトを起動したときから使います。',
  none: '取り込み先はまだありません。',
  state: { on: '使用中', off: '使わない' },
  edit: '設定を見る',
  add: '取り込み先を追加',
  remove: '削除',
  left: (count: number, since: string) => `取り込まれていないファイル：${count}件（${since}から）`,
  removeLeft: 'ファイルを消す',
  removesLeft: (count: number) => `レセコンに取り込まれていない${count}件のファイルを消します。元に戻せません。`,
  removes: (id: string) => `「${id}」を設定から削除しますか。`,
  encodings: { cp932: 'Shift_JIS（CP932）', 'utf-8': 'UTF-8' },
  unwritable: { hold: '保留にして確認する', kana: 'カナ氏名に置き換える' },
  formulas: { hold: '保留にして確認する', quote: "先頭に「'」を付ける", keep: 'そのまま書く' },
  takenNever: '空欄にすると、取り込まれたかどうかを確認しません。',
  idTaken: 'この名前は、別の取り込み先で使っています。',
  header: '1行目に列の名前を入れる',
  endMarker: '書き終わりを知らせるファイル（.end）も作る',
  isOn: 'この取り込み先を使う',
  choose: '選んでください',
  allowed: '選べるものを増やすときは、システム担当者が settings.json の allowed に加えてください。',
  secrets: 'データフォルダーの secrets に置いたファイルから選びます。1行目をパスワードとして使います。',
  variable: (name: string) => `環境変数 ${name} の値`,
  variableNote: 'settings.json で決められています。変えるときは、システム担当者に依頼してください。',
  plainLine: '暗号化されない接続（http）です。院内のネットワークの中だけで使い、できるだけ https にしてください。',
  orca: '証明書や受付の登録などは、settings.json で設定します。',
  columns: '列の順番',
  chosenColumns: '出力する列',
  otherColumns: '出力しない列',
  up: '上へ',
  down: '下へ',
  leaveOut: '外す',
  takeIn: '加える',
  save: '保存',
  discard: 'やめる',
  preview: 'ファイルの見本',
  sample: '見本の患者さん',
  fileName: 'ファイル名',
  /** A sample for which there would be no file, in the list of samples. */
  held: (label: string) => `${label} — 作成できません`,
  fits: (count: number) => `${count}人の見本すべてで、ファイルを作成できます。`,
  holds: (held: number, count: number) => `${count}人の見本のうち、${held}人はファイルを作成できません。`,
  incomplete: '入力がそろうと、ここに見本が出ます。',
} as const
