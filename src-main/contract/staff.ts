// The clinic's own people (職員): who may sign in, with which role, and how it stands at this desk. Nobody has to sign in before
// the first of them is enrolled; from then on nothing of anybody is shown until somebody has. What each role may do: rights.ts.
import { z } from 'zod'
import { dateSchema, momentSchema } from '../eligibility/model.ts'

/** 受付, 主任, システム担当. */
export const roles = ['reception', 'lead', 'it'] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

/** 職員コード: names a person and is no secret. */
export const staffCodeSchema = z.string().regex(/^[0-9A-Za-z-]{1,12}$/)

/** What an authenticator shows (TOTP). */
export const oneTimeCodeSchema = z.string().regex(/^[0-9]{6}$/)

/** What is entered of one of them. */
export const staffEntrySchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .regex(/^\P{Cc}+$/u),
  role: roleSchema,
  /** The name by which the computer's own system knows them, who then need no code; null: none. */
  account: z.string().trim().min(1).max(100).nullable(),
})
export type StaffEntry = z.infer<typeof staffEntrySchema>

/** Why somebody breaks the glass. No patient's name belongs there. */
export const glassReasonSchema = z.string().trim().min(4).max(200)

/** How it stands at this desk. */
export const staffStateSchema = z.discriminatedUnion('state', [
  z.object({
    /** Nobody is enrolled. */
    state: z.literal('off'),
    /** By when a clinic has to have its people sign in; null in training. */
    dueOn: dateSchema.nullable(),
  }),
  z.object({
    state: z.literal('signedOut'),
    /** The computer's own account is one of the staff's, and was just opened by its password. */
    mayUseAccount: z.boolean(),
  }),
  z.object({
    state: z.literal('signedIn'),
    staffId: z.uuid(),
    name: z.string(),
    role: roleSchema,
    /** Until when they may look at patients all the same (非常時); null: not. */
    glassUntil: momentSchema.nullable(),
  }),
])
export type StaffState = z.infer<typeof staffStateSchema>

const staffMemberSchema = staffEntrySchema.extend({
  id: z.uuid(),
  code: staffCodeSchema,
  isLocked: z.boolean(),
  /** null: not yet. */
  signedInAt: momentSchema.nullable(),
})

/** What an authenticator has to be given, once. */
const enrolmentSchema = z.object({
  staffId: z.uuid(),
  name: z.string(),
  code: staffCodeSchema,
  /** The key in Base32, and all of it as a link (otpauth://), which is what the QR code says. */
  key: z.string(),
  link: z.string(),
})
export type Enrolment = z.infer<typeof enrolmentSchema>

export const staffPageSchema = z.object({
  people: z.array(staffMemberSchema),
  /** Of whoever was enrolled just now; never to be had again. */
  enrolment: enrolmentSchema.nullable(),
  /** Whose session of the computer this is. */
  account: z.string().nullable(),
})
export type StaffPage = z.infer<typeof staffPageSchema>

/** 非常時の操作: one time that somebody has broken the glass. */
export const glassSchema = z.object({ at: momentSchema, until: momentSchema, name: z.string(), reason: z.string() })
export type Glass = z.infer<typeof glassSchema>
