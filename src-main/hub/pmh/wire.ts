// What the hub's API says on the wire (docs/hub-api.yaml), as schemas. Field names are those of the Digital Agency's
// municipality-side documents; the numbers are taken as typed, only their outer limits are checked.
import { z } from 'zod'
import { dateSchema, momentSchema, sexSchema } from '../../eligibility/model.ts'

/** JSON can escape half a character (\ud83d): it would be stored and handed over as another one. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => value.isWellFormed())
export const someText = (max: number) => text(max).min(1)

const base64 = (bytes: number) =>
  z
    .base64()
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
    .refine((decoded) => decoded.length === bytes)

export const opaqueId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/)
/** The hub's handle of a person at this clinic. */
export const referenceSchema = someText(64)

export const healthSchema = z.object({ status: z.literal('ok') })

export const sessionSchema = z.object({
  sessionId: opaqueId,
  challenge: base64(32),
  expiresAt: momentSchema,
})

/** basicFiveInfo without the address, which the clinic side does not get. */
export const personSchema = z.object({
  patientReference: referenceSchema,
  name: someText(200),
  nameKana: text(200),
  dateOfBirth: dateSchema,
  sex: sexSchema,
})

const certificateSchema = z.object({
  orgSpecificCertificateTypeId: z.string().regex(/^[0-9A-Za-z]{1,50}$/),
  certificationName: someText(100),
  certificationSubKey: text(50).optional(),
  isNotDisclosed: z.boolean(),
  medicalSubsidyInsurerNumber: text(20).optional(),
  medicalSubsidyRecipientNumber: text(30).optional(),
  segment: text(100).optional(),
  incomeSegment: text(100).optional(),
  additionalConditions: text(1000).optional(),
  designatedMedicalInstitutions: z.array(text(200)).max(100).optional(),
  isAlwaysReimbursement: z.enum(['0', '1']),
  /** The inner shape is not public; `monthly`, in yen, is ours. */
  maxCopaymentAmount: z.object({ monthly: z.int().min(0).max(10_000_000) }).optional(),
  validFrom: dateSchema,
  validTo: dateSchema,
  historyKey: someText(64),
  isDeleted: z.boolean(),
  /** Ours: from which day a deleted registration does not count; the published documents name none. */
  deletedOn: dateSchema.optional(),
  certificationDetail: z.array(z.object({ item: text(100), value: text(1000) })).max(100),
})
export type WireCertificate = z.infer<typeof certificateSchema>

const code = z.string().regex(/^[A-Za-z0-9-]{1,40}$/)
const doseNumber = z.int().min(1).max(20)
export const recordVersion = z.int().min(1)

/** What the person answered on the phone: 予診票 for a dose, 問診票 for a checkup. */
const questionnaireSchema = z.object({
  questionnaireName: someText(100),
  answeredAt: momentSchema,
  answers: z
    .array(z.object({ question: someText(500), answer: text(1000), needsDoctor: z.boolean() }))
    .min(1)
    .max(100),
})

const voucherSchema = z.object({
  voucherId: someText(64),
  voucherName: someText(100),
  municipalityName: text(100),
  validFrom: dateSchema,
  validTo: dateSchema,
  questionnaire: questionnaireSchema.optional(),
})
const vaccinationVoucherSchema = voucherSchema.extend({ vaccineCode: code, doseNumber: doseNumber.optional() })
const checkupVoucherSchema = voucherSchema.extend({
  checkupCode: code,
  setting: z.enum(['group', 'individual']).optional(),
})

/** `recordId` and `version` come only with a record that this clinic registered. */
const recordSchema = z.object({
  recordId: opaqueId.optional(),
  version: recordVersion.optional(),
  medicalInstitutionName: text(200).optional(),
  municipalityName: text(100).optional(),
  medium: z.enum(['digital', 'paper']),
})
const doseRecordSchema = recordSchema.extend({
  vaccineCode: code,
  vaccineName: someText(100),
  doseNumber: doseNumber.optional(),
  administeredOn: dateSchema,
  lotNumber: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,20}$/)
    .optional(),
  injectionSite: z.enum(['leftUpperArm', 'rightUpperArm', 'leftThigh', 'rightThigh', 'oral', 'other']).optional(),
})
const checkupRecordSchema = recordSchema.extend({
  checkupCode: code,
  checkupName: someText(100),
  performedOn: dateSchema,
  result: z.enum(['noFindings', 'observation', 'furtherExamination', 'treatment']).optional(),
})

/**
 * `none` is the emptiness without a reason; `notConsented` and `ended` are said only by a source that knows. `history`
 * is what stands beside the items whatever their status, but for a refused consent.
 */
const categorySchema = <T extends z.ZodType, H extends z.ZodRawShape>(item: T, history: H) =>
  z.discriminatedUnion('status', [
    z.object({ status: z.literal('present'), items: z.array(item).min(1).max(100), ...history }),
    z.object({ status: z.literal('none'), ...history }),
    z.object({ status: z.literal('notConsented') }),
    z.object({ status: z.literal('ended'), endedOn: dateSchema, items: z.array(item).max(100), ...history }),
  ])

export const eligibilitySchema = z.object({
  patientReference: referenceSchema,
  asOf: dateSchema,
  medicalSubsidy: categorySchema(certificateSchema, {}),
  vaccination: categorySchema(vaccinationVoucherSchema, { records: z.array(doseRecordSchema).max(300).optional() }),
  checkup: categorySchema(checkupVoucherSchema, { records: z.array(checkupRecordSchema).max(300).optional() }),
})
export type WireEligibility = z.infer<typeof eligibilitySchema>
export type WireVaccinationVoucher = z.infer<typeof vaccinationVoucherSchema>
export type WireCheckupVoucher = z.infer<typeof checkupVoucherSchema>
export type WireDose = z.infer<typeof doseRecordSchema>
export type WireCheckup = z.infer<typeof checkupRecordSchema>

/** RFC 9457 with the hub's own code. */
export const problemSchema = z.object({
  status: z.int(),
  code: text(60),
})
