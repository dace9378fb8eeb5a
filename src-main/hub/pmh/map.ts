// From the hub's words to ours. Pure; nothing is added that the hub did not say: what it means is eligibility's to judge.
import type { z } from 'zod'
import type { AnswerOf, Answers, Eligibility, Patient, RegisteredBenefit } from '../../eligibility/model.ts'
import type { CheckupVoucher, Dose, History, PastCheckup, VaccinationVoucher } from '../../eligibility/vouchers.ts'
import type {
  personSchema,
  WireCertificate,
  WireCheckup,
  WireCheckupVoucher,
  WireDose,
  WireEligibility,
  WireVaccinationVoucher,
} from './wire.ts'

export const patientOf = (person: z.infer<typeof personSchema>): Patient => ({
  ref: person.patientReference,
  name: person.name,
  nameKana: person.nameKana,
  birthDate: person.dateOfBirth,
  sex: person.sex,
})

/** The whole answer but for the person, who is known already. `fetchedAt` is RFC 3339 in clinic time. */
export const eligibilityOf = (wire: WireEligibility, fetchedAt: string): Omit<Eligibility, 'patient'> => ({
  asOf: wire.asOf,
  fetchedAt,
  source: 'pmh',
  answers: answersOf(wire),
  withdrawn: withdrawnOf(wire),
  history: historyOf(wire),
})

export function answersOf(wire: WireEligibility): Answers {
  return {
    medicalSubsidy: answerOf(wire.medicalSubsidy, benefitsOf),
    vaccination: answerOf(wire.vaccination, (items) => items.map(vaccinationVoucherOf)),
    checkup: answerOf(wire.checkup, (items) => items.map(checkupVoucherOf)),
  }
}

/** Registrations the municipality has taken back: they correct a mistake, and whoever holds one has to hear of it. */
function withdrawnOf({ medicalSubsidy }: WireEligibility): NonNullable<Eligibility['withdrawn']> {
  const items = 'items' in medicalSubsidy ? medicalSubsidy.items : []
  return items
    .filter(({ isDeleted }) => isDeleted)
    .map((item) => ({ benefit: benefitOf(item), withdrawnOn: item.deletedOn ?? null }))
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
const benefitsOf = (wire: readonly WireCertificate[]): RegisteredBenefit[] =>
  wire.filter(({ isDeleted }) => !isDeleted).map(benefitOf)

const voucherOf = ({ questionnaire, ...wire }: WireVaccinationVoucher | WireCheckupVoucher) => ({
  id: wire.voucherId,
  name: wire.voucherName,
  municipality: wire.municipalityName,
  validFrom: wire.validFrom,
  validTo: wire.validTo,
  questionnaire: questionnaire
    ? { name: questionnaire.questionnaireName, answeredAt: questionnaire.answeredAt, answers: questionnaire.answers }
    : null,
})

const vaccinationVoucherOf = (wire: WireVaccinationVoucher): VaccinationVoucher => ({
  ...voucherOf(wire),
  vaccineCode: wire.vaccineCode,
  doseNumber: wire.doseNumber ?? null,
})

const checkupVoucherOf = (wire: WireCheckupVoucher): CheckupVoucher => ({
  ...voucherOf(wire),
  checkupCode: wire.checkupCode,
})

/** Records that the hub left out are not known; they are not none. */
function historyOf({ vaccination, checkup }: WireEligibility): History {
  const doses = 'records' in vaccination ? vaccination.records : undefined
  const checkups = 'records' in checkup ? checkup.records : undefined
  return { doses: doses?.map(doseOf) ?? null, checkups: checkups?.map(checkupOf) ?? null }
}

const recordOf = ({ recordId, version, ...wire }: WireDose | WireCheckup) => ({
  handle: recordId !== undefined && version !== undefined ? { recordId, version } : null,
  clinic: wire.medicalInstitutionName ?? null,
  municipality: wire.municipalityName ?? null,
  medium: wire.medium,
})

const doseOf = (wire: WireDose): Dose => ({
  ...recordOf(wire),
  vaccineCode: wire.vaccineCode,
  vaccineName: wire.vaccineName,
  doseNumber: wire.doseNumber ?? null,
  givenOn: wire.administeredOn,
  lotNumber: wire.lotNumber ?? null,
  site: wire.injectionSite ?? null,
})

const checkupOf = (wire: WireCheckup): PastCheckup => ({
  ...recordOf(wire),
  checkupCode: wire.checkupCode,
  checkupName: wire.checkupName,
  doneOn: wire.performedOn,
  result: wire.result ?? null,
})

const benefitOf = (wire: WireCertificate): RegisteredBenefit => ({
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
})
