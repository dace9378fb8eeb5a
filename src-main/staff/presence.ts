// Who is at the desk now, as everything else asks it: whether a call may be made, whether a card may be taken, in whose name
// something is done; and how somebody comes and goes.
import { type Caller, isOpenTo, isPage } from '../contract/callers.ts'
import { type CallName, calls } from '../contract/calls.ts'
import { mayOpen, maySeePatients } from '../contract/rights.ts'
import type { StaffState } from '../contract/staff.ts'
import { actingFor } from '../ground/acting.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { createListeners } from '../ground/listeners.ts'
import { type Log, stackOf } from '../ground/log.ts'
import type { News } from '../ground/news.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { StaffList, StaffRow } from '../store/staff.ts'
import { createSession, type Session } from './session.ts'

/** 医療情報システムの安全管理に関するガイドライン 第6.0版: two factors from 令和9年度 on. */
const twoFactorsDueOn = '2027-04-01'

export interface PresencePorts {
  readonly store: StaffList
  readonly clock: Clock
  readonly log: Log
  readonly news: News
  readonly training: boolean
  /** A command of whoever has the account of the computer: nobody signs in. */
  readonly isCommand: boolean
  /** Whose session of the computer this is; null: nobody's that has a name. */
  readonly account: string | null
  /** After how long without a hand on the desk somebody is signed out, in milliseconds. */
  readonly idleMs: () => number
  /** What was looked up is put away. */
  readonly lookedAt: { show(visitId: string | null): void }
  /** Of the agent before, in the same process; null: there was none. */
  readonly before: HandedOver | null
}

export interface HandedOver {
  readonly session: Session | null
  /** The computer was opened by its password, and nobody has left the desk since. */
  readonly isAccountFresh: boolean
}

export type Presence = Awaited<ReturnType<typeof openPresence>>

export async function openPresence(ports: PresencePorts) {
  const { store, clock, log, news, account, before } = ports
  const session = createSession({ ...ports, before: before?.session ?? null })
  const changed = createListeners()
  let people = await store.staff()
  let isAccountFresh = before?.isAccountFresh ?? true

  const stamp = () => ({ at: clinicMoment(clock.now()) })
  const find = (id: string | null) => people.find((person) => person.id === id)
  const ofAccount = () => {
    const person = people.find((each) => account !== null && each.account === account && !each.isLocked)
    return isAccountFresh ? person : undefined
  }
  const tell = () => {
    changed.tell()
    news.tell()
  }
  const isOff = () => ports.isCommand || people.length === 0
  const now = (): StaffState => {
    if (isOff()) return { state: 'off', dueOn: ports.training || ports.isCommand ? null : twoFactorsDueOn }
    const person = find(session.staffId())
    if (!person) return { state: 'signedOut', mayUseAccount: ofAccount() !== undefined }
    const { id: staffId, name, role } = person
    return { state: 'signedIn', staffId, name, role, glassUntil: session.glassUntil() }
  }
  /** A row of the trail that nobody waits for. */
  const note = (write: () => Promise<Result<void>>) => {
    const by = { staffId: session.staffId(), desk: 1 }
    void actingFor(by, write).catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) }))
  }
  const leave = () => {
    isAccountFresh = false
    if (session.staffId() === null) return
    note(() => store.noteSignOut(stamp()))
    session.end()
    ports.lookedAt.show(null)
    tell()
  }
  const mendGlass = () => {
    if (session.glassUntil() === null) return
    note(() => store.noteGlassMended(stamp()))
    session.mendGlass()
    tell()
  }
  /** Ends what is over. */
  const look = () => {
    const over = session.over()
    if (over === 'session') leave()
    if (over === 'glass') mendGlass()
  }

  return {
    now,
    look,
    leave,
    mendGlass,
    people: () => people,
    find,
    ofAccount,
    isEmpty: () => people.length === 0,
    staffId: session.staffId,
    handOver: (): HandedOver => ({ session: session.now(), isAccountFresh }),
    /** Of whatever changes who there is or who is here. */
    onChange: changed.add,
    stamp,
    /** The staff have changed. */
    async readAnew() {
      people = await store.staff()
      // Whoever was locked just now is out.
      if (find(session.staffId())?.isLocked) leave()
      tell()
    },
    /** `step`: of the code that was taken; null: by the computer's account, or by being the first. */
    async enter({ id: staffId }: Pick<StaffRow, 'id'>, step: number | null, desk: number): Promise<Result<void>> {
      leave()
      const noted = await actingFor({ staffId, desk }, () => store.noteSignIn({ staffId, step, ...stamp() }))
      if (!noted.ok) return noted
      people = await store.staff()
      session.begin(staffId)
      tell()
      return noted
    },
    breakGlass() {
      session.breakGlass()
      tell()
    },
    /** Nobody is there who may look after a patient: no card is taken. */
    isShut: () => !maySeePatients(now()),
    /** The computer was locked, or opened by its password. */
    computerLocked(isLocked: boolean) {
      if (isLocked) leave()
      else isAccountFresh = true
      news.tell()
    },
    /** Whether this call may be made now. Errors: SIGN_IN_REQUIRED, ROLE_INSUFFICIENT. */
    admit({ door }: Caller, name: CallName, request: unknown): Result<void> {
      look()
      const staff = now()
      const page = name === 'openPage' ? calls.openPage.safeParse(request).data?.page : undefined
      const isAllowed = isOpenTo(staff, door, name) && (page === undefined || mayOpen(staff, page))
      if (!isAllowed) return fail(staff.state === 'signedOut' ? 'SIGN_IN_REQUIRED' : 'ROLE_INSUFFICIENT')
      // A page asks for the state by itself: that is no hand on it.
      if (door === 'desk' && name !== 'reception') session.seen()
      return ok(undefined)
    },
    /** Runs what somebody has called for in their name. */
    inNameOf: <T>(by: Caller, work: () => T): T => {
      if (!isPage(by)) return work()
      return actingFor({ staffId: by.door === 'desk' ? session.staffId() : null, desk: by.desk }, work)
    },
  }
}
