// A visit on its way between the desks of a site, as people at both of them have to know of it. Whoever stands at another desk asks for
// it; here it is said who asks, and a person gives it or keeps it. By itself it goes only where nobody has answered for a while,
// nothing about it is half typed, nothing about it can still be taken back, and its going takes nothing from anybody: it is neither at
// the counter, nor the kiosk, nor looked at; or nobody is at this desk at all, and no card is being read. One of a desk that is gone is
// taken over by whoever asks for it, without waiting. What people here have not read yet, and what they have asked for, outlives an
// agent whose desk goes on alone, or is back.
import type { AskingView, DeskOfVisit, ToldOfVisit } from '../contract/asking.ts'
import type { PartWith } from '../contract/part.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { type Log, stackOf } from '../ground/log.ts'
import type { News } from '../ground/news.ts'
import { ok, Refusal, type Result } from '../ground/result.ts'
import type { Asking } from '../store/asking.ts'
import { type Desks, whoseIs } from '../store/desks.ts'
import type { StoredVisit, Visits } from '../store/visits.ts'
import { createAskedVisits } from './asked-visits.ts'
import type { TakingBack } from './taking-back.ts'

/** For how long a person may answer before a visit that nobody is at goes by itself, in milliseconds. */
const usualLetGoMs = 10_000
/** The newest are told, beside what has gone by itself. */
const mostTold = 5

/** What the part of an agent leaves to that of the next one, in the same process. */
export interface AskingHandedOn {
  readonly told: AskingView['told']
  /** What this desk has asked for, and the desk that had each. */
  readonly ours: readonly (readonly [visitId: string, desk: string | null])[]
}

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
  /** Of the agent before. */
  readonly handedOn?: { readonly asking: AskingHandedOn } | undefined
}

export function createAskingPart(ports: AskingPorts) {
  const { store, desks, roster, counter, takingBack, clock, news, log, handedOn } = ports
  const told = createTold(desks, handedOn?.asking.told)
  const ours = createOurs(ports, told)

  const stamp = () => ({ at: clinicMoment(clock.now()) })
  const give = async (visitId: string): Promise<Result<void>> => {
    const given = await store.giveVisit(visitId, stamp())
    if (given.ok) {
      asked.answered(visitId)
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

  const follow = async (ids: readonly string[] | null): Promise<void> => {
    // Whose a visit is nobody can say before the others are known.
    if (!desks.here()) return
    for (const id of ids ?? [...new Set([...ours.ids(), ...counter.visitsHere()])]) {
      const isHere = counter.standingOf(id) !== null
      if (!isHere && !ours.has(id)) continue
      const stored = await store.visit(id)
      if (!stored) continue
      if (ours.has(id)) await ours.follow(stored)
      const had = desks.of(stored.desk)
      // Taken over while this desk was not heard of.
      if (isHere && had?.isHere === false) await counter.goesElsewhere(id, true)
    }
    asked.look()
  }

  const keep = async (visitId: string): Promise<Result<void>> => {
    const kept = await store.keepVisit(visitId, stamp())
    if (kept.ok) asked.answered(visitId)
    return kept
  }

  const catchUp = createCatchUp(ports, ours, follow)
  const endWatching = desks.onChange(() => {
    catchUp()
    asked.look()
    news.tell()
  })
  catchUp()

  return {
    calls: {
      async askForVisit({ visitId, isAsked }): Promise<Result<void>> {
        const done = await (isAsked ? store.askForVisit(visitId, stamp()) : store.withdrawAsk(visitId, stamp()))
        if (done.ok && isAsked) ours.add(visitId)
        if (done.ok && !isAsked) ours.drop(visitId)
        told.drop(visitId)
        news.tell(visitId)
        return done
      },
      async takeOverVisit({ visitId }): Promise<Result<void>> {
        const before = roster.find(visitId)?.desk ?? null
        const taken = await store.takeOverVisit(visitId, stamp())
        news.tell(visitId)
        if (!taken.ok) return taken
        ours.drop(visitId)
        told.drop(visitId)
        const stored = await store.visit(visitId)
        if (stored) await ours.arrived(stored, before)
        return taken
      },
      async answerAsked({ visitId, isGiven }): Promise<Result<void>> {
        const done = await (isGiven ? give(visitId) : keep(visitId))
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
    view(): { asking: AskingView | null } {
      const now = told.all()
      // A desk that is alone has nobody to ask, and what its people have to know stays.
      if (!desks.here() && now.length === 0) return { asking: null }
      return { asking: { asked: asked.now().map((stored) => between(desks, stored, stored.askedBy)), told: now } }
    },
    handOn: (): AskingHandedOn => ({ told: told.all(), ours: ours.all() }),
    follows: { visit: follow },
    deskOf: deskViews(desks),
    async close() {
      endWatching()
      asked.close()
    },
  } satisfies PartWith
}

/** What this desk has asked for: the ids of the visits, and that of the desk that had each. */
function createOurs(ports: AskingPorts, told: Pick<ReturnType<typeof createTold>, 'add'>) {
  const { desks, roster, counter, lookedAt, news, handedOn } = ports
  const ours = new Map<string, string | null>(handedOn?.asking.ours)

  /** It is here now: whoever has been waiting for it at its page goes on with it. */
  const arrived = async (stored: StoredVisit, from: string | null): Promise<void> => {
    const { id } = stored.visit
    news.tell(id)
    const isWaitedFor = lookedAt.page() === 'counter' && lookedAt.visitId() === id
    if (isWaitedFor && (await counter.takeUp(id)).ok) return
    told.add('got', stored, from)
  }
  return {
    ids: () => [...ours.keys()],
    all: () => [...ours],
    has: (visitId: string) => ours.has(visitId),
    add: (visitId: string): unknown => ours.set(visitId, roster.find(visitId)?.desk ?? null),
    drop: (visitId: string): unknown => ours.delete(visitId),
    arrived,
    /** What has become of it. */
    async follow(stored: StoredVisit): Promise<void> {
      const { id } = stored.visit
      const whose = whoseIs(desks, stored)
      if (stored.askedBy === desks.here()?.id) return
      const from = ours.get(id) ?? null
      ours.delete(id)
      if (whose === 'here') return arrived(stored, from)
      told.add(whose === 'there' || whose === 'gone' ? 'kept' : 'over', stored, stored.desk)
    },
  }
}

/** Looks what has become meanwhile of what the agent before has asked for; not until the others are known. */
function createCatchUp(
  { desks, news, log }: AskingPorts,
  ours: Pick<ReturnType<typeof createOurs>, 'ids'>,
  follow: (ids: readonly string[]) => Promise<void>,
) {
  let isBehind = ours.ids().length > 0
  return (): void => {
    if (!isBehind || !desks.here()) return
    isBehind = false
    follow(ours.ids()).then(
      () => news.tell(),
      (error: unknown) => {
        // What cannot be read now is read with the next change.
        if (error instanceof Refusal) isBehind = true
        else log.write({ event: 'fault', where: stackOf(error) })
      },
    )
  }
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
function createTold(desks: Desks, before: AskingView['told'] = []) {
  const told = new Map(before.map((each) => [each.visitId, each]))
  return {
    all: () => [...told.values()],
    drop: (visitId: string): unknown => told.delete(visitId),
    add(what: ToldOfVisit, stored: StoredVisit, desk: string | null): void {
      told.delete(stored.visit.id)
      told.set(stored.visit.id, { ...between(desks, stored, desk), what })
      // That a visit has gone from here without a word stands until somebody has closed it.
      const others = [...told.values()].filter(({ what: of }) => of !== 'given')
      for (const { visitId } of others.slice(0, -mostTold)) told.delete(visitId)
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
