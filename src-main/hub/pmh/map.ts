// From the hub's words to ours. Pure; nothing is added that the hub did not say.
import type { z } from 'zod'
import { judgeBenefit } from '../../eligibility/benefit.ts'
import type { AnswerOf, Answers, Benefit, Eligibility, Patient, Voucher } from '../../eligibility/model.ts'
import type { personSchema, voucherSchema, WireCertificate, WireEligibility } from './wire.ts'

export const patientOf = (person: z.infer<typeof personSchema>): Patient => ({
  ref: person.patientReference,
  name: person.name,
  nameKana: person.nameKana,
  birthDate: person.dateOfBirth,
  sex: person.sex,
})

/** `day` is the day of the visit. */
export function answersOf(wire: WireEligibility, day: string): Answers {
  return {
    medicalSubsidy: answerOf(wire.medicalSubsidy, (items) => benefitsOf(items, day)),
    vaccination: answerOf(wire.vaccination, (items) => items.map(voucherOf)),
    checkup: answerOf(wire.checkup, (items) => items.map(voucherOf)),
  }
}

/** Registrations the municipality has taken back: they correct a mistake, and whoever holds one has to hear of it. */
export function withdrawnOf({ medicalSubsidy }: WireEligibility, day: string): NonNullable<Eligibility['withdrawn']> {
  const items = 'items' in medicalSubsidy ? medicalSubsidy.items : []
  return items
    .filter(({ isDeleted }) => isDeleted)
    .map((item) => ({ benefit: benefitOf(item, day), withdrawnOn: item.deletedOn ?? null }))
}

/** The answer of one category as the hub gives it. */
type WireAnswer<W> =
  | { readonly status: 'none' | 'notConsented' }
  | { readonly status: 'present'; readonly items: readonly W[] }
  | { readonly status: 'ended'; readonly endedOn: string; readonly items: readonly W[] }

function answerOf<W, T>(wire: WireAnswer<W>, itemsOf: (items: readonly W[]) => T[]): AnswerOf<T> {
  switch (wire.status) {
    case 'none':
      return { state: 'absent' }
    case 'notConsented':
      return { state: 'withheld' }
    case 'ended':
      return { state: 'ended', endedOn: wire.endedOn, items: itemsOf(wire.items) }
    case 'present': {
      // If all of it was withdrawn, that is an answer without a reason and not an end: the hub gives no day, and the
      // paper certificate may stand.
      const items = itemsOf(wire.items)
      return items.length === 0 ? { state: 'absent' } : { state: 'present', items }
    }
  }
}

/** A withdrawn registration (isDeleted) is none. */
const benefitsOf = (wire: readonly WireCertificate[], day: string): Benefit[] =>
  wire.filter(({ isDeleted }) => !isDeleted).map((item) => benefitOf(item, day))

const voucherOf = (wire: z.infer<typeof voucherSchema>): Voucher => ({
  id: wire.voucherId,
  name: wire.voucherName,
  municipality: wire.municipalityName,
  validFrom: wire.validFrom,
  validTo: wire.validTo,
})

const benefitOf = (wire: WireCertificate, day: string): Benefit =>
  judgeBenefit(
    {
      certificateTypeId: wire.orgSpecificCertificateTypeId,
      certificateSubKey: wire.certificationSubKey ?? null,
      certificateName: wire.certificationName,
      payerNumber: wire.medicalSubsidyInsurerNumber || null,
      recipientNumber: wire.medicalSubsidyRecipientNumber || null,
      validFrom: wire.validFrom,
      validTo: wire.validTo,
      monthlyCapYen: wire.maxCopaymentAmount?.monthly ?? null,
      alwaysReimbursed: wire.isAlwaysReimbursement === '1',
      undisclosed: wire.isNotDisclosed,
      segment: wire.segment ?? null,
      incomeSegment: wire.incomeSegment ?? null,
      additionalConditions: wire.additionalConditions ?? null,
      designatedInstitutions: wire.designatedMedicalInstitutions ?? [],
      details: wire.certificationDetail.map(({ item, value }) => ({ label: item, value })),
      historyKey: wire.historyKey,
    },
    day,
  )
