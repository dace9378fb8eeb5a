// 予防接種 and 健診 in the words of the trade: the voucher the card stands for, what the patient answered before, and what
// was given or done earlier. The clinic side of PMH is not public, so the fields are those of docs/hub-api.yaml; codes
// stay open text, because the lists grow by law while this program does not.
import { z } from 'zod'

const dateSchema = z.iso.date()

/** One answer of a 予診票 or 問診票, with whether the doctor must look at it first. */
const questionnaireSchema = z.object({
  name: z.string().min(1).max(100),
  answeredAt: z.iso.datetime({ offset: true }),
  answers: z.array(z.object({ question: z.string(), answer: z.string(), needsDoctor: z.boolean() })).min(1),
})

const voucherSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(100),
  municipality: z.string().max(100),
  validFrom: dateSchema,
  validTo: dateSchema,
  /** null while the person has not answered. */
  questionnaire: questionnaireSchema.nullable().default(null),
})

/** 接種券: one dose of one vaccine. `vaccineCode` null: the source names the vaccine in `name` only. */
export const vaccinationVoucherSchema = voucherSchema.extend({
  vaccineCode: z.string().nullable().default(null),
  /** Counted from 1 over all periods (期) of the series. */
  doseNumber: z.int().min(1).nullable().default(null),
})
export type VaccinationVoucher = z.infer<typeof vaccinationVoucherSchema>

/** 受診券: one checkup. `checkupCode` null: the source names it in `name` only. */
export const checkupVoucherSchema = voucherSchema.extend({ checkupCode: z.string().nullable().default(null) })
export type CheckupVoucher = z.infer<typeof checkupVoucherSchema>

/** Where a dose went in; `oral` for rotavirus. */
export const injectionSites = ['leftUpperArm', 'rightUpperArm', 'leftThigh', 'rightThigh', 'oral', 'other'] as const
export const injectionSiteSchema = z.enum(injectionSites)
export type InjectionSite = z.infer<typeof injectionSiteSchema>

/** 異常なし · 要経過観察 · 要精密検査 · 要治療 */
export const checkupResults = ['noFindings', 'observation', 'furtherExamination', 'treatment'] as const
export const checkupResultSchema = z.enum(checkupResults)
export type CheckupResult = z.infer<typeof checkupResultSchema>

const pastSchema = z.object({
  /** The hub's handle, only where this clinic registered it: then it can be corrected or cancelled. */
  handle: z.object({ recordId: z.string(), version: z.int().min(1) }).nullable(),
  clinic: z.string().nullable(),
  municipality: z.string().nullable(),
  /** `paper`: the municipality typed it from a paper 予診票 or 母子健康手帳. */
  medium: z.enum(['digital', 'paper']),
})

/** 接種記録: one dose that was given. */
const doseSchema = pastSchema.extend({
  vaccineCode: z.string(),
  vaccineName: z.string(),
  doseNumber: z.int().min(1).nullable(),
  givenOn: dateSchema,
  lotNumber: z.string().nullable(),
  site: injectionSiteSchema.nullable(),
})
export type Dose = z.infer<typeof doseSchema>

/** 健診記録: one checkup that took place. */
const pastCheckupSchema = pastSchema.extend({
  checkupCode: z.string(),
  checkupName: z.string(),
  doneOn: dateSchema,
  result: checkupResultSchema.nullable(),
})
export type PastCheckup = z.infer<typeof pastCheckupSchema>

/**
 * What was given and done before. null: the source says nothing about it, which is never taken for "nothing was given";
 * an empty list may also only mean that nobody has typed the paper yet.
 */
export const historySchema = z.object({
  doses: z.array(doseSchema).nullable(),
  checkups: z.array(pastCheckupSchema).nullable(),
})
export type History = z.infer<typeof historySchema>
