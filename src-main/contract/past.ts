// What has been, as a page is shown it: the visits of a past day or of one person, and one of them as it was known then.
import { z } from 'zod'
import { certificateBasisSchema, leftOutReasonSchema } from '../eligibility/handed.ts'
import { dateSchema, momentSchema, patientSchema, shownAnswersSchema } from '../eligibility/model.ts'
import { failureSchema } from '../ground/failures.ts'
import { deliveryStateSchema, visitStateSchema } from '../ground/states.ts'
import { destinationFormatSchema } from './destination.ts'

export const lookedBackSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('day'), day: dateSchema }),
  /** The person of a visit that is listed or looked up. */
  z.object({ kind: z.literal('visit'), visitId: z.uuid() }),
  /** One of those who were found. */
  z.object({ kind: z.literal('person'), patientRef: z.string().max(64) }),
  z.object({ kind: z.literal('number'), patientNumber: z.string().min(1).max(20) }),
  z.object({ kind: z.literal('name'), nameKana: z.string().trim().min(1).max(100), birthDate: dateSchema }),
])
export type LookedBack = z.infer<typeof lookedBackSchema>

const visitSchema = z.object({
  id: z.uuid(),
  number: z.int(),
  day: dateSchema,
  state: visitStateSchema,
  startedAt: momentSchema,
  patientNumber: z.string().nullable(),
})

/** As a row of today's list. */
const pastRowSchema = visitSchema.extend({
  name: z.string().nullable(),
  nameKana: z.string().nullable(),
  birthDate: z.string().nullable(),
  nth: z.int(),
  hasNote: z.boolean(),
  isHeldUp: z.boolean(),
  byHand: z.int(),
})
export type PastRowView = z.infer<typeof pastRowSchema>

const certificateSchema = z.object({
  name: z.string(),
  payerNumber: z.string().nullable(),
  recipientNumber: z.string().nullable(),
  validFrom: dateSchema,
  validTo: dateSchema,
})

/** A visit with what was known and sent then. Nothing of it can be changed. */
const pastVisitSchema = visitSchema.extend({
  patient: patientSchema.nullable(),
  failure: failureSchema.nullable(),
  source: z.enum(['pmh', 'terminal']).nullable(),
  fetchedAt: momentSchema.nullable(),
  /** The answer came after the visit, without the card. */
  isAskedLater: z.boolean(),
  answers: shownAnswersSchema.nullable(),
  /** When it was confirmed; null: it never was, and nothing was sent. */
  confirmedAt: momentSchema.nullable(),
  /** What was handed over; of a visit that was not confirmed, what the source said. */
  certificates: z.array(
    certificateSchema.extend({
      /** null: it was not handed over. */
      basis: certificateBasisSchema.nullable(),
      /** It stood on the claim. */
      isOnClaim: z.boolean(),
      endedOn: dateSchema.nullable(),
    }),
  ),
  /** What staff had to type themselves, and why; the destinations that lacked it (none named: all). */
  byHand: z.array(certificateSchema.extend({ reason: leftOutReasonSchema, destinations: z.array(z.string()) })),
  /** When they said that they had. */
  enteredAt: momentSchema.nullable(),
  deliveries: z.array(
    z.object({
      id: z.uuid(),
      destination: z.string(),
      format: destinationFormatSchema,
      state: deliveryStateSchema,
      failure: failureSchema.nullable(),
      updatedAt: momentSchema,
    }),
  ),
  note: z.string().nullable(),
})
export type PastVisitView = z.infer<typeof pastVisitSchema>

const personSchema = patientSchema.extend({
  patientNumber: z.string().nullable(),
  lastSeen: dateSchema,
})
export type PastPerson = z.infer<typeof personSchema>

/** How a day stands to what is kept. `before`: the program was not there yet. */
const dayStandingSchema = z.enum(['kept', 'expired', 'before', 'today', 'future'])
export type DayStanding = z.infer<typeof dayStandingSchema>

export const pastViewSchema = z.object({
  today: dateSchema,
  of: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('day'), day: dateSchema, standing: dayStandingSchema }),
    /** `others`: people of the same kana and birth date, who may be the same. */
    z.object({ kind: z.literal('person'), patient: patientSchema, others: z.array(personSchema) }),
    /** Whom a search may mean; nobody is picked. */
    z.object({ kind: z.literal('found'), people: z.array(personSchema) }),
  ]),
  /** Newest first. */
  visits: z.array(pastRowSchema),
  open: pastVisitSchema.nullable(),
})
export type PastView = z.infer<typeof pastViewSchema>
