// The counter: the readers, the desk with the patient who stands there, and what the clinic chooses while they do. While the
// computer is locked nobody is there to attend to a card: it waits until somebody is.
import { createPhotoDecoder } from '../card/photo.ts'
import type { PartWith } from '../contract/part.ts'
import type { Reception } from '../contract/reception.ts'
import type { ChosenOrder } from '../eligibility/order.ts'
import type { ChosenHelps } from '../eligibility/together.ts'
import type { News } from '../ground/news.ts'
import { ok, type Result } from '../ground/result.ts'
import { isIn, openVisitStates } from '../ground/states.ts'
import type { Visits } from '../store/visits.ts'
import { helpsAtCounter, orderAtCounter } from './claim-order.ts'
import { clinicRulesView, type RuleSettings, takeRuleBack } from './clinic-rules.ts'
import { createDesk, type DeskPorts } from './desk.ts'
import { interruptVisits } from './interrupted.ts'
import type { TakingBack } from './taking-back.ts'

/** What the clinic has chosen; in force at once. Errors of every change: SETTINGS_INVALID, STORE_ codes. */
interface CounterSettings extends RuleSettings {
  now(): { readonly chosenReader: string | null } & ReturnType<RuleSettings['now']>
  chooseReader(name: string | null): Promise<Result<void>>
  approveSubstitute(character: string, substitute: string): Promise<Result<void>>
  orderOnClaim(order: ChosenOrder): Promise<Result<void>>
  rememberHelps(helps: ChosenHelps): Promise<Result<void>>
}

export interface CounterPorts extends Omit<DeskPorts, 'chosenReader' | 'decodePhoto' | 'isLocked' | 'isAside'> {
  readonly store: DeskPorts['store'] & Pick<Visits, 'openVisits' | 'saveVisit'>
  /** Entry of the thread that decodes a photo. */
  readonly photoThread: string
  readonly screenSettings: CounterSettings
  readonly takingBack: TakingBack
  /** What is looked up beside the counter; null: nothing. */
  readonly lookedAt: { show(visitId: string | null): void }
  readonly news: News
}

export async function openCounter(ports: CounterPorts) {
  const { readers, screenSettings, takingBack, lookedAt, news, log } = ports
  await interruptVisits(ports)
  let isLocked = false
  /** Cards are laid for another reason than a visit. */
  let isAside = false
  const desk = createDesk({
    ...ports,
    isLocked: () => isLocked,
    isAside: () => isAside,
    chosenReader: () => screenSettings.now().chosenReader,
    decodePhoto: createPhotoDecoder({ entry: ports.photoThread }),
  })

  let counterId = desk.current()?.visit.id
  desk.onChange((visitId) => {
    // Somebody new stands at the counter: whatever was being looked up makes room.
    if (desk.current()?.visit.id !== counterId) lookedAt.show(null)
    counterId = desk.current()?.visit.id
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
  const isIdle = () => !isIn(openVisitStates, desk.current()?.visit.state)
  return {
    desk,
    /** Nobody is being checked in. */
    isIdle,
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
    calls: {
      enterPin: ({ visitId, pin, lastTry }) => desk.enterPin(visitId, pin, lastTry),
      readFace: ({ visitId, lastTry, ...front }) => desk.readFace(visitId, front, lastTry),
      identifyByTap: ({ visitId }) => desk.identifyByTap(visitId),
      confirmFace: ({ visitId, isSame }) => desk.confirmFace(visitId, isSame),
      confirmPerson: ({ visitId, isSame }) => desk.confirmPerson(visitId, isSame),
      decideDifferences: ({ visitId, decisions }) => desk.decide(visitId, decisions),
      askAgain: ({ visitId }) => desk.askAgain(visitId),
      readAttributes: ({ visitId, pin, lastTry }) => desk.readAttributes(visitId, pin, lastTry),
      retryVisit: ({ visitId }) => desk.retry(visitId),
      // Whom it is about is settled once somebody goes on with it.
      takeUpVisit: ({ visitId }) => then(desk.takeUp(visitId), () => takingBack.withdraw(visitId)),
      closeVisit: ({ visitId }) => desk.close(visitId),
      takeBack: ({ visitId }) => takingBack.takeBack(visitId),
      reopenVisit: ({ visitId }) => desk.reopen(visitId),
      async computerLocked(said) {
        if (said.isLocked === isLocked) return ok(undefined)
        isLocked = said.isLocked
        log.write({ event: isLocked ? 'computerLocked' : 'computerOpened' })
        desk.look()
        news.tell()
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
    view() {
      const list = readers.list()
      const current = desk.current()
      const { chosenReader } = screenSettings.now()
      const readersView: Reception['readers'] = list.map(({ name, state }) => ({
        name,
        state: current?.hold?.code === 'CARD_BUSY' && current.visit.reader === name ? 'inUse' : state,
        isChosen: name === chosenReader,
      }))
      const readerFailure: Reception['readerFailure'] = list.length === 0 ? { code: 'READER_UNAVAILABLE' } : null
      return { readers: readersView, readerFailure, otherCard: desk.otherCard(), isLocked }
    },
    pages: { clinicRules: { view: async () => clinicRulesView(screenSettings, ports.clinic().master) } },
    async close() {
      takingBack.close()
      await desk.stop()
    },
  } satisfies PartWith
}
