// 操作の記録, the audit trail, as a page is shown it: the rows of a day or of one patient, narrowed to what was done or to a
// desk, a sheet at a time. Nothing in it names a patient but what is still kept of them.
import { z } from 'zod'
import { dateSchema, momentSchema } from '../eligibility/model.ts'

/** What a row can be, in short. */
export const auditKinds = ['looked', 'changed', 'printed', 'sent', 'settings', 'data'] as const
const auditKindSchema = z.enum(auditKinds)
export type AuditKind = z.infer<typeof auditKindSchema>

/** What is kept for a time, by kind. */
const expiringKinds = ['visits', 'capSheets', 'cards', 'numbers', 'bookings', 'terminal'] as const
export type ExpiringKind = (typeof expiringKinds)[number]

/** What a row can say has gone: what is kept for a time, and the masters that a rehearsal has made up. */
export const goneKinds = [...expiringKinds, 'masters'] as const
export type GoneKind = (typeof goneKinds)[number]

const narrowed = {
  /** null: whatever it was. */
  what: auditKindSchema.nullable(),
  /** null: at whichever. */
  atDesk: z.int().min(1).max(1_000).nullable(),
  /** From 0 on. */
  sheet: z.int().min(0).max(100_000),
}

export const auditQuerySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('day'), day: dateSchema, ...narrowed }),
  z.object({ kind: z.literal('number'), patientNumber: z.string().min(1).max(20), ...narrowed }),
  z.object({
    kind: z.literal('name'),
    nameKana: z.string().trim().min(1).max(100),
    birthDate: dateSchema,
    ...narrowed,
  }),
])
export type AuditQuery = z.infer<typeof auditQuerySchema>

const auditRowSchema = z.object({
  id: z.int(),
  at: momentSchema,
  event: z.string(),
  code: z.string().nullable(),
  /** The name of whoever was signed in; their id where nobody knows it. */
  staff: z.string().nullable(),
  desk: z.int().nullable(),
  about: z.string().nullable(),
  /** Which setting, where one was changed. */
  setting: z.string().nullable(),
  /** null: it was about none, or nothing of it is kept any more. */
  visit: z.object({ day: dateSchema, number: z.int() }).nullable(),
  /** `name` null: nothing of them is kept any more. */
  patient: z.object({ pseudonym: z.string(), name: z.string().nullable() }).nullable(),
})
export type AuditRowView = z.infer<typeof auditRowSchema>

/** On one sheet. */
export const auditSheetRows = 50
/** That a page can save at once; the command line saves all. */
export const auditExportRows = 5_000

export const auditViewSchema = z.object({
  today: dateSchema,
  query: auditQuerySchema,
  /** Rows that fit, on all sheets. */
  total: z.int(),
  /** The newest first. */
  rows: z.array(auditRowSchema),
  /** Everything that fits, to be saved; null: nobody has asked for it. */
  exported: z.array(auditRowSchema).nullable(),
})
export type AuditView = z.infer<typeof auditViewSchema>
