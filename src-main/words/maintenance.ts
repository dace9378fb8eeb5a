// What is said to clinic IT about the stored data, by `npm run madoguchi` and by the desktop program's own commands.
import type { FailureCode } from '../ground/failures.ts'

/** How the commands are called: those of a checkout, or the desktop program's. */
export type CommandName = 'npm run madoguchi --' | 'madoguchi'

const number = (value: number) => String(value).padStart(4, '0')

export const maintenance = {
  checkAbout: '保存データをすべて調べ、バックアップを一覧する',
  restoreAbout: 'バックアップから戻す（いまのデータは別の名前で残る）',
  backupAbout: 'いますぐバックアップを作る（毎日の分とは別に）',
  backedUp: (file: string) => `バックアップを作りました: ${file}`,
  drill: '戻せるかの練習。別のフォルダーに戻して調べ、消す（いまのデータには触れない。窓口を終了しなくてよい）',
  drilled: (file: string) => `このバックアップから戻せることを確かめました: ${file}`,
  counted: (visits: number, answers: number, deliveries: number) =>
    `受付${visits}件、回答${answers}件、送信${deliveries}件が、バックアップのとおりに戻りました。`,
  trailWhole: (rows: number) => `操作の記録${rows}件は、書かれたときのままです。`,
  drillLeft: '練習に使ったフォルダーは消しました。いまのデータは変えていません。',
  acceptLossAbout: '失われた記録をあきらめ、残っている記録で続ける',
  whileEnded: '窓口を終了してから使います。',
  from: '戻すバックアップ（指定しなければ、使える最も新しいもの）',
  empty: '読めるものがないとき、空から始める',
  whole: '保存データに問題はありません。',
  nothingYet: 'まだ保存データはありません。',
  copy: (day: string, file: string) => `バックアップ ${day}: ${file}`,
  noCopies: 'バックアップはまだありません。',
  copyFirst: (typed: CommandName) =>
    `窓口を終了して「${typed} backup」でバックアップを作ってから、もう一度お試しください。`,
  onServer: '記録は院内の保存サーバーにあります。バックアップは、サーバーの担当者が作ります。',
  lost: (day: string, from: number, to: number) =>
    from === to
      ? `見つからない受付: ${day} の ${number(from)}`
      : `見つからない受付: ${day} の ${number(from)}〜${number(to)}`,
  lostUnknown: '見つからない受付: どれかは分かりません。その日の紙の記録と見比べてください。',
  lostNone: '受付はすべてそろっています。見つからないのは、そのあとの操作の記録です。',
  restored: (file: string) => `バックアップから戻しました: ${file}`,
  accepted: '残っている記録で続けます。同じ受付番号は二度と使いません。',
  rebuilt: '傷んだデータベースから、読めるものを新しいデータベースに移しました。同じ受付番号は二度と使いません。',
  carried: (visits: number, undelivered: number) =>
    `受付${visits}件と、レセコンへまだ送り終えていない${undelivered}件を移しました。`,
  withoutVisit: (count: number) =>
    `うち${count}件は、受付の内容が読めませんでした。9001番からの受付として並んでいます。送り先で確かめてください。`,
  torn: '読めなかったものがあります。紙の記録と見比べてください。',
  tornOutbox: 'レセコンへ送る分にも、読めなかったものがあります。送り終えていたか、レセコンの画面と見比べてください。',
  begunEmpty: '空のデータで始めます。同じ受付番号は二度と使いません。',
  leap: 'どこまで番号を使ったか分からないため、今日の受付番号は 1000 番台など、離れた番号から続きます。',
  nothingLost: '失われた記録はありません。何も変えていません。',
  aside: (file: string) => `前のデータはここに残しました: ${file}`,
  deliveries: 'レセコンへ送っている途中だったものは、届いたか分かりません。画面で1件ずつ確かめてください。',
  /** After a refused start: what to look at first. */
  look: (code: FailureCode, typed: CommandName): readonly string[] =>
    code === 'STORE_ROWS_MISSING' || code === 'STORE_DAMAGED' ? [`状態とバックアップを確かめる: ${typed} check`] : [],
  /** After a refusal of `tried`: what could be typed about it, as it is typed in this shell. What was just tried in vain is none. */
  ways: (code: FailureCode, typed: CommandName, tried: readonly string[] = []): readonly string[] =>
    waysOf(code)
      .filter(([, words]) => !words.split(' ').every((word) => tried.includes(word)))
      .map(([why, words]) => `${why}: ${typed} ${words}`),
} as const

type Way = readonly [why: string, words: string]

function waysOf(code: FailureCode): readonly Way[] {
  const restore: Way = ['戻す', 'restore']
  const goOn: Way = ['残っている記録で続ける', 'accept-loss']
  switch (code) {
    case 'STORE_NOT_JOINED':
      return [['鍵を入れる', 'store join --from recovery.key']]
    case 'STORE_ROWS_MISSING':
      return [restore, goOn]
    case 'STORE_DAMAGED':
      return [
        restore,
        ['読めるものを新しいデータベースに移して続ける（送信待ちは残る）', 'accept-loss'],
        ['何も読めず、空から始める', 'accept-loss --empty'],
      ]
    case 'STORE_NEWER':
      return [['更新の前のバックアップに戻す（そのあとの受付は失われます）', 'restore']]
    case 'STORE_COPY_MISSING':
      return [['戻す', 'restore --from FILE'], goOn]
    default:
      return []
  }
}
