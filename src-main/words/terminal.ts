// The words of the 資格確認端末: its face reader's results, whom they are about, and what it said itself.

import type { Qualification } from '../contract/terminal-report.ts'
import { numberText } from '../contract/visit-number.ts'
import { pageNames } from './pages.ts'

/** What stands in a visit for the terminal's reader, which has no name of its own here. */
export const terminalReader = '資格確認端末'

export const faceReader = {
  arrived: (number: number) => `資格確認端末の結果です（受付 ${numberText(number)}番）`,
  done: '次の患者へ',
  question: 'この結果は、どの患者さんのものですか？',
  waits: '確認が必要です',
  same: 'この方で受け付ける',
  none: 'この中にいません（初めての方）',
  chooseFirst: '見比べて、1人を選んでください。',
  lastSeen: (day: string) => `前回の受付 ${day}`,
  certificates: (names: readonly string[]) => (names.length === 0 ? '公費の確認なし' : `公費 ${names.join('、')}`),
  first: '初めての方として受け付ける',
  refuse: '受け付けない',
  report: '資格確認端末の回答',
  referenceNumber: (number: string) => `照会番号 ${number}`,
  unknown: (count: number) => `システム担当者へ：対応表にない項目（${count}件）`,
  assumed: '資格確認端末の医療費助成は、項目名の対応表がないため読み取っていません。紙の受給者証で確認してください。',
  laidByPrograms: (count: number) =>
    `別のソフトが出した照会の結果（予約・訪問など）が、今日${count}件届いています。受付にはしていません。`,
  desks: {
    elsewhere: (desk: string, since: string) =>
      `顔認証付きカードリーダーの結果は、${since}から「${desk}」の窓口が受け取っています。`,
    quiet: (desk: string) =>
      `結果を受け取っている「${desk}」の窓口から、応答がありません。数分待っても戻らなければ、この窓口が引き継ぎます。`,
    take: 'この窓口で受け取る',
    takes: (desk: string) => `「${desk}」の代わりに、この窓口で結果を受け取りますか？`,
  },
  cards: '顔認証付きカードリーダー',
  cardsNote: 'カードを選ぶと、資格確認端末のフォルダーに結果が届きます。',
} as const

export const terminalQuestion = {
  open: pageNames.terminalQuestion,
  title: '資格確認端末に照会',
  note: 'カードをお持ちでない方は、資格確認書の番号で照会できます。',
  asking: '資格確認端末に照会しています。30秒ほどかかることがあります。',
  field: {
    insurerNumber: '保険者番号',
    symbol: '記号',
    number: '番号',
    branchNumber: '枝番',
  },
  birthDate: '生年月日',
  wrong: {
    insurerNumber: '6桁から8桁の数字で入力してください。',
    symbol: '40文字以内で入力してください。',
    number: '番号を入力してください。',
    branchNumber: '2桁までの数字で入力してください。',
  },
  limitConsent: '患者さんが限度額の情報の提供に同意している',
  ask: '照会する',
  stop: '照会をやめる',
  registration: {
    sending: '診察券番号を、照会番号として資格確認端末に登録しています。',
    done: '診察券番号を、照会番号として資格確認端末に登録しました。',
    failed: '診察券番号を、照会番号として資格確認端末に登録できませんでした。',
    again: 'もう一度登録するときは、診察券番号を登録し直してください。',
  },
} as const

/** QualificationValidity */
export const qualificationText: Record<Qualification, string> = {
  valid: '保険資格: 有効',
  invalid: '保険資格: 無効',
  replaced: '保険資格: 無効（新しい資格あり）',
  notFound: '保険資格: 該当なし',
  several: '保険資格: 複数該当',
  notRegistered: '保険資格: 有効（未登録）',
}
