// The port to the outbox: what is to reach a destination, how far it is, and what lies there.
import type { DestinationFormat } from '../contract/destination.ts'
import type { Failure, Result } from '../ground/result.ts'
import type { DeliveryState } from '../ground/states.ts'
import type { AuditEntry } from './audit.ts'
import type { Lease } from './leases.ts'

/** A rendered file that is to appear in a destination's folder. */
export interface NewDelivery {
  /** UUID; also part of the file name and of the content. */
  readonly id: string
  readonly destination: string
  readonly format: DestinationFormat
  readonly state: 'queued' | 'rejected'
  readonly failure: Failure | null
  /** Without a folder; no patient data. */
  readonly fileName: string
  /** Exact bytes of the file; empty when rejected. */
  readonly payload: Uint8Array
}

export interface DeliveryRow {
  readonly id: string
  readonly visitId: string
  readonly destination: string
  readonly format: DestinationFormat
  readonly state: DeliveryState
  readonly failure: Failure | null
  readonly fileName: string
  /** Absolute path under which it was put where it is to be taken; null: not yet, or it is no file. */
  readonly place: string | null
  /** Lower-case hex over the payload. */
  readonly sha256: string
  readonly attempts: number
  readonly updatedAt: string
}

export interface DeliveryMove {
  readonly delivery: Pick<DeliveryRow, 'id' | 'state'>
  readonly to: {
    readonly state: DeliveryState
    readonly failure: Failure | null
    readonly at: string
    readonly attempts?: number
    /** Replaces what could not be rendered before. */
    readonly payload?: Uint8Array
    /** Where it was put. */
    readonly place?: string
  }
  readonly event?: AuditEntry['event'] | undefined
  /** Under which it is done; null and where there is none: a person does it. */
  readonly lease?: Lease | null | undefined
}

/** A file that was put into a destination's folder, by its name and the SHA-256 of its bytes (lower-case hex). */
export interface LeftFile {
  readonly fileName: string
  readonly sha256: string
  readonly deliveredAt: string
}

export interface Deliveries {
  /**
   * Undelivered work of a destination (queued or publishing), oldest first. Without what another desk of the site may still take
   * back.
   */
  pendingDeliveries(destination: string, limit: number): Promise<readonly DeliveryRow[]>
  /** Delivered work of a destination that nobody has taken yet, oldest first. */
  awaitedDeliveries(destination: string, limit: number): Promise<readonly DeliveryRow[]>
  delivery(id: string): Promise<DeliveryRow | null>
  payload(deliveryId: string): Promise<Uint8Array | null>
  /**
   * Moves deliveries on from the states they were read in, all in one transaction, each with its audit row (where the
   * move is worth one) and, when it was the last of its visit, the visit's step to handedOver or acknowledged. One answer
   * for each, in their order: DELIVERY_NOT_CURRENT where somebody else has moved it since, or no
   * move leads there; LEASE_LOST where it is done under a lease that does not count any more. Errors of the whole:
   * STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED.
   */
  moveDeliveries(moves: readonly DeliveryMove[]): Promise<Result<readonly Result<void>[]>>
  /** Files in a destination's folder that belong to no visit any more. */
  leftFiles(destination: string, limit: number): Promise<readonly LeftFile[]>
  /** They are gone. Errors: STORE_FULL, STORE_UNWRITABLE, STORE_DAMAGED. */
  forgetLeftFiles(destination: string, files: readonly LeftFile[]): Promise<Result<void>>
}
