// What is said to clinic IT about the end of a desk's data.
import type { CommandName } from './maintenance.ts'

export interface WipeCounts {
  readonly visits: number
  readonly numbers: number
  readonly cards: number
  readonly capSheets: number
  readonly bookings: number
  readonly terminal: number
}

export const wipeText = {
  about: 'この席の患者さんの記録をすべて消す（--all は、窓口のデータをすべて）。元には戻せない',
  all: '設定、職員、操作の記録、証明書、鍵も含めて、データフォルダーの窓口のデータをすべて消す',
  confirm: (word: string, wordOfAll: string) =>
    `確かめの言葉（${word}、--all では ${wordOfAll}）。付けなければ、消えるものを示すだけで何も消さない`,
  undelivered: 'まだ届いていない件数。あるときは、いまの件数と同じでなければ消さない',
  goes: ({ visits, numbers, cards, capSheets, bookings, terminal }: WipeCounts) =>
    `消えるもの: 受付${visits}件、診察券番号${numbers}件、カードの結びつけ${cards}件、上限額管理票の控え${capSheets}件、予約${bookings}件、資格確認端末の記録${terminal}件`,
  goesUnknown: '消えるもの: 保存データを開けないため、件数は分かりません。',
  copies: (count: number) => `消えるもの: バックアップと、前のデータ ${count}個`,
  goesAll:
    '消えるもの: 設定、職員の登録、操作の記録、集計、証明書とパスワード（secrets）、練習、ログ、バックアップ、鍵',
  goesImport: '消えるもの: データフォルダーの中の取り込みフォルダー（import）のファイル',
  stays: '残るもの: 職員の登録、操作の記録、設定、月ごとの件数（氏名は入らない）、マスター、復旧シートの recovery.key',
  staysThere: (names: readonly string[]) => `残るもの（窓口のデータではないもの）: ${names.join('、')}`,
  outsideFolder: (folder: string) => `消えないもの: 取り込みフォルダーのファイル。別に消してください: ${folder}`,
  outsideCopies: (folder: string) =>
    `消えないもの: 別のディスクのバックアップ（患者さんの記録が入っています）。別に消してください: ${folder}`,
  outsideReceipt: '消えないもの: レセコンが取り込んだもの、PMHに登録したもの、印刷した紙、手で写したファイル',
  undeliveredSome: (count: number) =>
    `まだ届いていないものが${count}件あります（レセコンへのファイル、PMHへの登録）。消すと、届きません。`,
  undeliveredUnknown: 'まだ届いていないものがあるか、分かりません。',
  how: (typed: CommandName, words: string) => `消すときは: ${typed} wipe ${words}`,
  nothingDone: 'まだ何も消していません。',
  done: '患者さんの記録を消しました。',
  proof: (rows: number, pages: number) =>
    `確かめました: データベースに残る患者さんの行は${rows}、中身の残りうる空きページは${pages}。消した件数は「操作の記録」に残りました。`,
  doneAll: '窓口のデータをすべて消しました。鍵もないため、どこかに写しが残っていても、復旧シートなしでは開けません。',
} as const
