// The port to whatever takes in what the outbox brings: a folder, or ORCA. It says what became of each row; what to do
// about that is the outbox's business.
import type { Failure, Result } from '../ground/result.ts'
import type { DeliveryRow } from '../store/deliveries.ts'

export interface DeliveryPorts {
  readonly payload: (deliveryId: string) => Promise<Uint8Array | null>
  /** Commits the state `publishing` of rows, all at once; an answer for each. */
  readonly commitPublishing: (deliveries: readonly DeliveryRow[]) => Promise<readonly Result<void>[]>
}

/** `delivered`: it is or was there whole; `acknowledged`: and has been taken in. */
export type Outcome = Result<'delivered' | 'acknowledged'>

/**
 * Brings rows to their destination, in their order, as many of them as it likes to take at once (one at least). Returns
 * the outcomes of the first ones; what comes behind one that holds the lane up is not begun.
 * Errors: by their class. Transient ones (DESTINATION_ codes) are tried again later, nothing is lost; ambiguous ones
 * (DESTINATION_CONFLICT, DELIVERY_UNVERIFIED) are for a person; permanent ones mean that the destination refuses.
 */
type Deliver = (deliveries: readonly DeliveryRow[], ports: DeliveryPorts) => Promise<readonly Outcome[]>

/** What became of a file that was delivered. `refused`: the receipt computer has put its name under `err/`. */
export type Fate = 'waiting' | 'acknowledged' | 'refused'

export interface Look {
  /** Of the rows that were asked about, in their order. */
  readonly fates: readonly Fate[]
  /** Names of files that were begun and not shown yet: ours, or another program's. */
  readonly unfinished: readonly string[]
}

/** A finished file, by its name and the SHA-256 of its bytes (lower-case hex). */
export type OurFile = Pick<DeliveryRow, 'fileName' | 'sha256'>

/** What the outbox has to know of a destination without talking to it. */
export interface Traits {
  /** Whether a failure says nothing about the rows behind the one that failed; every other one stops them, too. */
  isOwnFault(failure: Failure): boolean
  /** One that it refused is rendered anew before it is sent again: a call says what is known by now, a file keeps its bytes. */
  readonly rendersAnew: boolean
}

export interface Deliverer extends Traits {
  /** Not before the last one is through. */
  readonly deliver: Deliver
  /** Looks after delivered rows, and at what lies about. Errors: transient ones (the destination cannot be looked at now). */
  look(deliveries: readonly DeliveryRow[]): Promise<Result<Look>>
  /** Everything that lies there, by its name. Errors: as above. */
  names(): Promise<Result<readonly string[]>>
  /** Removes finished files that hold exactly these bytes. Returns the names of those it has removed. Errors: as above. */
  removeOurs(destination: string, files: readonly OurFile[]): Promise<Result<readonly string[]>>
  /** Removes what a crash has left of a row that is not wanted any more. */
  clear(delivery: DeliveryRow): Promise<Result<void>>
  /**
   * Goes the whole way with something that is nobody's and that no receipt computer takes, and leaves nothing behind: a clinic
   * wants to know before its first patient. Errors: whatever would hold up a delivery.
   */
  tryOut(destination: string): Promise<Result<void>>
  /** Lets go of what it runs on, at once. */
  close(): Promise<void>
}
