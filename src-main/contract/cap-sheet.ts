// The sheet of a monthly cap (自己負担上限額管理) as a page is shown it, and what it may write on it: one patient's certificate in
// one month, opened from a visit.
import { z } from 'zod'
import { capCertificateSchema, capContentSchema, capMonthSchema, paidSoFarSchema } from '../eligibility/cap/sheet.ts'
import { dateSchema, momentSchema, patientSchema } from '../eligibility/model.ts'

const standingSchema = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['free', 'unknown', 'reached']) }),
  z.object({ state: z.literal('open'), leftYen: z.int() }),
  z.object({ state: z.literal('exceeded'), overYen: z.int() }),
])

const capLineSchema = z.object({
  id: z.uuid(),
  enteredAt: momentSchema,
  content: capContentSchema,
  isStruck: z.boolean(),
  sumYen: z.int(),
  corrections: z.array(z.object({ at: momentSchema, by: z.string(), why: z.string(), before: capContentSchema })),
})
export type CapLineView = z.infer<typeof capLineSchema>

export const capSheetViewSchema = z.object({
  visitId: z.uuid(),
  visitDay: dateSchema,
  /** Nothing is entered that lies after it. */
  today: dateSchema,
  patient: patientSchema.pick({ name: true, nameKana: true }),
  certificate: capCertificateSchema.extend({ name: z.string() }),
  month: capMonthSchema,
  /** null: nobody says it. */
  capYen: z.int().nullable(),
  /** How this clinic is called on the paper; null: the settings do not say it. */
  clinicName: z.string().nullable(),
  /** Names that the paper may have: those of the certificate, and those entered before. */
  institutions: z.array(z.string()),
  /** How many rows it was read from. */
  seen: z.int(),
  lines: z.array(capLineSchema),
  /** The line of the visit that it was opened from, as long as it stands. */
  ownLineId: z.uuid().nullable(),
  /** Up to when every line of the paper is entered; null: nobody has said so. */
  paperCompleteOn: dateSchema.nullable(),
  total: z.object({ scope: z.enum(['everywhere', 'here', 'unknown']), yen: z.int(), standing: standingSchema }),
})
export type CapSheetView = z.infer<typeof capSheetViewSchema>

/** Which sheet. */
export const capSheetOfSchema = z.object({
  visitId: z.uuid(),
  certificate: capCertificateSchema,
  month: capMonthSchema,
})

/** The sheet as whoever writes on it has seen it. */
export const seenCapSheetSchema = capSheetOfSchema.extend({ seen: z.int().min(0) })

/** What was paid under a certificate in the month before a visit; only where something is known of it. */
export const capPaidSchema = paidSoFarSchema.extend({ certificate: capCertificateSchema })
export type CapPaid = z.infer<typeof capPaidSchema>
