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

export const insuranceSchema = z.object({
  /** 限度額適用区分; null where the terminal gave none (no consent, none issued). */
  limitCategory: limitCategorySchema.nullable(),
  /** 医療扶助 (MedicalTicketInfo): the 医療券 of this month; null for everybody else. */
  medicalTicket: z
    .object({
      payerNumber: z.string().nullable(),
      recipientNumber: z.string().nullable(),
      validFrom: z.iso.date(),
      validTo: z.iso.date(),
    })
    .nullable(),
})
