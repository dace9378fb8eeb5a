// Who the staff are: added, changed, locked, given another authenticator. The first one has the role IT and comes by the first
// set-up, or by a command at the computer. What an authenticator is to be given is shown once, to whoever has made it.
import { randomUUID } from 'node:crypto'
import type { Calls } from '../contract/part.ts'
import type { Enrolment, StaffPage } from '../contract/staff.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { StaffRow } from '../store/staff.ts'
import { enrolmentLink, newSecret } from './one-time-code.ts'
import type { Presence, PresencePorts } from './presence.ts'

export interface EnrollingPorts extends Pick<PresencePorts, 'store' | 'news' | 'account'> {
  /** Nothing of a clinic is set yet: the first of the staff may be enrolled on the screen. */
  readonly isFirstRun: () => Promise<boolean>
}

export const enrolmentOf = ({ id: staffId, name, code, secret: key }: NewAuthenticator): Enrolment => ({
  staffId,
  name,
  code,
  key,
  link: enrolmentLink(key, code),
})
type NewAuthenticator = Pick<StaffRow, 'id' | 'name' | 'code' | 'secret'>

export function createEnrolling({ store, news, account, isFirstRun }: EnrollingPorts, presence: Presence) {
  const { stamp, find } = presence
  let enrolment: Enrolment | null = null
  presence.onChange(() => {
    if (presence.staffId() === null) enrolment = null
  })
  const show = (next: Enrolment | null) => {
    enrolment = next
    news.tell()
  }
  const then = async (writing: Promise<Result<void>>): Promise<Result<void>> => {
    const done = await writing
    if (done.ok) await presence.readAnew()
    return done
  }
  /** As it stands now, to be changed. */
  const change = (id: string, next: (person: StaffRow) => Partial<StaffRow>): Promise<Result<void>> | Result<void> => {
    const person = find(id)
    if (!person) return fail('REQUEST_INVALID', { field: 'staffId' })
    return then(store.changeStaff({ ...person, ...next(person), ...stamp() }))
  }

  return {
    calls: {
      async addStaff(entry, { desk }) {
        const isFirst = presence.isEmpty()
        if (isFirst && !(await isFirstRun())) return fail('REQUEST_INVALID', { field: 'code' })
        const added = { ...entry, id: randomUUID(), secret: newSecret() }
        const done = await then(store.addStaff({ ...added, ...stamp() }))
        if (!done.ok) return done
        // From now on somebody has to be signed in: nobody else could be.
        if (isFirst) await presence.enter(added, null, desk)
        show(enrolmentOf(added))
        return done
      },
      changeStaff: async ({ staffId, ...entry }) => change(staffId, () => entry),
      lockStaff: async ({ staffId, isLocked }) => change(staffId, () => ({ isLocked })),
      async resetStaff({ staffId: id }) {
        const secret = newSecret()
        const done = await then(store.resetStaff({ id, secret, ...stamp() }))
        const person = find(id)
        if (done.ok && person) show(enrolmentOf({ ...person, secret }))
        return done
      },
      async putEnrolmentAway() {
        show(null)
        return ok(undefined)
      },
    } satisfies Partial<Calls>,
    page: (): StaffPage => ({
      people: presence.people().map(({ secret: _secret, ...person }) => person),
      enrolment,
      account,
    }),
  }
}
