// The one model that every output format is rendered from: a confirmed visit with its answer. Formats add nothing to it.
import type { Eligibility } from '../eligibility/model.ts'

export interface HandoverDocument {
  /** UUID of the delivery: the row id that lets a repeated import be recognised. */
  readonly deliveryId: string
  readonly visitId: string
  readonly visitNumber: number
  readonly visitDay: string
  readonly confirmedAt: string
  /** Training files say so in name and content, so that none is ever imported for a real patient. */
  readonly training: boolean
  readonly eligibility: Eligibility
}

/** Version of our own import file, CSV and JSON alike. */
export const importFileVersion = 1
