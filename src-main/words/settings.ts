// The words of the page of the settings. What a setting is called and what it is for stands in the schema of settings.json
// itself; here is the rest.

import type { SettingField, SettingValue } from '../contract/settings-page.ts'
import { screen } from './desk.ts'
import { pageNames } from './pages.ts'
import { signalsScreen } from './signals.ts'

/** What the words of settings.json mean. */
const meanings: Readonly<Record<string, string>> = {
  training: '練習',
  live: '本番',
  pcsc: 'このパソコンのリーダー',
  desk: '受付の画面',
  patient: '患者さんの画面',
  face: '顔認証の結果（face）',
  trash: '使い終えたもの（trash）',
  cp932: 'Shift_JIS（CP932）',
  'utf-8': 'UTF-8',
  none: '使わない',
}

const meaningOf = (word: string) => meanings[word] ?? word

const placeText: Record<NonNullable<SettingField['place']>, string> = {
  destinations: '画面の「取り込み先」で変えます。',
  reader: '画面の上の「受付に使うリーダー」で変えます。',
  bookings: '画面の「予約」で、一覧を読み込むときに選びます。',
  papers: '印刷の画面で選びます。',
  signals: `画面の「${signalsScreen.open}」で変えます。`,
  names: `画面の「${screen.clinicRules.open}」で取り消せます。`,
}

export const settingsScreen = {
  open: pageNames.settings,
  title: '設定',
  note: '本番で使う値と、誰がどこで変えるかを表示しています。フォルダー、接続先、パスワードなどは、安全のためこの画面では変えられません。',
  file: (path: string) => `設定ファイル：${path}`,
  others: 'そのほか',
  status: (waiting: number) =>
    waiting > 0 ? `次回起動から変わる設定が${waiting}件あります。` : '保存した設定で動いています。',
  nothing: '設定なし',
  from: {
    commandLine: 'コマンドラインの値',
    environment: '環境変数の値',
    site: '設定ファイルの値',
    computer: 'パソコン全体の設定の値',
    default: '初期値',
  },
  nextStart: '次回起動から',
  place: (place: SettingField['place']) =>
    place === null ? 'システム担当者が settings.json で変えます。' : placeText[place],
  edit: '変える',
  save: '保存',
  leave: 'やめる',
  takeBack: '前の設定に戻す',
  lines: '1行に1つずつ入力します。',
  choice: meaningOf,
  flag: { on: 'する', off: 'しない' },
  range: (min: number, max: number) => `${min}から${max}までの数字を入力してください。`,
  /** Asked before a change. */
  question: (title: string, before: string, after: string, since: 'now' | 'nextStart') =>
    `「${title}」を「${before}」から「${after}」に変えます。この医院のすべての受付で使い、${since === 'now' ? 'すぐに' : '次回起動から'}変わります。`,
  fewerDays: (days: number) => `${days}日より前の受付は、明日から表示しなくなり、1週間後に消えます。`,
} as const

export function valueText(value: SettingValue): string {
  if (value === null || value === '') return settingsScreen.nothing
  if (typeof value === 'boolean') return value ? settingsScreen.flag.on : settingsScreen.flag.off
  if (Array.isArray(value)) return value.length === 0 ? settingsScreen.nothing : value.map(meaningOf).join('、')
  return meaningOf(String(value))
}
