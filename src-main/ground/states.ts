// The words for a visit and for the delivery of its file, shared by store, check-in, hand-over and screen.
import { z } from 'zod'

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

/** States in which a visit still needs the card, the person or the hub. After a restart these have been interrupted. */
export const openVisitStates = ['reading', 'identifying', 'asking', 'answered'] as const satisfies readonly VisitState[]

/** The person is sure and the answer has been handed on. */
export const confirmedStates = ['confirmed', 'handedOver', 'acknowledged'] as const satisfies readonly VisitState[]

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

/** States from which nothing more is to be written: what a visit waits for before it is handed over. */
export const writtenStates = ['delivered', 'acknowledged', 'cancelled'] as const satisfies readonly DeliveryState[]
/** States in which nothing more is awaited from the destination. */
export const settledStates = ['acknowledged', 'cancelled'] as const satisfies readonly DeliveryState[]
