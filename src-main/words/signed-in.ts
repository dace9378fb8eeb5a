// The words of who is signed in, in the head of the screen and wherever a role is named. What else is said of the staff:
// staff.ts, which nobody needs at first sight.
import type { Role } from '../contract/staff.ts'

export const roleText: Record<Role, string> = { reception: '受付', lead: '主任', it: 'システム担当' }

/** How long somebody has to wait. */
export const waitText = (seconds: number): string =>
  seconds > 90 ? `${Math.ceil(seconds / 60)}分` : `${Math.ceil(seconds)}秒`

/** In live mode, until somebody is enrolled. */
export const signInDue = (date: string): string =>
  `職員のサインインが、まだ設定されていません。厚生労働省のガイドラインは、${date}からの二要素認証を求めています。システム担当者に伝えてください。`

/** In the head of the screen. */
export const signedIn = {
  who: (name: string, role: Role) => `${name}（${roleText[role]}）`,
  switch: '交代',
  /** The glass is broken. */
  glass: (time: string) => `非常時の操作中（${time}まで）`,
  mend: '終える',
} as const
