// The screen where it is about who is at the desk: before anybody has signed in, and the page of the staff.
import type { Reception } from '../../src-main/contract/reception.ts'
import { shownNow } from '../../src-main/contract/shown.ts'
import type { StaffPage, StaffState } from '../../src-main/contract/staff.ts'

const id = (nth: number) => `00000000-0000-4000-8000-00000000000${nth}`

const people: StaffPage['people'] = [
  {
    id: id(1),
    code: '1',
    name: '佐々木　恵',
    role: 'it',
    account: null,
    isLocked: false,
    signedInAt: '2026-11-23T08:31:00.000+09:00',
  },
  {
    id: id(2),
    code: '21',
    name: '山田　花子',
    role: 'lead',
    account: 'yamada',
    isLocked: false,
    signedInAt: '2026-11-22T08:40:00.000+09:00',
  },
  { id: id(3), code: '22', name: '鈴木　一郎', role: 'reception', account: null, isLocked: false, signedInAt: null },
  {
    id: id(4),
    code: '9',
    name: '高橋　純',
    role: 'reception',
    account: null,
    isLocked: true,
    signedInAt: '2026-03-31T17:02:00.000+09:00',
  },
]

const link =
  'otpauth://totp/Madoguchi:22?issuer=Madoguchi&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA1&digits=6&period=30'

const enrolment = { staffId: id(3), name: '鈴木　一郎', code: '22', key: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', link }

const signedIn = (nth: 1 | 2 | 3, glassUntil: string | null = null): StaffState => {
  const [person] = people.slice(nth - 1)
  if (!person) throw new Error('nobody is that one')
  const { id: staffId, name, role } = person
  return { state: 'signedIn', staffId, name, role, glassUntil }
}

export function staffScenes(empty: Reception) {
  const page = { name: 'staff' as const, people, enrolment: null, account: 'RECEPTION-1' }
  const live: Reception = { ...empty, mode: 'live', training: null }
  return {
    signInDue: { ...live, staff: { state: 'off', dueOn: '2027-04-01' } },
    signedOut: shownNow({ ...live, staff: { state: 'signedOut', mayUseAccount: false } }),
    signedOutAccount: shownNow({ ...empty, staff: { state: 'signedOut', mayUseAccount: true } }),
    signedIn: { ...live, staff: signedIn(3) },
    glassBroken: { ...live, staff: signedIn(1, '2026-11-23T10:30:00.000+09:00') },
    signedInIt: shownNow({ ...live, staff: signedIn(1) }),
    staffPage: shownNow({ ...live, staff: signedIn(1), page }),
    staffEnrolment: shownNow({ ...live, staff: signedIn(1), page: { ...page, enrolment } }),
    staffNone: { ...empty, page: { ...page, people: [] } },
  } satisfies Record<string, Reception>
}
