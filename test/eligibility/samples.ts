// A clinic and an answer for the tests of the judgement.
import type { ClinicContext } from '../../src-main/eligibility/assess.ts'
import type { Answers, Eligibility } from '../../src-main/eligibility/model.ts'
import { shippedMaster } from '../../src-main/eligibility/schemes.ts'

export const day = '2026-06-15'

export const clinicContext: ClinicContext = {
  master: shippedMaster,
  municipalities: [],
  identity: { names: ['まどぐち内科クリニック'], institutionCode: '1312345678' },
  chosenOrders: [],
  places: [{ destination: 'receipt', places: 4 }],
  approvedSubstitutes: {},
  canWrite: () => true,
}

export const eligibilityOf = (medicalSubsidy: Answers['medicalSubsidy']): Eligibility => ({
  patient: { ref: 'p-1', name: '佐藤　美咲', nameKana: 'サトウ　ミサキ', birthDate: '1979-04-12', sex: 'female' },
  asOf: day,
  fetchedAt: `${day}T09:12:34.000+09:00`,
  source: 'pmh',
  answers: { medicalSubsidy, vaccination: { state: 'absent' }, checkup: { state: 'absent' } },
})
