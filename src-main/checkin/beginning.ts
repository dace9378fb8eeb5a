// How an attempt begins: by itself with the next card that is laid, or once more with the one that lies there; and how it
// ends when that card goes too early. Nothing begins by itself while somebody is being attended to.
import type { ReaderStatus } from '../card/reader.ts'
import type { Clock } from '../ground/clock.ts'
import { ok } from '../ground/result.ts'
import { type Attempt, isOfAnotherDay, newAttempt } from './attempt.ts'
import type { Counter } from './counter.ts'
import type { Identification } from './identification.ts'
import type { LaidCards } from './laid-cards.ts'
import type { Recorder } from './recorder.ts'

export interface BeginningPorts {
  readonly clock: Clock
  readonly cards: LaidCards
  readonly counter: Counter
  readonly identification: Pick<Identification, 'identify' | 'hubLost'>
  readonly recorder: Pick<Recorder, 'changed' | 'failVisit'>
}

export type Beginning = ReturnType<typeof createBeginning>

export function createBeginning({ clock, cards, counter, identification, recorder }: BeginningPorts) {
  /** `wasSeen`: the card has lain there since its last attempt. */
  const begin = async (reader: string, wasSeen: boolean): Promise<void> => {
    const gone = counter.attempt()
    const before = gone && {
      visit: gone.visit,
      read: gone.read,
      isLying: gone.isAwaited || (gone.card !== null && gone.visit.reader === reader && wasSeen),
    }
    const current = newAttempt(reader, before, clock.now())
    counter.seat(current)
    if (gone && isOfAnotherDay(gone, clock.now())) recorder.changed(gone)
    await counter.alone(current, async () => {
      // The attempt before may still be on its way out: its number is there when it has been saved, and then it resets the card.
      await gone?.saving?.done
      if (gone && before) current.before = { ...before, visit: gone.visit }
      await gone?.card?.end()
      return identification.identify(current, reader)
    })
    // A hub that refuses or is down shows at once, not after the patient has typed.
    const session = await current.session?.answer
    if (!session || session.ok || counter.isBusy(current)) return
    const { error } = session
    await counter.guarded(current, async () => {
      const last = await identification.hubLost(current, error)
      return last.ok ? ok(undefined) : last
    })
  }

  /** With the card on this reader, in place of whoever is at the counter. */
  const start = (reader: string): void => {
    void begin(reader, cards.see(reader))
  }

  /** Takes the next card: one that has not had its attempt. */
  const look = (list?: readonly ReaderStatus[]): void => {
    const next = cards.next(list)
    if (next !== null && counter.isFree()) start(next)
  }

  return {
    start,
    look,
    /** Cards have been laid or taken away, readers plugged or unplugged. */
    cardsMoved(list: readonly ReaderStatus[]): void {
      cards.forgetGone(list)
      const current = counter.attempt()
      if (current && needsCard(current) && !counter.isBusy(current) && !cards.isSeen(current.visit.reader)) {
        // With its reader gone (unplugged, its service down) nobody knows where the card is.
        const hasReader = list.some(({ name }) => name === current.visit.reader)
        const code = hasReader ? 'CARD_REMOVED' : 'READER_UNAVAILABLE'
        void counter.guarded(current, () => recorder.failVisit(current, { code }))
      }
      look(list)
    },
  }
}

/** Once the hub has answered the card is no longer needed: it may go while somebody decides. */
const needsCard = ({ stage }: Attempt) => stage.at === 'reading' || stage.at === 'identifying' || stage.at === 'asking'
