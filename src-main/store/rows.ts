// Rows as they come back from SQLite, checked before anybody believes them: what an older version of the program has
// written, and the JSON inside, pass the same schemas as data from outside.
import { z } from 'zod'
import { destinationFormatSchema } from '../contract/destination.ts'
import { failureSchema } from '../contract/failures.ts'
import { deliveryStateSchema, visitStateSchema } from '../contract/visit.ts'
import { confirmationSchema } from '../eligibility/confirmation.ts'
import { eligibilitySchema, patientSchema } from '../eligibility/model.ts'
import type { DeliveryRecord, PatientNumber, VisitRecord } from './store.ts'

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
  })
  .transform(
    ({ started_at, updated_at, patient_number, ...row }): VisitRecord => ({
      ...row,
      startedAt: started_at,
      updatedAt: updated_at,
      patientNumber: patient_number,
    }),
  )

export const deliveryRow = z
  .object({
    id: z.string(),
    visit_id: z.string(),
    destination: z.string(),
    format: destinationFormatSchema,
    state: deliveryStateSchema,
    failure: json(failureSchema).nullable(),
    file_name: z.string(),
    sha256: z.string(),
    attempts: z.number(),
    updated_at: z.string(),
  })
  .transform(
    ({ visit_id, file_name, updated_at, ...row }): DeliveryRecord => ({
      ...row,
      visitId: visit_id,
      fileName: file_name,
      updatedAt: updated_at,
    }),
  )

export const answerRow = z.object({ body: json(eligibilitySchema) })
export const confirmationRow = z.object({ body: json(confirmationSchema) })
export const claimOrderRow = z.object({ sequence: json(z.array(z.string())) })
export const payloadRow = z.object({ payload: z.instanceof(Uint8Array) })
export const patientNumberRow = z
  .object({ number: z.string(), is_confirmed: z.number() })
  .transform(({ number, is_confirmed }): PatientNumber => ({ number, isConfirmed: is_confirmed === 1 }))
export const staleNumberRow = z.object({ patient_key: z.string(), number: z.string(), stale_since: z.string() })
export const keyRow = z.object({ patient_key: z.string() })
export const numberRow = z.object({ value: z.number() })
export const hashRow = z.object({ hash: z.string() })
