// The words for a visit and for the delivery of its file, shared by store, check-in, hand-over and screen.
import { z } from 'zod'

/**
 * `reading → identifying → asking → answered → confirmed → handedOver`; a visit that ends otherwise is `failed`,
 * `offline` (the person is known, the source is not reachable) or `cancelled`. No visit open means: waiting.
 */
const visitStates = [
  'reading',
  'identifying',
  'asking',
  'answered',
  'confirmed',
  'handedOver',
  'failed',
  'offline',
  'cancelled',
] as const
export const visitStateSchema = z.enum(visitStates)
export type VisitState = z.infer<typeof visitStateSchema>

/** States in which a visit still needs the card, the person or the hub. After a restart these have been interrupted. */
export const openVisitStates = ['reading', 'identifying', 'asking', 'answered'] as const satisfies readonly VisitState[]

/**
 * One file on its way to one destination. `queued → publishing → delivered`; `publishing` is committed between the
 * finished temporary file and its rename, so that after a crash it is known whether the name may have been seen.
 * `rejected`: it can never be written as it is. `conflict`: something else lies under our name; a person decides.
 */
const deliveryStates = ['queued', 'publishing', 'delivered', 'rejected', 'conflict'] as const
export const deliveryStateSchema = z.enum(deliveryStates)
export type DeliveryState = z.infer<typeof deliveryStateSchema>

const fileFormats = ['csv', 'json'] as const
export const fileFormatSchema = z.enum(fileFormats)
export type FileFormat = z.infer<typeof fileFormatSchema>
