// The counter: the readers, the desk with the patient who stands there, and what the clinic chooses while they do. While the
// computer is locked nobody is there to attend to a card: it waits until somebody is.
import { createLengthLessons } from '../card/extended-length.ts'
import { createPhotoDecoder } from '../card/photo.ts'
import type { ReaderStatus } from '../card/reader.ts'
import type { DoorName } from '../contract/callers.ts'
import type { Calls, PartWith } from '../contract/part.ts'
import type { Reception } from '../contract/reception.ts'
import type { ChosenOrder } from '../eligibility/order.ts'
import type { ChosenHelps } from '../eligibility/together.ts'
import type { News } from '../ground/news.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { isIn, openVisitStates, passingVisitStates, type VisitState } from '../ground/states.ts'
import { type Desks, whoseIs } from '../store/desks.ts'
import type { Visits } from '../store/visits.ts'
import { helpsAtCounter, orderAtCounter } from './claim-order.ts'
import { clinicRulesView, type RuleSettings, takeRuleBack } from './clinic-rules.ts'
import type { CurrentVisit } from './current-visit.ts'
import { createDesk, type Desk, type DeskPorts } from './desk.ts'
import { interruptVisits } from './interrupted.ts'
import { type KioskCorner, type KioskCornerPorts, openKioskCorner } from './kiosk-corner.ts'
import type { TakingBack } from './taking-back.ts'

/** What the clinic has chosen; in force at once. Errors of every change: SETTINGS_INVALID, STORE_ codes. */
interface CounterSettings extends RuleSettings {
  now(): { readonly chosenReader: string | null } & ReturnType<RuleSettings['now']>
  chooseReader(name: string | null): Promise<Result<void>>
  approveSubstitute(character: string, substitute: string): Promise<Result<void>>
  orderOnClaim(order: ChosenOrder): Promise<Result<void>>
  rememberHelps(helps: ChosenHelps): Promise<Result<void>>
}

export interface CounterPorts
  extends Omit<
    DeskPorts,
    'lengths' | 'isMine' | 'chosenReader' | 'decodePhoto' | 'isLocked' | 'isAside' | 'endedElsewhere'
  > {
  readonly store: DeskPorts['store'] & Pick<Visits, 'openVisits' | 'saveVisit'>
  /** Entry of the thread that decodes a photo. */
  readonly photoThread: string
  readonly screenSettings: CounterSettings
  /** `kiosk`: as the clinic has set it; null: there is none. */
  readonly settings: { readonly kiosk: KioskCornerPorts['kiosk'] | null }
  readonly takingBack: TakingBack
  /** Of the site. */
  readonly desks: Pick<Desks, 'of'>
  /** What is looked up beside the counter; null: nothing. */
  readonly lookedAt: { show(visitId: string | null): void }
  readonly news: News
  /** Whether anybody is there who may look after a patient. */
  readonly presence: {
    isShut(): boolean
    onChange(listener: () => void): void
    computerLocked(isLocked: boolean): void
  }
  /** Of the agent before, in the same process. */
  readonly handedOn: { readonly isLocked: boolean } | undefined
}

export async function openCounter(ports: CounterPorts) {
  const { readers, screenSettings, takingBack, lookedAt, news, log, presence } = ports
  await interruptVisits(ports)
  let isLocked = ports.handedOn?.isLocked ?? false
  /** Cards are laid for another reason than a visit. */
  let isAside = false
  const isShut = () => isLocked || presence.isShut()
  const { desk, corner, places, isDesks } = openPlaces(ports, { isLocked: isShut, isAside: () => isAside })

  let counterId = desk.current()?.visit.id
  desk.onChange((visitId) => {
    // Somebody new stands at the counter: whatever was being looked up makes room.
    if (desk.current()?.visit.id !== counterId) lookedAt.show(null)
    counterId = desk.current()?.visit.id
    // Somebody at the desk attends to it.
    if (visitId !== undefined && visitId === counterId) corner?.seenTo(visitId)
    news.tell(visitId)
  })
  readers.onChange((list) => {
    log.write({ event: 'readersChanged', count: list.length })
    news.tell()
  })
  /** Judged or looked at anew, once the choice is kept. */
  const then = async (saved: Promise<Result<void>>, next: () => void): Promise<Result<void>> => {
    const result = await saved
    if (result.ok) next()
    return result
  }
  const lookAgain = () => {
    for (const place of places) place.look()
    news.tell()
  }
  presence.onChange(lookAgain)
  const isIdle = () => !isAnyIn(places, openVisitStates)
  return {
    desk: atBoth(desk, corner),
    cancel: (visitId: string, door: DoorName) => cancelFrom(door, visitId, desk, corner),
    /** Nobody is being checked in. */
    isIdle,
    isLocked: () => isLocked,
    atCounter: () => (isAnyIn(places, passingVisitStates) ? 'card' : isIdle() ? null : 'decision'),
    /** With the cards that are laid while `work` is under way no visit begins, then or later. null: somebody is being checked in. */
    async aside<T>(work: () => Promise<T>): Promise<T | null> {
      if (!isIdle() || isAside) return null
      isAside = true
      try {
        return await work()
      } finally {
        isAside = false
        news.tell()
      }
    },
    ...betweenDesks(ports, desk, corner),
    isShut,
    /** A visit was left without its answer. */
    onOffline(listener: () => void) {
      for (const place of places) place.onChange(() => place.current()?.visit.state === 'offline' && listener())
    },
    calls: {
      enterPin: async ({ visitId, pin, lastTry }, { door }) =>
        door === 'kiosk'
          ? (corner?.enterPin(visitId, pin) ?? fail('VISIT_NOT_CURRENT'))
          : desk.enterPin(visitId, pin, lastTry),
      ...kioskCalls(corner, lookAgain),
      readFace: ({ visitId, lastTry, ...front }) => desk.readFace(visitId, front, lastTry),
      identifyByTap: ({ visitId }) => desk.identifyByTap(visitId),
      confirmFace: ({ visitId, isSame }) => desk.confirmFace(visitId, isSame),
      confirmPerson: ({ visitId, isSame }) => desk.confirmPerson(visitId, isSame),
      decideDifferences: ({ visitId, decisions }) => desk.decide(visitId, decisions),
      askAgain: ({ visitId }) => desk.askAgain(visitId),
      readAttributes: ({ visitId, pin, lastTry }) => desk.readAttributes(visitId, pin, lastTry),
      retryVisit: ({ visitId }) => desk.retry(visitId),
      takeUpVisit: ({ visitId }) => takeUp(ports, desk, visitId),
      closeVisit: ({ visitId }) => desk.close(visitId),
      takeBack: ({ visitId }) => takingBack.takeBack(visitId),
      reopenVisit: ({ visitId }) => desk.reopen(visitId),
      async computerLocked(said) {
        if (said.isLocked === isLocked) return ok(undefined)
        isLocked = said.isLocked
        log.write({ event: isLocked ? 'computerLocked' : 'computerOpened' })
        presence.computerLocked(isLocked)
        lookAgain()
        return ok(undefined)
      },
      chooseReader: ({ reader }) => then(screenSettings.chooseReader(reader), desk.look),
      approveSubstitute: ({ character, substitute }) =>
        then(screenSettings.approveSubstitute(character, substitute), desk.reassess),
      takeRuleBack: ({ rule }) => then(takeRuleBack(screenSettings, rule), desk.reassess),
      async orderBenefits({ visitId, sequence }) {
        const order = orderAtCounter(desk.current(), visitId, sequence)
        return order.ok ? then(screenSettings.orderOnClaim(order.value), desk.reassess) : order
      },
      async chooseHelps({ visitId, used }) {
        const helps = helpsAtCounter(desk.current(), visitId, used)
        if (!helps.ok) return helps
        const saved = await then(screenSettings.rememberHelps(helps.value), desk.reassess)
        // Where that was the last question the visit goes on; else it waits for the others.
        if (saved.ok) await desk.decide(visitId, [])
        return saved
      },
    },
    follows: { visit: followAt(places, desk, lookedAt) },
    view() {
      const list = readersView(
        readers.list().filter(({ name }) => isDesks(name)),
        desk.current(),
        screenSettings.now().chosenReader,
      )
      const readerFailure: Reception['readerFailure'] = list.length === 0 ? { code: 'READER_UNAVAILABLE' } : null
      const kiosk = corner ? corner.view() : null
      return { readers: list, readerFailure, otherCard: desk.otherCard(), isLocked, kiosk }
    },
    pages: { clinicRules: { view: async () => clinicRulesView(screenSettings, ports.clinic().master) } },
    async close() {
      takingBack.close()
      await corner?.close()
      await desk.stop()
    },
  } satisfies PartWith
}

const isAnyIn = (places: readonly Pick<Desk, 'current'>[], states: readonly VisitState[]) =>
  places.some((place) => isIn(states, place.current()?.visit.state))

const readersView = (
  list: readonly ReaderStatus[],
  current: CurrentVisit | null,
  chosenReader: string | null,
): Reception['readers'] =>
  list.map(({ name, state }) => ({
    name,
    state: current?.hold?.code === 'CARD_BUSY' && current.visit.reader === name ? 'inUse' : state,
    isChosen: name === chosenReader,
  }))

/** The places where a patient is attended to: the desk's counter, and the kiosk's corner where there is one. */
function openPlaces(ports: CounterPorts, states: Pick<DeskPorts, 'isLocked' | 'isAside'>) {
  const { screenSettings, news } = ports
  const { kiosk } = ports.settings
  const decodePhoto = createPhotoDecoder({ entry: ports.photoThread })
  const common = { ...ports, ...states, decodePhoto, lengths: createLengthLessons() }
  const corner = kiosk && openKioskCorner({ ...common, kiosk, changed: news.tell })
  const isDesks = (reader: string) => !corner?.owns(reader)
  const desk = createDesk({
    ...common,
    isMine: isDesks,
    chosenReader: () => screenSettings.now().chosenReader,
    endedElsewhere: (certificate) => corner?.endedWith(certificate) ?? null,
  })
  return { desk, corner, places: corner ? [desk, corner.place] : [desk], isDesks }
}

/** What other desks have done about the visits at the places. */
const followAt =
  (places: readonly Pick<Desk, 'follow'>[], desk: Desk, lookedAt: CounterPorts['lookedAt']) =>
  async (ids: readonly string[] | null) => {
    for (const place of places) {
      const answered = await place.follow(ids)
      // Whoever stood before it goes on looking at it.
      if (answered !== null && place === desk) lookedAt.show(answered)
    }
  }

/** Of the desk, about the kiosk. `lookAgain`: another place may take the card that lies there now. */
const kioskCalls = (corner: KioskCorner | null, lookAgain: () => void) =>
  ({
    async openKiosk({ isOpen }) {
      if (!corner) return fail('REQUEST_INVALID')
      await corner.open(isOpen)
      lookAgain()
      return ok(undefined)
    },
    callToDesk: async ({ visitId }) => corner?.callToDesk(visitId) ?? fail('VISIT_NOT_CURRENT'),
    async dismissCalled({ visitId }) {
      return corner?.seenTo(visitId) ? ok(undefined) : fail('VISIT_NOT_CURRENT')
    },
  }) satisfies Partial<Calls>

/** What the rest of the house has of the desk, and of the kiosk as well where it does not matter which of them it is. */
function atBoth(desk: Desk, corner: KioskCorner | null): Desk {
  if (!corner) return desk
  const { place } = corner
  return {
    ...desk,
    async keepDay() {
      await desk.keepDay()
      await place.keepDay()
    },
  }
}

/** For visits on their way from one desk of the site to another. */
function betweenDesks(ports: CounterPorts, desk: Desk, corner: KioskCorner | null) {
  const standing = () => [desk, corner?.place].flatMap((place) => place?.current()?.visit ?? [])
  return {
    takeUp: (visitId: string) => takeUp(ports, desk, visitId),
    visitsHere: () => standing().map(({ id }) => id),
    standingOf(visitId: string): 'passing' | 'resting' | null {
      const visit = standing().find(({ id }) => id === visitId)
      return visit ? (isIn(passingVisitStates, visit.state) ? 'passing' : 'resting') : null
    },
    async goesElsewhere(visitId: string, isToBeRead: boolean): Promise<void> {
      await desk.goesElsewhere(visitId, isToBeRead)
      // Whoever stands at the kiosk is told, too.
      await corner?.place.goesElsewhere(visitId, true)
    },
  }
}

/** A patient's page stops the visit at its own place and no other one; reception stops any. */
async function cancelFrom(door: DoorName, visitId: string, desk: Desk, corner: KioskCorner | null) {
  if (door === 'patient') return desk.cancel(visitId, 'VISIT_STOPPED_BY_PATIENT')
  const atKiosk = (why: 'VISIT_CANCELLED' | 'VISIT_STOPPED_BY_PATIENT') =>
    corner?.place.cancel(visitId, why) ?? fail('VISIT_NOT_CURRENT')
  if (door === 'kiosk') return atKiosk('VISIT_STOPPED_BY_PATIENT')
  const cancelled = await desk.cancel(visitId, 'VISIT_CANCELLED')
  return cancelled.ok ? cancelled : atKiosk('VISIT_CANCELLED')
}

async function takeUp({ store, desks, takingBack }: CounterPorts, desk: Desk, visitId: string): Promise<Result<void>> {
  const stored = await store.visit(visitId)
  const whose = stored && whoseIs(desks, stored)
  if (whose === 'there' || whose === 'gone') return fail('VISIT_ELSEWHERE')
  const taken = await desk.takeUp(visitId)
  if (!taken.ok) return taken
  // Whom it is about is settled once somebody goes on with it.
  takingBack.withdraw(visitId)
  // Another visit of the patient may have answered everything meanwhile: then nothing is left to ask.
  await desk.decide(visitId, [])
  return taken
}
