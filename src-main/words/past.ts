// The words for what has been: past days, a person's visits, a visit as it was known then.

import type { DayStanding } from '../contract/past.ts'
import { numberText } from '../contract/visit-number.ts'
import { pageNames } from './pages.ts'

const many = (value: number) => value.toLocaleString('ja-JP')

export const pastScreen = {
  open: pageNames.past,
  title: '過去の受付',
  ofPerson: '来院歴',
  past: '過去',
  record: '過去の記録',
  isPast: (day: string) => `${day}の記録です。今日の受付ではありません。`,
  search: '患者さんで探す',
  number: '診察券番号',
  nameKana: 'フリガナ',
  birthDate: '生年月日',
  findNumber: '番号で探す',
  findName: 'フリガナと生年月日で探す',
  searchNote: 'フリガナは、姓と名のすべてを入れてください。保存期間内の受付だけが見つかります。',
  byDay: '日付で探す',
  standing(standing: DayStanding, day: string, visits: number): string {
    switch (standing) {
      case 'kept':
        return visits === 0 ? `${day}の受付はありません。` : `${day}の受付は${many(visits)}件です。`
      case 'today':
        return `${day}（今日）の受付は${many(visits)}件です。`
      case 'expired':
        return `${day}の受付は、保存期間を過ぎたため削除しました。`
      case 'before':
        return `${day}は、窓口を使い始める前です。`
      case 'future':
        return `${day}は、まだ来ていません。`
    }
  },
  person: (name: string, visits: number) => `${name} 様の、保存期間内の受付は${many(visits)}件です。`,
  notFound: '当てはまる方は見つかりません。保存期間を過ぎた受付は削除されています。',
  several: '当てはまる方が複数います。どなたか選んでください。',
  others: 'フリガナと生年月日が同じ記録が、ほかにもあります。同じ方とは限りません。',
  lastSeen: (day: string) => `最後の受付 ${day}`,
  choose: 'この方を見る',
  list: '過去の受付の一覧',
  backToList: '一覧に戻る',
  numberOf: (value: number) => `受付 ${numberText(value)}番`,
  known: 'そのとき分かっていたこと',
  answers: '照会の回答',
  noAnswer: '照会の回答はありません。',
  asked: (moment: string, source: string) => `${moment} 照会（${source}）`,
  askedLater: 'つながらなかったため、あとから照会した結果です。',
  handed: 'レセコンに渡した公費',
  said: '回答にあった公費（レセコンには渡していません）',
  noCertificates: '公費はありません。',
  onClaim: '請求に使用',
  notOnClaim: '請求には載せず',
  byHand: '手入力が必要だった公費',
  entered: (moment: string) => `${moment}に、手入力を済ませたと記録しています。`,
  notEntered: '手入力を済ませた記録はありません。',
  sent: '送った先',
  notSent: '何も送っていません。',
  confirmedAt: (moment: string) => `${moment} 確定`,
  period: (from: string, to: string) => `${from} ～ ${to}`,
  openPast: '過去の受付で探す',
  dayBefore: '前の日',
  dayAfter: '次の日',
  date: '日付（西暦）',
  show: '表示する',
  wrong: 'フリガナと生年月日を、正しく入れてください。',
  unknown: '氏名未確認',
  ageThen: (age: string) => `当時${age}`,
  noteTitle: 'メモ',
  endedOn: (day: string) => `${day} 終了`,
  payerNumber: '公費負担者番号',
  recipientNumber: '公費受給者番号',
  missing: '登録なし',
} as const
