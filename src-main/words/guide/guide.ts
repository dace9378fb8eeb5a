// The reception guide (手引き): what the screen says in each of its situations, what every key does, and the
// headings around that. One source for the help on the screen (F1) and for docs/reception-guide.md.

import { type FailureCode, failureCodes } from '../../ground/failures.ts'
import type { Failure } from '../../ground/result.ts'
import { screen } from '../desk.ts'
import { sentence } from '../failures.ts'
import { pageNames } from '../pages.ts'
import { sectionOfFailure } from './of-failures.ts'
import type { SectionId } from './sections.ts'

/** What a key does, by its name among the screen's words: one that is missing does not compile. */
const keyText: Record<keyof typeof screen.keys, string> = {
  help: 'この手引きを開きます。今の画面のページが出ます。',
  send: '入力した内容で進みます。画面が変わってから1秒間は、受け付けません。',
  cancel: '途中の受付や入力をやめます。結果は閉じません。',
  back: '開いたものを1つ閉じて、前に戻ります。',
  search: '本日の受付から探します。',
  askAgain: 'もう一度照会します。',
  note: 'その受付にメモを書きます。',
  print: '今の画面の紙を、見本を見てから印刷します。',
  cover: '画面を隠します。',
}

/** Every key with all it does, in the order of the keyboard. */
export function keys(): readonly { readonly key: string; readonly does: readonly string[] }[] {
  const names = Object.keys(keyText) as (keyof typeof keyText)[]
  const byKey = Map.groupBy(names, (name) => screen.keys[name])
  return [...byKey]
    .map(([key, of]) => ({ key: String(key), does: of.map((name) => keyText[name]) }))
    .toSorted((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }))
}

/** Details without which a sentence would have a hole in it, where it stands for all of its kind. */
const examples: Partial<Record<FailureCode, Failure['detail']>> = {
  PIN_WRONG: { triesLeft: 2 },
  FACE_CODE_WRONG: { triesLeft: 9 },
  TERMINAL_OTHER_DAY: { field: '2026-11-20' },
  MASTER_CELL: { field: '公費負担者番号', line: 12 },
  PORT_TAKEN: { field: '8443' },
}

/** What the screen says in a situation, and what to do then. */
export const messagesOf = (id: SectionId): readonly { readonly message: string; readonly next: string }[] =>
  failureCodes
    .filter((code) => sectionOfFailure[code] === id)
    .map((code) => sentence({ code, ...(examples[code] && { detail: examples[code] }) }))

export const guide = {
  title: '受付の手引き',
  open: pageNames.guide,
  now: '今の表示',
  steps: 'すること',
  notes: '知っておくこと',
  messages: '画面の表示と、次にすること',
  message: '画面の表示',
  next: '次にすること',
  contents: 'ほかの手引き',
  keys: 'キーの一覧',
  close: '閉じる',
} as const
