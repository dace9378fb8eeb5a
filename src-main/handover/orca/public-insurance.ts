// 公費 (PublicInsurance) as ORCA writes it, the same fields at every call.
import { z } from 'zod'
import type { OrcaBenefit } from '../formats/orca-visit.ts'
import type { HeldBenefit } from './compare.ts'
import { xml2Text } from './xml2.ts'

/** Certificate_IssuedDate is the start. An open end is 9999-12-31, or in older answers 99999999. */
export const publicInsuranceFields = {
  PublicInsurer_Number: xml2Text,
  PublicInsuredPerson_Number: xml2Text,
  Certificate_IssuedDate: xml2Text,
  Certificate_ExpiredDate: xml2Text,
}
const publicInsuranceSchema = z.object(publicInsuranceFields)

export const heldBenefit = (row: z.infer<typeof publicInsuranceSchema>, id: string | null): HeldBenefit => ({
  id,
  payerNumber: row.PublicInsurer_Number,
  recipientNumber: row.PublicInsuredPerson_Number,
  validFrom: row.Certificate_IssuedDate,
  validTo: /^(?:9999|$)/.test(row.Certificate_ExpiredDate) ? '9999-12-31' : row.Certificate_ExpiredDate,
})

export const publicInsurance = (benefit: OrcaBenefit) => ({
  PublicInsurer_Number: benefit.payerNumber,
  PublicInsuredPerson_Number: benefit.recipientNumber,
  Certificate_IssuedDate: benefit.validFrom,
  Certificate_ExpiredDate: benefit.validTo,
})
