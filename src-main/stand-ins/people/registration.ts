// What a municipality registers for 医療費助成, field by field as the Digital Agency's API documents have it (2024-03, and
// 2024-07 with `historyKey` and `isDeleted`), from JSON and from CSV. The one field that is not theirs is `linkId`, which
// stands where they have the 12-digit number: that has no field here, and an upload that brings one is refused whole.
import { z } from 'zod'
import { dateSchema, sexSchema } from '../../eligibility/model.ts'
import { parseCsv } from '../../text/csv.ts'

export const basicFiveInfo = z.strictObject({
  name: z.string().min(1).max(200),
  nameKana: z.string().max(200),
  address: z.string().max(500),
  dateOfBirth: dateSchema,
  sex: sexSchema,
})
export type BasicFiveInfo = z.infer<typeof basicFiveInfo>

export const linkId = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

export const registrationSchema = z
  .strictObject({
    linkId,
    basicFiveInfo,
    orgSpecificCertificateTypeId: z.string().regex(/^[0-9A-Za-z]{1,50}$/),
    certificationName: z.string().min(1).max(100),
    certificationSubKey: z.string().min(1).max(50).optional(),
    isNotDisclosed: z.boolean(),
    medicalSubsidyInsurerNumber: z
      .string()
      .regex(/^[0-9]{8}$/)
      .optional(),
    medicalSubsidyRecipientNumber: z.string().min(1).max(30).optional(),
    segment: z.string().max(100).optional(),
    incomeSegment: z.string().max(100).optional(),
    additionalConditions: z
      .string()
      .max(1000)
      .regex(/^[0-9A-Za-z]+-[0-9A-Za-z]+(;[0-9A-Za-z]+-[0-9A-Za-z]+)*$/)
      .optional(),
    designatedMedicalInstitutions: z.array(z.string().min(1).max(200)).max(100).optional(),
    isAlwaysReimbursement: z.enum(['0', '1']),
    maxCopaymentAmount: z.strictObject({ monthly: z.int().min(0).max(10_000_000) }).optional(),
    validFrom: dateSchema,
    validTo: dateSchema,
    historyKey: z.string().min(1).max(64),
    isDeleted: z.boolean(),
    certificationDetail: z
      .array(z.strictObject({ item: z.string().min(1).max(100), value: z.string().max(1000) }))
      .max(100),
  })
  .refine(({ validFrom, validTo }) => validFrom <= validTo, { path: ['validTo'] })

/** Whether a 12-digit number (個人番号) stands anywhere in an upload, under whatever name. */
export function carriesPersonalNumber(upload: unknown): boolean {
  if (typeof upload === 'object' && upload !== null) return Object.values(upload).some(carriesPersonalNumber)
  const digits = String(upload).normalize('NFKC').replaceAll(/[\s-]/g, '')
  return /^[0-9]{12}$/.test(digits) && hasItsCheckDigit(digits)
}

/** 検査用数字: 行政手続における特定の個人を識別するための番号の利用等に関する法律…省令（平成26年総務省令第85号）第5条. */
function hasItsCheckDigit(digits: string): boolean {
  const [check, ...body] = [...digits].reverse().map(Number)
  const sum = body.reduce((total, digit, index) => total + digit * (index < 6 ? index + 2 : index - 4), 0)
  return check === (sum % 11 <= 1 ? 0 : 11 - (sum % 11))
}

/**
 * The rows of a CSV upload in the shape of the JSON one, still to be checked. The header names the fields with dots for
 * inner ones (`basicFiveInfo.name`, `maxCopaymentAmount.monthly`, `certificationDetail.疾病名`); an empty field is a field
 * left out; `designatedMedicalInstitutions` are joined by `;`. null where it is no CSV, or rows and header do not fit.
 */
export function registrationsOfCsv(text: string): unknown[] | null {
  const [header, ...rows] = parseCsv(text) ?? []
  if (!header || new Set(header).size !== header.length) return null
  if (rows.some((row) => row.length !== header.length)) return null
  return rows.map((row) => {
    const fields = new Map(header.map((name, column) => [name, row[column] ?? '']))
    return registrationOf([...fields].filter(([, value]) => value !== ''))
  })
}

function registrationOf(fields: readonly (readonly [string, string])[]): unknown {
  const details: { item: string; value: string }[] = []
  const registration: Record<string, unknown> = { certificationDetail: details }
  for (const [name, value] of fields) {
    const [outer = '', ...rest] = name.split('.')
    const inner = rest.join('.')
    if (outer === 'certificationDetail') details.push({ item: inner, value })
    else if (inner === '') registration[outer] = typed(outer, value)
    else {
      const group = registration[outer]
      registration[outer] = { ...(typeof group === 'object' ? group : {}), [inner]: typed(inner, value) }
    }
  }
  return registration
}

/** CSV knows only text; what cannot be read as the field's type stays text and fails its check. */
function typed(field: string, value: string): unknown {
  switch (field) {
    case 'isNotDisclosed':
    case 'isDeleted':
      return value === 'true' ? true : value === 'false' ? false : value
    case 'monthly':
      return /^[0-9]{1,9}$/.test(value) ? Number(value) : value
    case 'designatedMedicalInstitutions':
      return value.split(';')
    default:
      return value
  }
}
