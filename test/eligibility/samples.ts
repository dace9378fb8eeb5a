// A clinic and an answer for the tests of the judgement, and what comes of an answer about which nothing is to be decided.
import { assess, type ClinicContext } from '../../src-main/eligibility/assess.ts'
import { confirm } from '../../src-main/eligibility/confirmation.ts'
import type { Handed } from '../../src-main/eligibility/handed.ts'
import type { Answers, Eligibility, RegisteredBenefit } from '../../src-main/eligibility/model.ts'
import { shippedMaster } from '../../src-main/eligibility/schemes.ts'

export const day = '2026-06-15'

export const clinicContext: ClinicContext = {
  master: shippedMaster,
  localSchemes: null,
  municipalities: [],
  identity: { names: ['まどぐち内科クリニック'], institutionCode: '1312345678' },
  chosenOrders: [],
  chosenHelps: [],
  places: [{ destination: 'receipt', places: 4 }],
  approvedSubstitutes: {},
  canWrite: () => true,
}

/** A certificate as a source registers it, with nothing special about it. */
export const registered = (changes: Partial<RegisteredBenefit> = {}): RegisteredBenefit => ({
  certificateTypeId: 'A',
  certificateSubKey: null,
  certificateName: '受給者証',
  payerNumber: null,
  recipientNumber: '1234566',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  monthlyCapYen: null,
  alwaysReimbursed: false,
  undisclosed: false,
  segment: null,
  incomeSegment: null,
  additionalConditions: null,
  designatedInstitutions: [],
  details: [],
  historyKey: '1',
  ...changes,
})

export const eligibilityOf = (medicalSubsidy: Answers['medicalSubsidy']): Eligibility => ({
  patient: { ref: 'p-1', name: '佐藤　美咲', nameKana: 'サトウ　ミサキ', birthDate: '1979-04-12', sex: 'female' },
  asOf: day,
  fetchedAt: `${day}T09:12:34.000+09:00`,
  source: 'pmh',
  answers: { medicalSubsidy, vaccination: { state: 'absent' }, checkup: { state: 'absent' } },
})

/** What a visit hands over of somebody who has never been here. */
export function handedOf(today: Eligibility, clinic: ClinicContext = { ...clinicContext, places: [] }): Handed {
  const assessment = assess(today, { versions: [], confirmation: null }, clinic)
  return confirm({ before: null, today, assessment, decisions: [], at: today.fetchedAt, clinic }).handed
}
