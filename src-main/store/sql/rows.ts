// Rows as they come back from the engine, checked before anybody believes them: what an older version of the program has
// written, and the JSON inside, pass the same schemas as data from outside.
import { z } from 'zod'
import { bookingOutcomeSchema, findingsSchema } from '../../contract/bookings.ts'
import { type Conflict, conflictContentSchema } from '../../contract/conflicts.ts'
import { destinationFormatSchema } from '../../contract/destination.ts'
import { terminalReportSchema } from '../../contract/terminal-report.ts'
import { capRowSchema } from '../../eligibility/cap/sheet.ts'
import { confirmationSchema } from '../../eligibility/confirmation.ts'
import { eligibilitySchema, patientSchema } from '../../eligibility/model.ts'
import {
  outsideReasonSchema,
  registrationChangeSchema,
  registrationHandleSchema,
} from '../../eligibility/registrations.ts'
import { failureSchema } from '../../ground/failures.ts'
import { deliveryStateSchema, registrationStateSchema, visitStateSchema } from '../../ground/states.ts'
import type { AuditRow } from '../audit.ts'
import type { Booking, BookingRun } from '../bookings.ts'
import type { DeliveryRow, LeftFile } from '../deliveries.ts'
import type { PatientNumber } from '../numbers.ts'
import type { Registration } from '../registrations.ts'
import type { TerminalFile } from '../terminal.ts'
import type { VisitRow } from '../visits.ts'

const json = <T extends z.ZodType>(schema: T) => z.string().transform(parseJson).pipe(schema)

/** The parser's own message quotes the text, and the text is a patient's. */
function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue('stored JSON is not JSON')
    return z.NEVER
  }
}

/** How many answers are kept at hand: those of the people at the counter and of the last ones there. */
const atHand = 50

/**
 * As `json`, but a text that was read lately is not read again: the visit at the counter is looked at with every change,
 * and checking an answer is the dearest part of that. The value is shared, as everything from the store is read only.
 */
function remembered<T extends z.ZodType>(schema: T) {
  const values = new Map<string, z.output<T>>()
  const reading = json(schema)
  return z.string().transform((text, context): z.output<T> => {
    const value = values.get(text)
    if (value !== undefined) return value
    const read = reading.safeParse(text)
    if (!read.success) {
      context.addIssue('stored JSON is not what it should be')
      return z.NEVER
    }
    const [oldest] = values.keys()
    if (values.size === atHand && oldest !== undefined) values.delete(oldest)
    values.set(text, read.data)
    return read.data
  })
}

export const visitRow = z
  .object({
    id: z.string(),
    day: z.string(),
    number: z.number(),
    reader: z.string(),
    state: visitStateSchema,
    failure: json(failureSchema).nullable(),
    started_at: z.string(),
    updated_at: z.string(),
    patient: json(patientSchema).nullable(),
    patient_number: z.string().nullable(),
    confirmed_name: z.string().nullable(),
    report: json(terminalReportSchema).nullable(),
  })
  .transform(
    ({ started_at, updated_at, patient_number, confirmed_name, ...row }): VisitRow => ({
      ...row,
      startedAt: started_at,
      updatedAt: updated_at,
      patientNumber: patient_number,
      confirmedName: confirmed_name,
    }),
  )

/** Of a visit where several desks share a store. */
export const visitDeskRow = z
  .object({ desk: z.string().nullable().default(null), asked_by: z.string().nullable().default(null) })
  .transform(({ desk, asked_by }) => ({ desk, askedBy: asked_by }))

export const deliveryRow = z
  .object({
    id: z.string(),
    visit_id: z.string(),
    destination: z.string(),
    format: destinationFormatSchema,
    state: deliveryStateSchema,
    failure: json(failureSchema).nullable(),
    file_name: z.string(),
    place: z.string().nullable(),
    sha256: z.string(),
    attempts: z.number(),
    updated_at: z.string(),
  })
  .transform(
    ({ visit_id, file_name, updated_at, ...row }): DeliveryRow => ({
      ...row,
      visitId: visit_id,
      fileName: file_name,
      updatedAt: updated_at,
    }),
  )

export const leftFileRow = z
  .object({ file_name: z.string(), sha256: z.string(), delivered_at: z.string() })
  .transform(
    ({ file_name, sha256, delivered_at }): LeftFile => ({ fileName: file_name, sha256, deliveredAt: delivered_at }),
  )

export const registrationRow = z
  .object({
    id: z.string(),
    visit_id: z.string(),
    state: registrationStateSchema,
    body: json(
      z.object({
        name: z.string(),
        change: registrationChangeSchema,
        // Rows of before it was asked for say nothing of it.
        reason: outsideReasonSchema.nullable().default(null),
      }),
    ),
    failure: json(failureSchema).nullable(),
    handle: json(registrationHandleSchema).nullable(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .transform(
    ({ visit_id, body, created_at, updated_at, ...row }): Registration => ({
      ...row,
      ...body,
      visitId: visit_id,
      createdAt: created_at,
      updatedAt: updated_at,
    }),
  )

export const conflictRow = z
  .object({
    id: z.string(),
    desk: z.string(),
    at: z.string(),
    found_at: z.string(),
    staff_id: z.string().nullable(),
    visit_id: z.string().nullable(),
    content: json(conflictContentSchema),
  })
  .transform(
    ({ found_at, staff_id, visit_id, ...row }): Conflict => ({
      ...row,
      foundAt: found_at,
      staffId: staff_id,
      visitId: visit_id,
    }),
  )

export const answerRow = z.object({ body: remembered(eligibilitySchema) })
export const confirmationRow = z.object({ body: remembered(confirmationSchema) })
export const claimOrderRow = z.object({ sequence: json(z.array(z.string())) })

export const chosenHelpsRow = z.object({
  choice: json(z.object({ of: z.array(z.string()), used: z.array(z.string()) })),
})
export const dayRow = z.object({ day: z.string() })
export const numberedRow = z.object({ id: z.number() })
export const masterIssueRow = z
  .object({
    id: z.number(),
    issued_on: z.string(),
    imported_at: z.string(),
    rows: z.number(),
    is_sample: z.number(),
  })
  .transform(({ id, issued_on, imported_at, rows, is_sample }) => ({
    id,
    issuedOn: issued_on,
    importedAt: imported_at,
    count: rows,
    isSample: is_sample === 1,
  }))
export const masterStandingRow = z.object({ digest: z.string(), scheme: z.string() })
export const localSchemeRow = z.object({ content: z.string() })
export const capRowRow = z.object({ body: json(capRowSchema) })
export const payloadRow = z.object({ payload: z.instanceof(Uint8Array) })
export const patientNumberRow = z
  .object({
    number: z.string(),
    is_confirmed: z.number(),
    confirmed_name: z.string().nullable(),
    confirmed_of: z.string().nullable(),
  })
  .transform(
    ({ number, is_confirmed, confirmed_name: name, confirmed_of: of }): PatientNumber => ({
      number,
      isConfirmed: is_confirmed === 1,
      spelling: name === null || of === null ? null : { name, of },
    }),
  )
export const staleNumberRow = z.object({ patient_key: z.string(), number: z.string(), stale_since: z.string() })
const requerySchema = z.object({
  key: z.string(),
  patientRefs: z.array(z.string()),
  from: z.object({ id: z.string(), cursor: z.string().nullable() }).nullable(),
})

export const bookingRunRow = z
  .object({ list: z.string(), day: z.string(), is_stopped: z.number(), requery: json(requerySchema).nullable() })
  .transform(({ is_stopped, ...row }): BookingRun => ({ ...row, isStopped: is_stopped === 1 }))

export const bookingRow = z
  .object({
    place: z.number(),
    patient_number: z.string(),
    name_kana: z.string(),
    birth_date: z.string().nullable(),
    patient_ref: z.string().nullable(),
    outcome: bookingOutcomeSchema.nullable(),
    findings: json(findingsSchema).nullable(),
  })
  .transform(
    ({ patient_number, name_kana, birth_date, patient_ref, ...row }): Booking => ({
      ...row,
      patientNumber: patient_number,
      nameKana: name_kana,
      birthDate: birth_date,
      patientRef: patient_ref,
    }),
  )
export const linkedPatientRow = z.object({ patient_ref: z.string(), person_key: z.string().nullable() })
export const noteRow = z.object({ note: z.string().nullable() })
/** `desk`: null: nobody's in particular. */
/** How a visit stands, as far as a save has to know it. */
export const standingRow = z
  .object({
    state: visitStateSchema,
    desk: z.string().nullable(),
    patient_number: z.string().nullable(),
    confirmed_name: z.string().nullable(),
  })
  .transform(({ patient_number, confirmed_name, ...row }) => ({
    ...row,
    patientNumber: patient_number,
    confirmedName: confirmed_name,
  }))
export const registrationStateRow = z.object({ state: registrationStateSchema })
export const keyRow = z.object({ patient_key: z.string() })
export const numberRow = z.object({ value: z.number() })
/** null: nobody is known yet. */
export const namedRow = z.object({ patient: json(patientSchema).nullable() })
export const auditHeadRow = z.object({ id: z.number(), hash: z.string() })
export const indexKeyRow = z.object({ key: z.instanceof(Uint8Array) })
export const deskKeyRow = z.object({ id: z.number(), about: z.string().nullable() })
export const auditDayRow = z.object({ day: z.string().nullable() })
export const auditRow = z
  .object({
    id: z.number(),
    at: z.string(),
    visit_id: z.string(),
    delivery_id: z.string().nullable(),
    event: z.string(),
    code: z.string().nullable(),
    detail: z.string().nullable(),
    staff_id: z.string().nullable(),
    desk: z.number().nullable(),
    patient: z.string().nullable(),
    about: z.string().nullable(),
    hash: z.string(),
    signature: z.string().nullable(),
  })
  .transform(({ visit_id, delivery_id, staff_id, ...row }) => ({
    ...row,
    visitId: visit_id,
    deliveryId: delivery_id,
    staffId: staff_id,
  }))
const changeSchema = z.object({ setting: z.string(), before: z.unknown(), after: z.unknown() })
/** The same for whoever looks at the trail. */
export const auditTrailRow = z
  .object({
    id: z.number(),
    at: z.string(),
    visit_id: z.string(),
    delivery_id: z.string().nullable(),
    event: z.string(),
    code: z.string().nullable(),
    detail: json(changeSchema).nullable(),
    staff_id: z.string().nullable(),
    desk: z.number().nullable(),
    patient: z.string().nullable(),
    about: z.string().nullable(),
  })
  .transform(
    ({ visit_id, delivery_id, detail, staff_id, ...row }): AuditRow => ({
      ...row,
      visitId: visit_id === '' ? null : visit_id,
      deliveryId: delivery_id,
      change: detail,
      staffId: staff_id,
    }),
  )
export const progressRow = z.object({ commits: z.number(), chain_from: z.number() })
export const terminalFileRow = z
  .object({ name: z.string(), sha256: z.string(), is_read: z.number() })
  .transform(({ is_read, ...row }): TerminalFile => ({ ...row, isRead: is_read === 1 }))
/** The newest time that was believed; '': none was yet. */
export const clockRow = z.object({ seen_at: z.string() })
/** Of any table, as it stands there. */
export const tableRow = z.record(z.string(), z.union([z.string(), z.number(), z.instanceof(Uint8Array), z.null()]))
export type TableRow = z.infer<typeof tableRow>
