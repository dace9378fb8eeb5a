// The words for a list of bookings and what became of asking about it, shared by store, check-in and screen.
import { z } from 'zod'
import { contentFields, kindSchema } from '../eligibility/assessment.ts'
import { dateSchema } from '../eligibility/model.ts'
import { failureSchema } from '../ground/failures.ts'

/**
 * `check`: nobody was asked, or nothing was said; a person looks. `absent`: something we knew of is not mentioned, reason
 * unknown. `changed`, `new`: against the last stored version. `same`: nothing to do.
 */
export const bookingOutcomes = ['check', 'absent', 'changed', 'new', 'same'] as const
export const bookingOutcomeSchema = z.enum(bookingOutcomes)
export type BookingOutcome = z.infer<typeof bookingOutcomeSchema>

/**
 * `incomplete`: number, kana or birth date is missing or none. `notLinked`: no card has brought this 診察券番号 yet.
 * `personDiffers`: the number belongs to another birth date or kana. `unknownAtSource`, `unanswered`: the source does not
 * know the person, or has left them out.
 */
const checkReasons = ['incomplete', 'notLinked', 'personDiffers', 'unknownAtSource', 'unanswered'] as const
export type CheckReason = (typeof checkReasons)[number]

/** What of a voucher can have changed. */
const voucherFields = ['name', 'municipality', 'validFrom', 'validTo', 'kindOfDose', 'questionnaire'] as const
export type VoucherField = (typeof voucherFields)[number]

/** What is behind an outcome. */
export const findingsSchema = z.object({
  /** Why a person has to look. */
  reason: z.enum(checkReasons).nullable(),
  /** What differs from the last stored version. */
  lines: z.array(
    z.object({
      category: z.enum(['medicalSubsidy', 'vaccination', 'checkup']),
      kind: kindSchema,
      /** The certificate's or voucher's. */
      name: z.string(),
      /** What of it has changed, where it is the same one; an earlier program noted none. */
      fields: z.array(z.enum([...contentFields, ...voucherFields])).default([]),
    }),
  ),
})
export type Findings = z.infer<typeof findingsSchema>

/** Which column of the list holds what, by the columns' names. */
export const bookingColumnsSchema = z.object({
  patientNumber: z.string().max(100).describe('診察券番号の列名。'),
  nameKana: z.string().max(100).describe('氏名カナの列名。'),
  birthDate: z.string().max(100).describe('生年月日の列名。'),
})
export type BookingColumns = z.infer<typeof bookingColumnsSchema>

/** The page of the bookings. */
export const bookingsViewSchema = z.object({
  /** A list that has been chosen and not been asked about: what is in it, and which column is believed to be what. */
  draft: z
    .object({
      count: z.number().int(),
      columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
      chosen: bookingColumnsSchema.partial(),
      /** The day the bookings are for, unless a person says another. */
      day: dateSchema,
    })
    .nullable(),
  run: z
    .object({
      day: dateSchema,
      state: z.enum(['running', 'stopped', 'finished']),
      /** Why it does not go on by itself. */
      failure: failureSchema.nullable(),
      total: z.number().int(),
      done: z.number().int(),
      /** At the rate the source allows; null while that is not known. */
      secondsLeft: z.number().int().nullable(),
      counts: z.record(bookingOutcomeSchema, z.number().int()),
      /** What is worth reading: all but what is as it was, the most pressing first. */
      rows: z.array(
        z.object({
          place: z.number().int(),
          patientNumber: z.string(),
          nameKana: z.string(),
          birthDate: dateSchema.nullable(),
          outcome: bookingOutcomeSchema,
          findings: findingsSchema,
        }),
      ),
    })
    .nullable(),
})
export type BookingsView = z.infer<typeof bookingsViewSchema>
