// A visit on its way between the desks of a site, as people at both of them have to know of it. Whoever stands at another desk asks for
// it; here it is said who asks, and a person gives it or keeps it. By itself it goes only where that takes nothing from anybody: it is
// neither at the counter nor looked at, nothing about it is half typed, and nobody has answered for a while; or nobody is at this desk
// at all, and no card is being read. One of a desk that is gone is taken over at once.
import type { AskingView, DeskOfVisit, ToldOfVisit } from '../contract/asking.ts'
import type { PartWith } from '../contract/part.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import type { Log } from '../ground/log.ts'
import type { News } from '../ground/news.ts'
import { ok, type Result } from '../ground/result.ts'
import type { Asking } from '../store/asking.ts'
import { type Desks, whoseIs } from '../store/desks.ts'
import type { StoredVisit, Visits } from '../store/visits.ts'
import { createAskedVisits } from './asked-visits.ts'
import type { TakingBack } from './taking-back.ts'

/** For how long a person may answer before a visit that nobody is at goes by itself, in milliseconds. */
const usualLetGoMs = 10_000
/** The newest are told. */
const mostTold = 5

export interface AskingPorts {
  readonly store: Asking & Pick<Visits, 'visit'>
  readonly desks: Desks
  readonly roster: { visits(): readonly StoredVisit[]; find(visitId: string): StoredVisit | undefined }
  readonly counter: {
    /** How the visit stands at a place of this desk; null: it is at none. */
    standingOf(visitId: string): 'passing' | 'resting' | null
    visitsHere(): readonly string[]
    /** Nobody is at this desk. */
    isShut(): boolean
    goesElsewhere(visitId: string, isToBeRead: boolean): Promise<void>
    takeUp(visitId: string): Promise<Result<void>>
  }
  readonly lookedAt: { visitId(): string | null; page(): string }
  readonly takingBack: Pick<TakingBack, 'isOpen' | 'withdraw'>
  readonly clock: Clock
  readonly news: News
  readonly log: Log
  readonly letGoMs?: number | undefined
}

export function createAskingPart(ports: AskingPorts) {
  const { store, desks, roster, counter, lookedAt, takingBack, clock, news, log } = ports
  /** This desk has asked for these: their ids, and that of the desk that had each. */
  const ours = new Map<string, string | null>()
  const told = createTold(desks)

  const stamp = () => ({ at: clinicMoment(clock.now()) })
  const give = async (visitId: string): Promise<Result<void>> => {
    const given = await store.giveVisit(visitId, stamp())
    if (given.ok) {
      takingBack.withdraw(visitId)
      await counter.goesElsewhere(visitId, false)
    }
    news.tell(visitId)
    return given
  }

  const letGoByItself = async (visitId: string): Promise<void> => {
    const stored = roster.find(visitId)
    if (!stored || asked.isAttended(visitId) || !isUnattended(ports, visitId)) return
    if ((await give(visitId)).ok) told.add('given', stored, stored.askedBy)
    news.tell()
  }

  const asked = createAskedVisits({ desks, roster, forMs: ports.letGoMs ?? usualLetGoMs, isOver: letGoByItself, log })

  /** It is here now: whoever has been waiting for it at its page goes on with it. */
  const arrived = async (stored: StoredVisit, from: string | null): Promise<void> => {
    const { id } = stored.visit
    news.tell(id)
    const isWaitedFor = lookedAt.page() === 'counter' && lookedAt.visitId() === id
    if (isWaitedFor && (await counter.takeUp(id)).ok) return
    told.add('got', stored, from)
  }

  /** What has become of a visit that this desk has asked for. */
  const followOurs = async (stored: StoredVisit): Promise<void> => {
    const { id } = stored.visit
    const whose = whoseIs(desks, stored)
    if (stored.askedBy === desks.here()?.id) return
    const from = ours.get(id) ?? null
    ours.delete(id)
    if (whose === 'here') return arrived(stored, from)
    told.add(whose === 'there' || whose === 'gone' ? 'kept' : 'over', stored, stored.desk)
  }

  const follow = async (ids: readonly string[] | null): Promise<void> => {
    for (const id of ids ?? [...new Set([...ours.keys(), ...counter.visitsHere()])]) {
      const isHere = counter.standingOf(id) !== null
      if (!isHere && !ours.has(id)) continue
      const stored = await store.visit(id)
      if (!stored) continue
      if (ours.has(id)) await followOurs(stored)
      const had = desks.of(stored.desk)
      // Taken over while this desk was not heard of.
      if (isHere && had?.isHere === false) await counter.goesElsewhere(id, true)
    }
    asked.look()
  }

  const endWatching = desks.onChange(() => {
    asked.look()
    news.tell()
  })

  return {
    calls: {
      async askForVisit({ visitId, isAsked }): Promise<Result<void>> {
        const done = await (isAsked ? store.askForVisit(visitId, stamp()) : store.withdrawAsk(visitId, stamp()))
        if (done.ok && isAsked) ours.set(visitId, roster.find(visitId)?.desk ?? null)
        if (done.ok && !isAsked) ours.delete(visitId)
        told.drop(visitId)
        news.tell(visitId)
        return done
      },
      async takeOverVisit({ visitId }): Promise<Result<void>> {
        const before = roster.find(visitId)?.desk ?? null
        const taken = await store.takeOverVisit(visitId, stamp())
        news.tell(visitId)
        if (!taken.ok) return taken
        ours.delete(visitId)
        told.drop(visitId)
        const stored = await store.visit(visitId)
        if (stored) await arrived(stored, before)
        return taken
      },
      async answerAsked({ visitId, isGiven }): Promise<Result<void>> {
        const done = await (isGiven ? give(visitId) : store.keepVisit(visitId, stamp()))
        news.tell(visitId)
        return done
      },
      async attendVisit({ visitId }): Promise<Result<void>> {
        asked.attend(visitId)
        return ok(undefined)
      },
      async dismissTold({ visitId }): Promise<Result<void>> {
        told.drop(visitId)
        news.tell()
        return ok(undefined)
      },
    },
    view: (): { asking: AskingView | null } => ({
      asking: desks.here() && {
        asked: asked.now().map((stored) => between(desks, stored, stored.askedBy)),
        told: told.all(),
      },
    }),
    follows: { visit: follow },
    deskOf: deskViews(desks),
    async close() {
      endWatching()
      asked.close()
    },
  } satisfies PartWith
}

/** Nothing is taken from anybody here by its going. */
function isUnattended({ counter, lookedAt, takingBack }: AskingPorts, visitId: string): boolean {
  if (takingBack.isOpen(visitId)) return false
  const standing = counter.standingOf(visitId)
  if (counter.isShut()) return standing !== 'passing'
  return standing === null && lookedAt.visitId() !== visitId
}

/** A visit, and the other desk. */
const between = (desks: Desks, { visit }: StoredVisit, desk: string | null) => ({
  visitId: visit.id,
  number: visit.number,
  desk: desks.of(desk)?.name ?? '',
})

/** What people here have to be told, until they have seen it. */
function createTold(desks: Desks) {
  const told = new Map<string, AskingView['told'][number]>()
  return {
    all: () => [...told.values()],
    drop: (visitId: string): unknown => told.delete(visitId),
    add(what: ToldOfVisit, stored: StoredVisit, desk: string | null): void {
      told.delete(stored.visit.id)
      told.set(stored.visit.id, { ...between(desks, stored, desk), what })
      for (const id of [...told.keys()].slice(0, -mostTold)) told.delete(id)
    },
  }
}

/** Whose a visit is, as the screen says it: the same object while nothing of it changes. */
function deskViews(desks: Desks) {
  const views = new Map<string, DeskOfVisit>()
  return (stored: Pick<StoredVisit, 'visit' | 'desk' | 'askedBy'>): DeskOfVisit | null => {
    const had = whoseIs(desks, stored)
    if (had === null) return null
    const name = desks.of(stored.desk)?.name ?? ''
    const isAskedFor = stored.askedBy !== null && stored.askedBy === desks.here()?.id
    const key = JSON.stringify([name, had, isAskedFor])
    const view = views.get(key) ?? { name, had, isAskedFor }
    views.set(key, view)
    return view
  }
}
