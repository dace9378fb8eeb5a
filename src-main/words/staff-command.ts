// What `madoguchi staff` says.
import type { Role } from '../contract/staff.ts'
import { roleText } from './signed-in.ts'

export const staffCommand = {
  addAbout: '職員を登録し、認証アプリに読ませるQRコードを表示する（最初の1人は it）',
  listAbout: '登録されている職員を表示する',
  lockAbout: '職員がサインインできないようにする（やめた職員など）',
  unlockAbout: '停止した職員が、もう一度サインインできるようにする',
  resetAbout: '認証アプリを設定し直す（電話をなくしたときなど）',
  whileEnded: '窓口を終了してから使います。起動中は、システム担当が画面の「設定」から「職員」を開いてください。',
  code: '職員コード（英数字）',
  name: '氏名',
  role: '役割（reception 受付、lead 主任、it システム担当）',
  account: 'このパソコンのアカウントの名前。ロックを解除した直後は、コードなしで入れる',
  added: (name: string, role: Role) => `${name}（${roleText[role]}）を登録しました。`,
  reset: (name: string) => `${name}の認証アプリを設定し直します。前の認証アプリの番号は、もう使えません。`,
  locked: (name: string) => `${name}は、サインインできなくなりました。`,
  unlocked: (name: string) => `${name}は、もう一度サインインできます。`,
  enrol: '認証アプリで、次の QR コードを読み取ってください。この表示は、もう一度は出せません。',
  key: (key: string) => `読み取れないときは、次のキーを入力します：${key}`,
  none: '登録された職員はいません。サインインなしで使えます。',
  person: (line: {
    readonly code: string
    readonly name: string
    readonly role: Role
    readonly isLocked: boolean
    readonly signedInAt: string | null
  }) =>
    `${line.code}  ${line.name}（${roleText[line.role]}）${line.isLocked ? '  停止中' : ''}  ${
      line.signedInAt === null
        ? 'まだサインインしていません'
        : `最後のサインイン ${line.signedInAt.slice(0, 16).replace('T', ' ')}`
    }`,
} as const
