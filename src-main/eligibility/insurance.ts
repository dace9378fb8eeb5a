// What the ordinary eligibility XML (資格確認端末) knows besides 医療費助成 and the counter needs beside it: 医療扶助 and the
// 適用区分 of 高額療養費, which the certificates of 難病 and 小児慢性 no longer print.
import { z } from 'zod'

/** LimitApplicationCertificateClassificationFlag: A for under 70, B from 70 on. */
export const limitCategories = {
  A01: 'ア',
  A02: 'イ',
  A03: 'ウ',
  A04: 'エ',
  A05: 'オ',
  A06: 'オ（境）',
  B01: '現役並みⅢ',
  B02: '現役並みⅡ',
  B03: '現役並みⅠ',
  B04: '一般',
  B05: '低所得Ⅱ',
  B06: '低所得Ⅰ',
  B07: '低所得Ⅰ（老福）',
  B08: '低所得Ⅰ（境）',
  B09: '一般Ⅱ',
  B10: '一般Ⅰ',
} as const

const limitCodes = Object.keys(limitCategories) as [keyof typeof limitCategories, ...(keyof typeof limitCategories)[]]

export const limitCategorySchema = z.enum(limitCodes)
export type LimitCategory = z.infer<typeof limitCategorySchema>

/** 負担割合 in percent of the cost. */
export const sharePercentSchema = z.literal([10, 20, 30])
export type SharePercent = z.infer<typeof sharePercentSchema>

const medicalTicketSchema = z.object({
  /** 公費負担者番号 and 受給者番号 of the 医療扶助 it belongs to. */
  payerNumber: z.string().nullable(),
  recipientNumber: z.string().nullable(),
  /** 医療券, or 調剤券 (a pharmacy's); `unknown`: it does not say. */
  kind: z.enum(['treatment', 'dispensing', 'unknown']),
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(),
  /** 診療年月, YYYY-MM. */
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .nullable(),
  issueNumber: z.string().nullable(),
  /** 本人支払額 of the month. */
  selfPayYen: z.number().int().min(0).nullable(),
  /** 単独, or beside an insurance (併用). */
  use: z.enum(['alone', 'combined']).nullable(),
  /** 指定医療機関, as it is named there. */
  institution: z.string().nullable(),
  /** The terminal says that it is another one than this clinic. */
  isElsewhere: z.boolean(),
  /** Everything it says, in the words of the layout. */
  details: z.array(z.object({ label: z.string(), value: z.string() })),
})
export type MedicalTicket = z.infer<typeof medicalTicketSchema>

export const insuranceSchema = z.object({
  /** 限度額適用区分 of the insurance that counts on the day; null where the terminal gave none (no consent, none issued). */
  limitCategory: limitCategorySchema.nullable(),
  /** Whether the patient has agreed that it is told; null where the terminal does not say. */
  limitConsent: z.boolean().nullable().default(null),
  /** What the insurance of the day leaves to the patient; null where the terminal does not say. */
  sharePercent: sharePercentSchema.nullable().default(null),
  /** The patient has 医療扶助 on the day, whether there is a ticket or not. */
  hasAssistance: z.boolean().default(false),
  /** 医療券・調剤券 (MedicalTicketInfo) of that 医療扶助. */
  medicalTickets: z.array(medicalTicketSchema).max(20).default([]),
})
export type Insurance = z.infer<typeof insuranceSchema>
