// What the command line says about itself: its help, and what somebody may have meant who mistyped.
import type { CommandName } from './maintenance.ts'

export const commands = {
  version: ({ version, node }: { readonly version: string; readonly node: string }) =>
    `窓口 ${version}（Node ${node}）`,
  usage: (typed: CommandName, command: string) => `使い方: ${typed} ${command} [オプション]`,
  any: 'コマンド',
  ofEach: (typed: CommandName) => `コマンドごとの説明: ${typed} コマンド --help`,
  exitCodes: '終了コード: 0 正常、2 対応できる失敗、1 プログラムの不具合',
  nearest: (word: string) => `もしかして: ${word}`,
  askHelp: (words: readonly string[]) => `使い方を見る: ${words.join(' ')} --help`,
  data: 'データフォルダー（指定しなければ、いつもの場所）',
  json: '結果を1つの JSON で標準出力の最後の行に書く',
  help: 'この説明',
  /** Why a file that was named cannot be one. */
  files: {
    exists: 'この名前のファイルはすでにあります。別の名前を指定してください。',
    notFound: 'ファイルが見つかりません。場所と名前を確認してください。',
    unwritable: 'ここには書き込めません。フォルダーがあるか、書き込みの権限があるかを確認してください。',
  },
} as const
