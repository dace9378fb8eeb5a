// What the commands about settings say.
import type { SettingValue } from '../contract/settings-page.ts'
import type { SettingLayer } from '../ground/setting-fault.ts'
import { layerText } from './setting-faults.ts'

interface Difference {
  readonly path: string
  readonly title: string
  readonly before: SettingValue
  readonly after: SettingValue
}

/** As it stands in the file. */
const written = (value: SettingValue) => (value === null ? 'なし' : JSON.stringify(value))

export const settingCommands = {
  check: {
    about: '設定の誤りを、行と理由を付けてすべて挙げる（何も変えない）',
    file: '調べる設定ファイル（指定しなければ、いま使う設定）',
    fine: (file: string) => `設定に誤りはありません: ${file}`,
    none: (file: string) => `この席の設定ファイルはまだありません: ${file}`,
    nextStart: (titles: readonly string[]) => `次回起動から使う設定: ${titles.join('、')}`,
  },
  show: {
    about: '使われる設定を、どこで決まったかを付けて表示する（パスワードなどは表示しない）',
    line: (path: string, title: string, value: SettingValue, from: SettingLayer | 'default') =>
      `${path} = ${written(value)}  （${title}、${from === 'default' ? '初期値' : layerText[from]}）`,
    fallback: '設定に誤りがあるため、前回起動したときの設定を使います。',
  },
  export: {
    about: 'ほかの受付に渡せる設定を書き出す（パスワードや証明書の中身は含まない）',
    out: '書き出すファイル（まだないもの）',
    all: 'この受付だけの設定（リーダーやプリンターの名前など）も含める',
    done: (file: string) => `設定を書き出しました: ${file}`,
    set: (variables: readonly string[]) => `次の環境変数は、取り込む先でも設定してください: ${variables.join('、')}`,
    lay: (files: readonly string[]) => `次のファイルは含みません。別に用意してください: ${files.join('、')}`,
  },
  import: {
    about: '書き出した設定を取り込む（先に調べ、違いを示し、前の設定を残す）',
    notes: [
      '窓口を終了してから使います。この受付だけの設定（リーダーやプリンターの名前など）は、ファイルになければ残ります。',
    ],
    in: '取り込むファイル',
    yes: '確認せずに取り込む',
    same: 'いまの設定と同じです。何も変えていません。',
    difference: ({ path, title, before, after }: Difference) =>
      `${title}（${path}）: ${written(before)} → ${written(after)}`,
    ask: '取り込みますか。取り込むときは y を入力してください: ',
    unasked: '取り込むには、--yes を付けてもう一度実行してください。まだ何も変えていません。',
    left: '取り込みをやめました。何も変えていません。',
    done: '取り込みました。次回起動から使います。',
    aside: (file: string) => `前の設定はここに残しました: ${file}`,
  },
} as const
