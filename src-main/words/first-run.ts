// The words of the first set-up (はじめての設定).
import type { FirstStep } from '../contract/first-run.ts'
import { rehearsalGoes } from './going-live.ts'

interface StepText {
  readonly title: string
  readonly note: string
  /** What will not work when it is left out. */
  readonly without: string
}

const steps: Record<FirstStep, StepText> = {
  clinic: {
    title: '医療機関',
    note: '受給者証の「指定医療機関」に書かれるとおりの名称と、10桁の医療機関コードを入力します。',
    without: '指定医療機関かどうかの判断ができません。',
  },
  reader: {
    title: 'カードリーダー',
    note: 'リーダーをつなぎ、「確かめる」を押してから、職員のマイナンバーカードを置きます。暗証番号は使いません。',
    without: 'カードを読み取れるかは、本番で初めて分かります。',
  },
  hub: {
    title: 'PMH',
    note: 'PMHから案内されたアドレスと、配布されたファイルを選びます。ファイルは先に下のフォルダーに置いてください。',
    without: 'PMHを設定しないと、本番に切り替えられません。',
  },
  terminal: {
    title: '資格確認端末',
    note: '顔認証付きカードリーダーの結果を読むときに、face、trash、req、res のある共有フォルダーを入力します。',
    without: '顔認証付きカードリーダーで受け付けた方は、自動では表示されません。',
  },
  receipt: {
    title: 'レセコン',
    note: '結果のファイルを置くフォルダーを、先に作ってから入力します。試しのファイルを書いて、消します。レセコンは取り込みません。日レセ（ORCA）は、あとで「取り込み先」で設定します。',
    without: '結果は画面に出るだけで、レセコンには入りません。',
  },
  patient: {
    title: '患者さんの画面',
    note: '暗証番号を、受付の画面で入力するか、患者さん側の画面で入力するかを選びます。',
    without: '暗証番号は、受付の画面で入力します。',
  },
}

export const firstRunScreen = {
  title: 'はじめての設定',
  note: '本番で使うための設定を、順に確かめながら入力します。途中でやめても、続きから始められます。',
  closed: 'この医院の設定はすでにあります。変更は「設定」と「取り込み先」で、そのほかはシステム担当者が行います。',
  live: '設定しました。窓口を終了して、もう一度起動すると、本番で始まります。',
  progress: (done: number, all: number) => `${all}項目のうち、${done}項目が済みました。`,
  checking: (title: string) => `「${title}」を確かめています。`,
  steps,
  /** The last one: kept in no draft, in force at once. */
  staff: {
    title: '職員',
    note: '最初の1人を、システム担当として登録します。登録するとすぐ、サインインが必要になります。続けて「職員」のページで、認証アプリの設定と、ほかの職員の登録をします。',
    done: (name: string) => `${name}でサインインしています。ほかの職員は「職員」のページで登録します。`,
    without: '誰でも画面を見られ、誰が操作したかは記録に残りません。',
    add: '登録する',
    open: '職員のページを開く',
  },
  state: { open: 'これから', done: '済み', failed: '確認が必要', skipped: 'あとで' },
  check: '確かめる',
  save: '保存',
  skip: 'あとで設定する',
  layCard: '職員のマイナンバーカードを、30秒以内にリーダーに置いてください。',
  fields: {
    name: '医療機関の名称',
    institutionCode: '医療機関コード（10桁）',
    url: 'PMHのアドレス（https://…）',
    caFile: '認証局の証明書のファイル',
    certificateFile: '接続用の証明書のファイル',
    keyFile: '秘密鍵、またはパスフレーズのファイル',
    terminalFolder: '共有フォルダー',
    format: '形式',
    receiptFolder: 'フォルダー',
    side: '入力する画面',
    shuffledKeys: '患者さんごとに数字キーの並びを変える',
  },
  choose: '選んでください',
  secrets: (folder: string) => `ファイルを置くフォルダー：${folder}`,
  side: { desk: '受付の画面', patient: '患者さんの画面' },
  finish: '本番に切り替える',
  question: (open: readonly string[]) =>
    `次の起動から、本物の患者さんの受付になります。${rehearsalGoes}${open.length > 0 ? `まだ確かめていない項目：${open.join('、')}。` : ''}切り替えますか。`,
  yes: '切り替える',
} as const
