// When a task of a lesson is done, as it is seen in what the screen is told. A visit is known by the card that lay there when
// it began; one of before the lesson counts for nothing. Pure, but for what it remembers of the day.

import type { ListedVisit, Reception, VisitView } from '../contract/reception.ts'
import type { ForTasks } from '../contract/training.ts'
import { undecided } from '../eligibility/difference.ts'
import type { FailureCode } from '../ground/failures.ts'
import { confirmedStates, isIn } from '../ground/states.ts'

/** What one state does not tell by itself. */
export interface Memory {
  /** The sample card that a visit began with. */
  readonly cards: ReadonlyMap<string, string>
  /** Whom the card of a sample person turned out to be, under the hub's reference. */
  readonly refs: ReadonlyMap<string, string>
  see(reception: Reception): void
}

export function createMemory(): Memory {
  const cards = new Map<string, string>()
  const refs = new Map<string, string>()
  return {
    cards,
    refs,
    see({ current, training }) {
      if (!current) return
      if (training?.inserted && !cards.has(current.id)) cards.set(current.id, training.inserted)
      const card = cards.get(current.id)
      if (card !== undefined && current.patient?.ref && isIn(confirmedStates, current.state)) {
        refs.set(card, current.patient.ref)
      }
    },
  }
}

interface Seen {
  readonly reception: Reception
  /** When the lesson began. */
  readonly since: string
  readonly memory: Memory
  /** The tasks of the lesson that are done already. */
  readonly done: readonly string[]
}
export type Judge = (seen: Seen) => boolean

/** The visits of a sample card since the lesson began. */
const visitsOf = ({ reception, since, memory }: Seen, card: string): ListedVisit[] =>
  reception.visits.filter(({ id, startedAt }) => startedAt >= since && memory.cards.get(id) === card)

/** The one of them that is at the counter or looked up, in full. */
function inView(seen: Seen, card: string): VisitView | undefined {
  const { current, shown } = seen.reception
  return (
    [current, shown].find(
      (visit) => visit !== null && visit.startedAt >= seen.since && seen.memory.cards.get(visit.id) === card,
    ) ?? undefined
  )
}

const isConfirmed = ({ state }: Pick<ListedVisit, 'state'>) => isIn(confirmedStates, state)
const received =
  (card: string): Judge =>
  (seen) =>
    visitsOf(seen, card).some(isConfirmed)
const sees =
  (card: string, fits: (visit: VisitView) => boolean): Judge =>
  (seen) => {
    const visit = inView(seen, card)
    return visit !== undefined && fits(visit)
  }
const isOn =
  (fault: NonNullable<Reception['training']>['faults'][number]): Judge =>
  ({ reception }) =>
    reception.training?.faults.includes(fault) ?? false
const failedWith = (code: FailureCode) => (visit: VisitView) => visit.failure?.code === code
const heldUpVisits = (seen: Seen) =>
  seen.reception.visits.filter((visit) => visit.startedAt >= seen.since && visit.isHeldUp)
const after =
  (task: string, judge: Judge): Judge =>
  (seen) =>
    seen.done.includes(task) && judge(seen)

export const judges: ForTasks<Judge> = {
  first: {
    received: received('kosei-hitorioya'),
    closed: after('received', ({ reception }) => reception.current === null),
    cardGone: after('closed', ({ reception }) => reception.training?.inserted === null),
  },
  wrongPin: {
    wrong: sees('kosei-hitorioya', (visit) => visit.pin?.wrong ?? false),
    received: after('wrong', received('kosei-hitorioya')),
  },
  cap: {
    received: received('nanbyo'),
    sheet: after('received', (seen) => capSheet(seen) !== null),
    line: after('received', (seen) => {
      return capSheet(seen)?.lines.some(({ enteredAt, isStruck }) => !isStruck && enteredAt >= seen.since) ?? false
    }),
    paper: after('line', (seen) => capSheet(seen)?.paperCompleteOn != null),
  },
  maskedName: {
    received: received('g-spelling'),
    numbered: after(
      'received',
      sees('g-spelling', ({ patientNumber }) => patientNumber !== null),
    ),
    spelled: after(
      'received',
      sees('g-spelling', ({ confirmedName }) => confirmedName !== null),
    ),
  },
  difference: {
    before: received('g-number-before'),
    asked: sees('g-number', ({ state, assessment }) => {
      return state === 'answered' && undecided(assessment?.differences ?? [], []).length > 0
    }),
    decided: after('asked', received('g-number')),
  },
  ended: {
    received: received('ended'),
    noted: (seen) => visitsOf(seen, 'ended').some(({ hasNote }) => hasNote),
  },
  blocked: {
    seen: sees('blocked', ({ pin }) => pin?.triesLeft === 0),
    face: sees('blocked', ({ face }) => face !== null),
    received: received('blocked'),
  },
  sameName: {
    payment: received('g-payment'),
    designation: received('g-designation'),
    arrived: after('payment', ({ reception, since }) => {
      return isOfFaceReader(reception.shown, since) && reception.shown.state === 'choosing'
    }),
    chosen: after('arrived', ({ reception: { shown }, since, memory }) => {
      const isChosen = isOfFaceReader(shown, since) && !isIn(['choosing', 'cancelled'], shown.state)
      return isChosen && shown.patient?.ref === memory.refs.get('g-payment')
    }),
  },
  otherPerson: {
    received: received('nanbyo'),
    doubt: sees('nanbyo', ({ doubt }) => doubt !== null),
    refused: after('doubt', sees('nanbyo', failedWith('HUB_PERSON_DIFFERS'))),
    mended: after('refused', (seen) => !isOn('hubOtherPerson')(seen)),
  },
  hubDown: {
    received: received('nanbyo'),
    broken: after('received', isOn('hubDown')),
    offline: (seen) => visitsOf(seen, 'nanbyo').some(({ state }) => state === 'offline'),
    answered: after('offline', (seen) => {
      const visits = visitsOf(seen, 'nanbyo')
      return !isOn('hubDown')(seen) && visits.every(({ state }) => state !== 'offline') && visits.some(isConfirmed)
    }),
  },
  notDelivered: {
    broken: isOn('folderAway'),
    heldUp: after('broken', (seen) => heldUpVisits(seen).length > 0),
    delivered: after('heldUp', (seen) => !isOn('folderAway')(seen) && heldUpVisits(seen).length === 0),
  },
}

/** The sheet of a cap that is open, of the lesson's patient. */
function capSheet({ reception, memory }: Seen) {
  const { page } = reception
  if (page.name !== 'capSheet' || !page.sheet) return null
  return memory.cards.get(page.sheet.visitId) === 'nanbyo' ? page.sheet : null
}

/** A result of the face reader that is looked up. */
const isOfFaceReader = (shown: VisitView | null, since: string): shown is VisitView =>
  shown?.source === 'terminal' && shown.startedAt >= since
