// How somebody signs in: by 職員コード and what their authenticator shows, or by the account of the computer, which counts only
// right after the computer has been opened by its password. And how somebody breaks the glass.
import type { Calls } from '../contract/part.ts'
import { clinicMoment } from '../ground/clock.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { stepOfCode } from './one-time-code.ts'
import type { Presence, PresencePorts } from './presence.ts'
import { glassMs } from './session.ts'
import { pauseLeft } from './tries.ts'

export function createSigningIn({ store, clock }: Pick<PresencePorts, 'store' | 'clock'>, presence: Presence) {
  const { stamp } = presence
  /** One after the other: many tries at once would be many free ones. */
  let turn: Promise<unknown> = Promise.resolve()

  const tryCode = async (code: string, oneTimeCode: string, desk: number): Promise<Result<void>> => {
    const pause = pauseLeft(await store.signInTries(code), clock.now())
    if (pause > 0) return fail('SIGN_IN_PAUSED', { retryAfterS: Math.ceil(pause / 1_000) })
    const person = presence.people().find((each) => each.code === code && !each.isLocked)
    const step = person ? stepOfCode(person.secret, oneTimeCode, clock.now()) : null
    const entered = person && step !== null ? await presence.enter(person, step, desk) : fail('SIGN_IN_REFUSED')
    if (entered.ok || entered.error.code !== 'SIGN_IN_REFUSED') return entered
    const noted = await store.noteFailedSignIn(code, stamp())
    return noted.ok ? entered : noted
  }

  return {
    signIn({ code, oneTimeCode }, { desk }) {
      const trying = turn.then(() => tryCode(code, oneTimeCode, desk))
      turn = trying.catch(() => undefined)
      return trying
    },
    async signInByAccount(_request, { desk }) {
      const person = presence.ofAccount()
      return person ? presence.enter(person, null, desk) : fail('SIGN_IN_REFUSED')
    },
    async signOut() {
      presence.leave()
      return ok(undefined)
    },
    stayIn: async () => ok(undefined),
    async breakGlass({ reason }) {
      const staffId = presence.staffId()
      if (staffId === null) return fail('SIGN_IN_REQUIRED')
      const until = clinicMoment(new Date(clock.now().getTime() + glassMs))
      const noted = await store.noteGlass({ staffId, reason, until, ...stamp() })
      if (noted.ok) presence.breakGlass()
      return noted
    },
    async mendGlass() {
      presence.mendGlass()
      return ok(undefined)
    },
  } satisfies Partial<Calls>
}
