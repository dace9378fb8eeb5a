// 操作の記録, the audit trail, as a page is shown it: the rows of a day or of one patient, narrowed to what was done or to a
// desk, a sheet at a time. Nothing in it names a patient but what is still kept of them.
import { z } from 'zod'
import { dateSchema, momentSchema } from '../eligibility/model.ts'
import type { VisitState } from '../ground/states.ts'
import type { CallName } from './calls.ts'
import type { PaperName } from './papers.ts'

/** That a paper of a visit, or of none, was given to a printer, or was not after all. */
export type PaperEvent = `${PaperName}${'Printed' | 'NotPrinted'}`

/** What a row can be of. */
export type AuditEvent =
  | VisitState
  | 'interrupted'
  | 'pinBlocked'
  | 'faceRead'
  | 'faceConfirmed'
  | 'patientChosen'
  | 'personConfirmed'
  | 'cardTapped'
  | 'askedLater'
  | 'askedAgain'
  | 'patientNumberLinked'
  | 'patientNumberUnlinked'
  | 'nameConfirmed'
  | 'nameUnconfirmed'
  | 'differencesDecided'
  | 'takenBack'
  | 'enteredByHand'
  | 'notEnteredByHand'
  | 'noted'
  | 'capEntered'
  | 'capCorrected'
  | 'capPaperSeen'
  | PaperEvent
  | 'deliveryQueued'
  | 'deliveryRejected'
  | 'deliveryDelivered'
  | 'deliveryConflict'
  | 'deliveryRetried'
  | 'deliveryAcknowledged'
  | 'deliveryRefused'
  | 'deliveryLate'
  | 'deliveryMarkedImported'
  | 'deliveryCancelled'
  | 'masterImported'
  | 'settingChanged'
  | 'settingNotChanged'
  | 'storeLossAccepted'
  | 'storeRestored'
  /** The trail itself was read on the command line. */
  | 'trailRead'
  /** A call of a page that shows patients, or one that has changed something of which no other row tells. */
  | CallName

export const auditKinds = ['looked', 'changed', 'printed', 'sent', 'settings', 'data'] as const
const auditKindSchema = z.enum(auditKinds)
export type AuditKind = z.infer<typeof auditKindSchema>

const looking: readonly AuditEvent[] = [
  'showVisit',
  'openPage',
  'readBookings',
  'openCapSheet',
  'lookBack',
  'showPast',
  'openAudit',
  'exportAudit',
  'trailRead',
]
const aboutSettings: readonly AuditEvent[] = ['settingChanged', 'settingNotChanged', 'masterImported']
const aboutData: readonly AuditEvent[] = ['storeLossAccepted', 'storeRestored', 'confirmClock']

const isOne = (events: readonly string[], event: string) => events.includes(event)

/** `event`: as it was written; an earlier version of the program may have known other words. */
export function auditKindOf(event: string): AuditKind {
  if (isOne(looking, event)) return 'looked'
  if (event.endsWith('Printed')) return 'printed'
  if (event.startsWith('delivery')) return 'sent'
  if (isOne(aboutSettings, event)) return 'settings'
  return isOne(aboutData, event) ? 'data' : 'changed'
}

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
  staffId: z.string().nullable(),
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
