// The words of signing in, and of the page of the staff.
import type { Role } from '../contract/staff.ts'

export const signInScreen = {
  title: 'サインイン',
  note: '職員コードと、認証アプリに表示されている6桁の確認コードを入力します。',
  /** A check-in waits behind it. */
  kept: '途中の受付と、届け先への送信は、そのまま続いています。',
  code: '職員コード',
  oneTimeCode: '確認コード（6桁）',
  submit: 'サインインする',
  signingIn: '確かめています。',
  byAccount: 'パソコンのアカウントでサインインする',
  help: '認証アプリの電話をなくした、番号が合わないときは、システム担当者が設定し直します。',
} as const

/** 非常時の操作: for whoever has a role that looks at no patient. */
export const glassScreen = {
  title: '患者さんの情報は表示されません',
  note: 'システム担当の役割では、患者さんの情報を扱いません。カードも受け付けません。設定は、上の「設定」から開きます。',
  open: '非常時の操作',
  reason: '理由（患者さんの氏名は書かないでください）',
  written: '30分間、患者さんの情報を表示し、受付ができます。理由と時刻は記録され、当日の日報に表示されます。',
  now: '非常時の操作を始める',
  leave: 'やめる',
} as const

export const staffScreen = {
  title: '職員',
  note: '職員ごとにサインインします。誰が何をしたかは、「操作の記録」に残ります。',
  count: (people: number) => `${people}人が登録されています。`,
  add: '職員を登録する',
  addNow: '登録する',
  change: '変更',
  save: '保存',
  leave: 'やめる',
  reset: '認証アプリを設定し直す',
  resets: (name: string) => `${name}の、いまの認証アプリは使えなくなります。設定し直しますか。`,
  resetNow: '設定し直す',
  lock: '停止',
  locks: (name: string) => `${name}は、サインインできなくなります。記録の名前は残ります。停止しますか。`,
  lockNow: '停止する',
  unlock: '停止を解く',
  locked: '停止中',
  code: '職員コード（英数字）',
  name: '氏名',
  role: '役割',
  account: (account: string) => `パソコンのアカウント「${account}」でもサインインする（この職員だけが使うとき）`,
  told: (code: string, role: string, signedInAt: string | null, account: string | null) =>
    [
      code,
      role,
      signedInAt === null ? 'まだサインインしていません' : `最後のサインイン ${signedInAt}`,
      ...(account === null ? [] : [`アカウント ${account}`]),
    ].join('、'),
  /** Nobody is enrolled, and it is not the first set-up. */
  none: '登録された職員はいません。最初の1人（システム担当）は、はじめての設定か、このパソコンのコマンド「madoguchi staff add」で登録します。',
} as const

/** What each role is for, where one is chosen. */
export const roleNote: Record<Role, string> = {
  reception: '受付と、受付した方の記録を扱います。',
  lead: '受付のほか、医院の設定とレセプト件数を扱います。',
  it: '設定と職員を扱います。患者さんの情報は表示されません。',
}

/** What an authenticator is to be given, on the screen and on paper. */
export const enrolmentWords = {
  title: (name: string) => `${name}の認証アプリの設定`,
  person: (name: string) => `${name} 様`,
  name: '氏名',
  code: '職員コード',
  read: '電話の認証アプリで「追加」を選び、QRコードを読み取ります。',
  qr: '認証アプリで読み取るQRコード',
  key: '読み取れないときに入力するキー',
  grouped: (key: string) => key.replaceAll(/(.{4})(?=.)/g, '$1 '),
  once: 'この表示は、閉じるともう一度は出せません。',
  putAway: '設定を終える',
  care: 'この用紙を持つ人は、本人としてサインインできます。設定が済んだら、細断して捨ててください。',
} as const
