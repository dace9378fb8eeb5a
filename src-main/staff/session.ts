// Who is signed in at this desk: one person or nobody, in memory only, so that every start of the program begins with nobody. It ends by itself
// when no hand was on the desk for as long as the clinic has set, and so does a broken glass after its time.
import { type Clock, clinicMoment } from '../ground/clock.ts'

/** For how long somebody may look at patients although their role does not, in milliseconds. */
export const glassMs = 30 * 60_000

export interface Session {
  readonly staffId: string
  /** The last sign of them, in milliseconds. */
  readonly seenAt: number
  /** Until when the glass is broken; null: it is whole. */
  readonly glassUntil: number | null
}

export function createSession(ports: {
  readonly clock: Clock
  readonly idleMs: () => number
  /** Of the agent before, in the same process. */
  readonly before: Session | null
}) {
  const { clock, idleMs } = ports
  let session = ports.before
  const now = () => clock.now().getTime()
  const change = (part: Partial<Session>) => {
    if (session) session = { ...session, ...part }
  }
  return {
    now: () => session,
    staffId: () => session?.staffId ?? null,
    glassUntil: () => (session?.glassUntil == null ? null : clinicMoment(new Date(session.glassUntil))),
    begin(staffId: string) {
      session = { staffId, seenAt: now(), glassUntil: null }
    },
    end() {
      session = null
    },
    seen: () => change({ seenAt: now() }),
    breakGlass: () => change({ glassUntil: now() + glassMs }),
    mendGlass: () => change({ glassUntil: null }),
    /** What is over by now. A clock that was set back makes nothing last longer. */
    over(): 'session' | 'glass' | null {
      if (!session) return null
      const { seenAt, glassUntil } = session
      if (now() < seenAt || now() - seenAt >= idleMs()) return 'session'
      if (glassUntil !== null && (now() >= glassUntil || glassUntil - now() > glassMs)) return 'glass'
      return null
    },
  }
}
