// What this desk does for all desks of its site (当番), as far as it knows: which leases it has, and when to look whether it may have
// one. While it is heard of it keeps what it has; what another desk has is asked for again once that one is not heard of any more.
// Whether a lease counts is for the store to say, in the transaction that writes: here nothing rests on a clock but how soon a desk
// that is cut off stops by itself.
import { type Log, stackOf } from '../ground/log.ts'
import { ok, type Result } from '../ground/result.ts'
import { type KnownDesk, type Lease, type Leases, type SharedWork, silentMs } from './leases.ts'

export interface Duty {
  /** Under which this desk does the work now; null: another desk does it, or the store does not say. */
  take(): Promise<Lease | null>
  /** The same, whoever has it now: a person has said so. Errors: STORE_ codes. */
  seize(): Promise<Result<void>>
  /** A write under it was refused. */
  lost(lease: Lease): void
  /** This desk cannot do it now: another one may. */
  pass(): Promise<void>
  /** Told again and again while this desk does the work or may: there may be something to do. Never where there is one desk. */
  onTurn(listener: () => void): void
  /** Told once this desk does not do it any more, as far as it knows: another one does, or it has not been heard of for long. */
  onLost(listener: () => void): void
}

export interface Duties {
  of(what: SharedWork): Duty
  /** Gives up everything. */
  close(): Promise<void>
}

/** Fifty desks that look whether one is gone shall not do so in the same moment. */
const spreadMs = 500

interface Known {
  lease: Lease | null
  /** When it was asked for, and until when it is certain without having been heard of; steady milliseconds. */
  askedAt: number
  until: number
  isElsewhere: boolean
  asking: Promise<Lease | null> | null
  readonly listeners: (() => void)[]
  readonly lostListeners: (() => void)[]
}

/** Whoever wants to know whether the server is there: it is asked with every sign of life. */
export interface ServerEar {
  asked(): void
  /** `isThere` false: no word came from it. */
  answered(isThere: boolean): void
}

const unasked = (): Known => ({
  lease: null,
  askedAt: 0,
  until: 0,
  isElsewhere: false,
  asking: null,
  listeners: [],
  lostListeners: [],
})

function lose(known: Known): void {
  if (!known.lease) return
  known.lease = null
  for (const listener of known.lostListeners) listener()
}

/** A sign of life, and what it says of the server. A bug of ours says nothing: nobody goes on without the server because of one. */
async function heardBeat(store: Leases, ear?: ServerEar): ReturnType<Leases['beat']> {
  let isThere = true
  ear?.asked()
  try {
    const standing = await store.beat()
    isThere = standing.ok || standing.error.code !== 'STORE_UNREACHABLE'
    return standing
  } finally {
    ear?.answered(isThere)
  }
}

export function createDuties(ports: {
  readonly store: Leases
  readonly log: Log
  readonly ear?: ServerEar | undefined
  /** Milliseconds that no setting of the clock moves. */
  readonly steady?: () => number
  /** Told with every beat which desks there are. */
  readonly heard?: (desks: readonly KnownDesk[]) => void
}): Duties {
  const { store, log, ear, steady = () => performance.now(), heard = () => undefined } = ports
  const isAlone = store.beatMs === null
  const all = new Map<SharedWork, Known>()
  /** Told then whether another desk is gone, and not only with the next beat. One that is heard of puts it off again and again. */
  let lapse: NodeJS.Timeout | undefined
  let isClosed = false

  const knownOf = (what: SharedWork): Known => {
    const known = all.get(what) ?? unasked()
    all.set(what, known)
    return known
  }

  const ask = async (known: Known, question: () => Promise<Result<Lease | null>>): Promise<Result<Lease | null>> => {
    known.askedAt = steady()
    const leased = await question()
    if (!leased.ok) return leased
    known.lease = leased.value
    known.until = isAlone ? Number.POSITIVE_INFINITY : known.askedAt + silentMs
    known.isElsewhere = leased.value === null
    return leased
  }

  const askFor = async (what: SharedWork, known: Known): Promise<Lease | null> => {
    const leased = await ask(known, () => store.lease(what))
    return leased.ok ? leased.value : null
  }

  const beat = async (): Promise<void> => {
    const begunAt = steady()
    const standing = await heardBeat(store, ear)
    if (!standing.ok) return
    for (const [what, known] of all) {
      // Asked for meanwhile: that answer is the newer one.
      if (known.asking || known.askedAt >= begunAt) continue
      const lease = standing.value.ours.find((each) => each.what === what) ?? null
      if (lease === null) lose(known)
      known.lease = lease
      known.until = begunAt + silentMs
      known.isElsewhere = standing.value.elsewhere.includes(what)
      if (!known.isElsewhere) for (const listener of known.listeners) listener()
    }
    heard(standing.value.desks)
    clearTimeout(lapse)
    const { soonestMs } = standing.value
    if (soonestMs !== null && !isClosed) lapse = setTimeout(beatOnce, soonestMs + Math.random() * spreadMs).unref()
  }

  let beating: Promise<void> | null = null
  const beatOnce = () => {
    // Also while the store does not answer at all.
    for (const known of all.values()) if (steady() >= known.until) lose(known)
    beating ??= beat()
      .catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) }))
      .finally(() => {
        beating = null
      })
  }
  const timer = store.beatMs === null ? undefined : setInterval(beatOnce, store.beatMs).unref()
  // The others hear of it from its start.
  if (timer) beatOnce()

  return {
    of(what) {
      const known = knownOf(what)
      return {
        async take() {
          if (known.lease && steady() < known.until) return known.lease
          if (known.isElsewhere) return null
          known.asking ??= askFor(what, known).finally(() => {
            known.asking = null
          })
          return known.asking
        },
        async seize() {
          const seized = await ask(known, () => store.seize(what))
          return seized.ok ? ok(undefined) : seized
        },
        lost(lease) {
          if (known.lease?.fence === lease.fence) lose(known)
        },
        async pass() {
          const { lease } = known
          known.lease = null
          if (lease && !isAlone) await store.giveUp(lease)
        },
        onTurn(listener) {
          known.listeners.push(listener)
        },
        onLost(listener) {
          known.lostListeners.push(listener)
        },
      }
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      clearTimeout(lapse)
      await beating
      await store.leave()
    },
  }
}
