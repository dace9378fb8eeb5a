// The whole judgement of one heavy patient: 20 certificates, 30 earlier doses with vouchers, 10 stored versions.
import { assess } from '../../src-main/eligibility/assess.ts'
import { confirm } from '../../src-main/eligibility/confirmation.ts'
import type { Eligibility } from '../../src-main/eligibility/model.ts'
import { shippedMaster } from '../../src-main/eligibility/schemes.ts'
import { vaccineRules } from '../../src-main/eligibility/vaccination/vaccines.ts'
import { type Figures, spread } from './measure.ts'

const runs = 500
const warmUp = 100
const day = '2026-11-23'
const payers = ['54136015', '15136018', '88138243', '81136244', '51136018']

function heavyAnswer(version: number): Eligibility {
  const items = Array.from({ length: 20 }, (_, index) => ({
    certificateTypeId: `T${index}`,
    certificateSubKey: null,
    certificateName: `受給者証${index}`,
    payerNumber: payers[index % payers.length] ?? null,
    recipientNumber: String(1_000_000 + index),
    validFrom: '2026-01-01',
    validTo: `2026-12-${String(10 + index)}`,
    monthlyCapYen: index % 3 === 0 ? 10_000 + version : null,
    alwaysReimbursed: false,
    undisclosed: false,
    segment: null,
    incomeSegment: null,
    additionalConditions: null,
    designatedInstitutions: ['まどぐち内科クリニック'],
    details: [{ label: '実施機関', value: '八王子市' }],
    historyKey: `${index}-${version}`,
  }))
  const vaccines = vaccineRules.on(day)
  const vouchers = vaccines.slice(0, 8).map(({ code, name }) => ({
    id: code,
    name,
    municipality: '東京都八王子市',
    validFrom: '2026-04-01',
    validTo: '2027-03-31',
    vaccineCode: code,
    doseNumber: null,
    questionnaire: null,
  }))
  const doses = Array.from({ length: 30 }, (_, index) => ({
    handle: null,
    clinic: null,
    municipality: null,
    medium: 'digital' as const,
    vaccineCode: vaccines[index % vaccines.length]?.code ?? '',
    vaccineName: '',
    doseNumber: null,
    givenOn: `20${String(21 + (index % 5))}-0${1 + (index % 9)}-15`,
    lotNumber: null,
    site: null,
  }))
  return {
    patient: { ref: 'p', name: '田中　陽翔', nameKana: 'タナカ　ハルト', birthDate: '2020-06-10', sex: 'male' },
    asOf: day,
    fetchedAt: `2026-11-${String(10 + version)}T09:00:00.000+09:00`,
    source: 'pmh',
    answers: {
      medicalSubsidy: { state: 'present', items },
      vaccination: { state: 'present', items: vouchers },
      checkup: { state: 'absent' },
    },
    history: { doses, checkups: [] },
  }
}

export function benchEligibility(): Figures {
  const clinic = {
    master: shippedMaster,
    localSchemes: null,
    municipalities: [],
    identity: { names: ['まどぐち内科クリニック'], institutionCode: null },
    chosenOrders: [],
    chosenHelps: [],
    places: [{ destination: 'csv', places: 4 }],
    approvedSubstitutes: {},
    canWrite: () => true,
  }
  const versions = Array.from({ length: 10 }, (_, index) => heavyAnswer(9 - index))
  const today = heavyAnswer(10)
  const [last = today] = versions
  const assessment = assess(last, { versions: [], confirmation: null }, clinic)
  const confirmation = confirm({ before: null, today: last, assessment, decisions: [], at: last.fetchedAt, clinic })
  const times: number[] = []
  for (let run = -warmUp; run < runs; run++) {
    const start = performance.now()
    assess(today, { versions, confirmation }, clinic)
    if (run >= 0) times.push(performance.now() - start)
  }
  return { 'eligibility.evaluationMs': spread(times) }
}
