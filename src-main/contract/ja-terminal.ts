// The words of the 資格確認端末: its face reader's results, whom they are about, and what it said itself.
import type { Qualification } from './visit.ts'

/** What stands in a visit for the terminal's reader, which has no name of its own here. */
export const terminalReader = '資格確認端末'

export const faceReader = {
  arrived: (number: number) => `資格確認端末の結果です（受付 ${number}番）`,
  done: '次の患者へ',
  question: 'この結果は、どの患者さんのものですか？',
  waits: '確認が必要です',
  same: 'この方です',
  lastSeen: (day: string) => `前回の受付 ${day}`,
  first: '初めての方として受け付ける',
  refuse: '受け付けない',
  report: '資格確認端末の回答',
  referenceNumber: (number: string) => `照会番号 ${number}`,
  unknown: (count: number) => `対応表にない項目（${count}件、保守用）`,
  assumed: '資格確認端末の医療費助成は、項目名の対応表がないため読み取っていません。紙の受給者証で確認してください。',
  cards: '顔認証付きカードリーダー',
  cardsNote: 'カードを選ぶと、資格確認端末のフォルダーに結果が届きます。',
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
