// The three state machines of the house, a table each: a visit, the delivery of its file, a registration at the hub.
// Whoever moves one asks its table (counter, terminal, restart, outbox, background work, command line), the store once
// more before it writes, and the screen reads from it what a person may do: so that no row ever stands in a state that
// nobody can explain, and a new state is one line here, to which the compiler leads everybody else.
import { z } from 'zod'

interface Row<State, Act> {
  /** Where it may go from here. */
  readonly next: readonly State[]
  /** What a person may do about it, in the order in which the screen offers it. */
  readonly acts: readonly Act[]
}

interface Machine<State, Act> {
  mayMove(from: State, to: State): boolean
  /** Whether these states may be passed in their order; one that stays where it is passes none. */
  mayPass(from: State, through: readonly State[]): boolean
  mayDo(state: State, act: Act): boolean
  /** What a person may do, in the order in which the screen offers it. */
  acts(state: State): readonly Act[]
}

function machine<State extends string, Act>(table: Readonly<Record<State, Row<State, Act>>>): Machine<State, Act> {
  const mayMove = (from: State, to: State) => table[from].next.includes(to)
  return {
    mayMove,
    mayPass: (from, through) => through.every((state, index) => mayMove(through[index - 1] ?? from, state)),
    mayDo: (state, act) => table[state].acts.includes(act),
    acts: (state) => table[state].acts,
  }
}

/** Every move a table knows: one that is written down in the code and is none of them does not compile. */
type MoveIn<Table extends Record<string, Row<string, unknown>>> = {
  readonly [From in keyof Table]: { readonly from: From; readonly to: Table[From]['next'][number] }
}[keyof Table]

/**
 * `reading → identifying → asking → answered → confirmed → handedOver`; a visit that ends otherwise is `failed`,
 * `offline` (the person is known, the source is not reachable) or `cancelled`. `acknowledged` follows `handedOver` once
 * every destination has taken its file. `choosing`: the terminal has answered, staff say whom it is about; it waits as
 * long as it takes, also over a restart. No visit open means: waiting.
 */
const visitStates = [
  'reading',
  'identifying',
  'asking',
  'choosing',
  'answered',
  'confirmed',
  'handedOver',
  'acknowledged',
  'failed',
  'offline',
  'cancelled',
] as const
export const visitStateSchema = z.enum(visitStates)
export type VisitState = z.infer<typeof visitStateSchema>

/** `choose`: whom it is about; `decide`: what differs from before; `register`: doses and checkups at the hub. */
export type VisitAct = 'choose' | 'decide' | 'takeUp' | 'retry' | 'close' | 'register' | 'cancel'

const visitTable = {
  reading: { next: ['identifying', 'failed', 'cancelled'], acts: ['cancel'] },
  identifying: { next: ['asking', 'failed', 'cancelled'], acts: ['cancel'] },
  asking: { next: ['answered', 'offline', 'failed', 'cancelled'], acts: ['cancel'] },
  choosing: { next: ['answered', 'cancelled'], acts: ['choose', 'cancel'] },
  // A choice or a decision is taken back while none of its files has left the house.
  answered: { next: ['confirmed', 'choosing', 'failed', 'cancelled'], acts: ['decide', 'takeUp', 'cancel'] },
  confirmed: { next: ['handedOver', 'answered', 'choosing'], acts: ['close', 'register'] },
  handedOver: { next: ['acknowledged'], acts: ['close', 'register'] },
  acknowledged: { next: [], acts: ['close', 'register'] },
  // A visit that ended before anybody was identified starts again under its own number.
  failed: { next: ['reading'], acts: ['retry', 'close'] },
  // Answered later without the card, refused then, or overtaken by another visit of the same patient.
  offline: { next: ['answered', 'failed', 'cancelled'], acts: ['close', 'retry'] },
  cancelled: { next: ['reading'], acts: ['retry', 'close'] },
} as const satisfies Record<VisitState, Row<VisitState, VisitAct>>

export type VisitMove = MoveIn<typeof visitTable>
export const visitRules = machine<VisitState, VisitAct>(visitTable)

/** The patient is being identified or asked about, and may be looking at the screen. A restart ends these. */
export const passingVisitStates = ['reading', 'identifying', 'asking'] as const satisfies readonly VisitState[]

/** States in which a visit still needs the card, the person or the hub. */
export const openVisitStates = [...passingVisitStates, 'answered'] as const satisfies readonly VisitState[]

/** While it stands in one of these, the visit is its desk's alone, where several share a store. */
export const ownedVisitStates = [...openVisitStates, 'choosing'] as const satisfies readonly VisitState[]

/** The person is sure and the answer has been handed on. */
export const confirmedStates = ['confirmed', 'handedOver', 'acknowledged'] as const satisfies readonly VisitState[]

/** Nothing of it goes on before a person has said whom it is about, or decided what differs. */
export const waitsForStaff = (state: VisitState): boolean =>
  visitRules.mayDo(state, 'choose') || visitRules.mayDo(state, 'takeUp')

/**
 * The same, or there is something to be typed by hand: the list's pile, and with what is held up the tray's count. What another desk
 * goes on with waits for a person there.
 */
export const needsPerson = ({
  state,
  byHand,
  desk,
}: {
  readonly state: VisitState
  readonly byHand: number
  readonly desk: { readonly had: string } | null
}): boolean => (waitsForStaff(state) && desk?.had !== 'there') || byHand > 0

/**
 * One file on its way to one destination. `queued → publishing → delivered`; `publishing` is committed between the
 * finished temporary file and its rename, so that after a crash it is known whether the name may have been seen.
 * `acknowledged`: the destination has taken it. `refused`: the destination has said no. `rejected`: it can never be
 * written as it is. `conflict`: what lies there, or what has happened, is unclear; a person decides. `cancelled`: a person
 * has decided that it is not wanted any more.
 */
const deliveryStates = [
  'queued',
  'publishing',
  'delivered',
  'acknowledged',
  'refused',
  'rejected',
  'conflict',
  'cancelled',
] as const
export const deliveryStateSchema = z.enum(deliveryStates)
export type DeliveryState = z.infer<typeof deliveryStateSchema>

export type DeliveryAct = 'retry' | 'markImported' | 'cancel'

const deliveryTable = {
  // A destination that has the file already, or says no before anything is written, is through without `publishing`.
  queued: {
    next: ['publishing', 'delivered', 'acknowledged', 'refused', 'conflict', 'cancelled'],
    acts: ['retry', 'cancel'],
  },
  // Its name may have been seen: it is not called off any more.
  publishing: { next: ['delivered', 'acknowledged', 'refused', 'conflict'], acts: ['retry'] },
  // Called off where nobody has taken the file for days and it is removed from its folder.
  delivered: { next: ['acknowledged', 'refused', 'queued', 'cancelled'], acts: ['retry', 'markImported'] },
  acknowledged: { next: ['queued'], acts: ['retry'] },
  refused: { next: ['queued', 'acknowledged', 'cancelled'], acts: ['retry', 'markImported', 'cancel'] },
  rejected: { next: ['queued', 'acknowledged', 'cancelled'], acts: ['retry', 'markImported', 'cancel'] },
  conflict: { next: ['queued', 'acknowledged', 'cancelled'], acts: ['retry', 'markImported', 'cancel'] },
  cancelled: { next: ['queued'], acts: ['retry'] },
} as const satisfies Record<DeliveryState, Row<DeliveryState, DeliveryAct>>

export type DeliveryStep = MoveIn<typeof deliveryTable>
export const deliveryRules = machine<DeliveryState, DeliveryAct>(deliveryTable)

/** On its way: it keeps its visit, and nobody has to do anything. */
export const underWayStates = ['queued', 'publishing'] as const satisfies readonly DeliveryState[]
/** States from which nothing more is to be written: what a visit waits for before it is handed over. */
export const writtenStates = ['delivered', 'acknowledged', 'cancelled'] as const satisfies readonly DeliveryState[]
/** States in which nothing more is awaited from the destination. */
export const settledStates = ['acknowledged', 'cancelled'] as const satisfies readonly DeliveryState[]

/**
 * What the screen offers about a delivery. One on its way or lying in its folder needs nobody while all is well (`isHeldUp`:
 * it is not); and one that lies there is not sent again: it would only be found where it is.
 */
export function offeredFor(state: DeliveryState, isHeldUp: boolean): readonly DeliveryAct[] {
  const { acts } = deliveryTable[state]
  const needsNobody = state === 'delivered' || isIn(underWayStates, state)
  if (!needsNobody) return acts
  return isHeldUp ? acts.filter((act) => state !== 'delivered' || act !== 'retry') : []
}

/**
 * What the clinic registers at the hub about a visit: waits until the hub has it. `refused`: the hub has said no, a person
 * decides; `withdrawn`: a person has. One that is registered stays what it is: its correction or cancellation is another.
 */
const registrationStates = ['queued', 'registered', 'refused', 'withdrawn'] as const
export const registrationStateSchema = z.enum(registrationStates)
export type RegistrationState = z.infer<typeof registrationStateSchema>

export type RegistrationAct = 'change' | 'retry' | 'withdraw'

const registrationTable = {
  queued: { next: ['registered', 'refused'], acts: [] },
  registered: { next: [], acts: ['change'] },
  refused: { next: ['queued', 'withdrawn'], acts: ['retry', 'withdraw'] },
  withdrawn: { next: [], acts: [] },
} as const satisfies Record<RegistrationState, Row<RegistrationState, RegistrationAct>>

export const registrationRules = machine<RegistrationState, RegistrationAct>(registrationTable)

/** On its way to the hub or there. */
export const standingStates = ['queued', 'registered'] as const satisfies readonly RegistrationState[]

/** Whether a state is one of a list, whatever its type knows already. */
export const isIn = <State extends string>(states: readonly State[], state: string | undefined): state is State =>
  states.some((each) => each === state)
