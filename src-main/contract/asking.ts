// Whose a visit is among the desks of a site, and what is said between them about it. Where there is one desk nothing of this exists.
import { z } from 'zod'

/**
 * `here`: this desk goes on with it. `there`: another one does. `gone`: another one had it, and nothing is heard of that: it can be
 * taken over. `past`: it is open no more.
 */
const hadSchema = z.enum(['here', 'there', 'gone', 'past'])

export const deskOfVisitSchema = z.object({
  /** How people call its computer. */
  name: z.string(),
  had: hadSchema,
  /** This desk asks for it. */
  isAskedFor: z.boolean(),
})
export type DeskOfVisit = z.infer<typeof deskOfVisitSchema>

/**
 * What a person has to be told: `given`: their desk has let it go by itself. `kept`: the desk that was asked goes on with it. `got`: it
 * is here now. `over`: nobody goes on with it any more.
 */
const toldOfVisitSchema = z.enum(['given', 'kept', 'got', 'over'])
export type ToldOfVisit = z.infer<typeof toldOfVisitSchema>

const betweenSchema = z.object({
  visitId: z.uuid(),
  /** 受付番号 of the day. */
  number: z.int(),
  /** The other desk. */
  desk: z.string(),
})

export const askingSchema = z.object({
  /** Other desks ask for these visits of this one. */
  asked: z.array(betweenSchema),
  /** Until somebody has seen it. */
  told: z.array(betweenSchema.extend({ what: toldOfVisitSchema })),
})
export type AskingView = z.infer<typeof askingSchema>
