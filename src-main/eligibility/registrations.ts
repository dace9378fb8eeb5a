// What a clinic tells the hub: a dose it gave or a checkup it did, a correction, a cancellation. In the words of
// docs/hub-api.yaml; codes stay open text.
import { z } from 'zod'
import type { VoucherJudgement } from './voucher-advice.ts'
import { checkupResultSchema, injectionSiteSchema } from './vouchers.ts'

const code = z.string().regex(/^[A-Za-z0-9-]{1,40}$/)
const physician = z.string().min(1).max(100).nullable()

/** A dose that the clinic gave. */
const doseEntrySchema = z.object({
  /** null: a paper 接種券 was used. */
  voucherId: z.string().min(1).max(64).nullable(),
  vaccineCode: code,
  doseNumber: z.int().min(1).max(20),
  /** YYYY-MM-DD */
  givenOn: z.iso.date(),
  /** 製造番号 as printed on the vial. */
  lotNumber: z.string().regex(/^[0-9A-Za-z-]{1,20}$/),
  site: injectionSiteSchema,
  /** 接種量 in ml; null: not told. */
  doseMl: z.number().positive().max(10).nullable(),
  /** 接種した医師; null: not told. */
  physician,
})
export type DoseEntry = z.infer<typeof doseEntrySchema>

/** A checkup that the clinic did. */
const checkupEntrySchema = z.object({
  /** null: a paper 受診券 was used. */
  voucherId: z.string().min(1).max(64).nullable(),
  checkupCode: code,
  /** YYYY-MM-DD */
  doneOn: z.iso.date(),
  result: checkupResultSchema,
  measurements: z.array(z.object({ item: z.string().min(1).max(50), value: z.string().max(100) })).max(50),
  /** 診察した医師; null: not told. */
  physician,
})
export type CheckupEntry = z.infer<typeof checkupEntrySchema>

export const registrationContentSchema = z.union([
  z.strictObject({ dose: doseEntrySchema }),
  z.strictObject({ checkup: checkupEntrySchema }),
])
export type RegistrationContent = z.infer<typeof registrationContentSchema>

/** Why something is registered although its voucher does not hold for it today. */
export const outsideReasons = ['municipality', 'doctor', 'voluntary', 'mistake'] as const
export const outsideReasonSchema = z.enum(outsideReasons)
export type OutsideReason = z.infer<typeof outsideReasonSchema>

/** Judged so, it is registered only with a reason. */
export const isOutside = (verdict: VoucherJudgement['verdict'] | undefined): boolean =>
  verdict === 'no' || verdict === 'wait'

/** What it was done for; null: a paper voucher. */
export const voucherIdOf = (content: RegistrationContent): string | null =>
  'dose' in content ? content.dose.voucherId : content.checkup.voucherId

/** Which version of which record, as the hub told it. */
export const registrationHandleSchema = z.object({ recordId: z.string().min(1), version: z.int().min(1) })
export type RegistrationHandle = z.infer<typeof registrationHandleSchema>

export const registrationChangeSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('register'), patientRef: z.string().min(1), content: registrationContentSchema }),
  z.object({ action: z.literal('correct'), handle: registrationHandleSchema, content: registrationContentSchema }),
  z.object({ action: z.literal('cancel'), handle: registrationHandleSchema }),
])
export type RegistrationChange = z.infer<typeof registrationChangeSchema>
