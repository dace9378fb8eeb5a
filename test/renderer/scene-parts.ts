// What the scenes are made of: a visit, certificates, vouchers, files, a photo. All people are invented.
import { pngOfPixels } from '../../src-main/card/png.ts'
import type { DeliveryView, FaceView, VisitView } from '../../src-main/contract/reception.ts'
import type { Answers, Benefit } from '../../src-main/eligibility/model.ts'
import images from '../../src-main/stand-ins/card/images.json' with { type: 'json' }

export const visitId = '7c9e6679-7425-40de-944b-e07fc1f90ae7'

export const earlierId = '16fd2706-8baf-433b-82eb-8c7fada847da'

export const benefit: Benefit = {
  certificateTypeId: 'NANBYO01',
  certificateSubKey: null,
  certificateName: '特定医療費（指定難病）受給者証',
  scheme: { code: '54', name: '難病の患者に対する医療等に関する法律による特定医療', kind: 'national' },
  payerNumber: '54136015',
  recipientNumber: '5401602',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  validity: 'valid',
  monthlyCapYen: 10_000,
  alwaysReimbursed: false,
  undisclosed: false,
  segment: null,
  incomeSegment: '一般所得Ⅰ',
  additionalConditions: null,
  designatedInstitutions: ['トレーニング診療所', '窓口薬局'],
  details: [
    { label: '疾病名', value: '潰瘍性大腸炎' },
    { label: '適用区分', value: 'ウ' },
  ],
  historyKey: '1',
  warnings: ['MONTHLY_CAP_ON_PAPER', 'ENDS_SOON'],
}

export const localBenefit: Benefit = {
  ...benefit,
  certificateTypeId: 'HITORIOYA',
  certificateName: 'ひとり親家庭等医療費受給者証',
  scheme: { code: '81', name: 'ひとり親', kind: 'local' },
  payerNumber: null,
  recipientNumber: 'ABC-0000000000000000000012345',
  validFrom: '2026-12-01',
  validTo: '2027-11-30',
  validity: 'notYet',
  monthlyCapYen: null,
  alwaysReimbursed: true,
  undisclosed: true,
  segment: '1割負担',
  additionalConditions: '01-02;03-01',
  details: [],
  warnings: ['PAYER_NUMBER_MISSING', 'NOT_YET_VALID', 'ALWAYS_REIMBURSED', 'UNDISCLOSED'],
}

export const child: Benefit = {
  ...benefit,
  certificateTypeId: 'KODOMO88',
  certificateName: '子ども医療費受給者証',
  payerNumber: '88138243',
  recipientNumber: '1234566',
  validFrom: '2026-10-01',
  validTo: '2027-09-30',
  monthlyCapYen: null,
  incomeSegment: null,
  designatedInstitutions: [],
  details: [],
}

export const oneParent: Benefit = {
  ...child,
  certificateTypeId: 'HITORIOYA81',
  certificateName: 'ひとり親家庭等医療費受給者証',
  payerNumber: '81136244',
  recipientNumber: '0613042',
  validTo: '9999-12-31',
}

export const voucher = {
  id: 'MR2',
  name: '麻しん・風しん（MR）第2期',
  municipality: '東京都八王子市',
  validFrom: '2026-04-01',
  validTo: '2027-03-31',
  vaccineCode: 'measlesRubella',
  doseNumber: 2,
  questionnaire: null,
}

export const nothing: Answers = {
  medicalSubsidy: { state: 'absent' },
  vaccination: { state: 'absent' },
  checkup: { state: 'absent' },
}

export const csv: DeliveryView = {
  id: '6fa459ea-ee8a-4ca4-894e-db77e160355e',
  destination: 'csv',
  format: 'csv',
  state: 'delivered',
  failure: null,
  path: 'C:\\Recept\\import\\training_madoguchi_20261123_0002_6fa459ea-ee8a-4ca4-894e-db77e160355e.csv',
  byHand: 0,
  updatedAt: '2026-11-23T09:12:34.000+09:00',
}

export const json: DeliveryView = {
  ...csv,
  id: '886313e1-3b8a-4372-9b90-0c9aee199e5d',
  destination: 'json',
  format: 'json',
  path: '\\\\server\\share\\training_madoguchi_20261123_0002_886313e1-3b8a-4372-9b90-0c9aee199e5d.json',
}

/** With the whole answer, which the agent judges before a screen gets it. */
export type Told = Omit<VisitView, 'answers'> & { readonly answers: Answers | null }

export const visit: VisitView & { readonly answers: null } = {
  id: visitId,
  number: 2,
  day: '2026-11-23',
  state: 'reading',
  reader: 'Training Reader',
  desk: null,
  startedAt: '2026-11-23T09:12:33.120+09:00',
  failure: null,
  patient: null,
  patientNumber: null,
  confirmedName: null,
  staleNumber: null,
  pin: null,
  hold: null,
  certificate: null,
  face: null,
  holder: null,
  doubt: null,
  answers: null,
  assessment: null,
  handed: null,
  sharePercent: null,
  asOf: null,
  fetchedAt: null,
  askedLater: null,
  source: null,
  report: null,
  candidates: [],
  history: null,
  registrations: [],
  note: null,
  deliveries: [],
  paid: [],
}

export const patient = {
  ref: 'p-1',
  name: '佐藤　美咲',
  nameKana: 'サトウ　ミサキ',
  birthDate: '1979-11-24',
  sex: 'female' as const,
}

/** A head and shoulders, as a photo has them. */
function portrait(): string {
  const [width, height] = [240, 300]
  const pixels = new Uint8ClampedArray(width * height)
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [(at % width) - width / 2, Math.floor(at / width)]
    const isHead = (x / 60) ** 2 + ((y - 110) / 75) ** 2 < 1
    const isBody = (x / 110) ** 2 + ((y - 300) / 95) ** 2 < 1
    pixels[at] = isHead ? 190 : isBody ? 90 : 235
  }
  return Buffer.from(pngOfPixels(width, height, pixels)).toString('base64')
}

export const face: FaceView = {
  photo: portrait(),
  nameImage: images.nanbyo.name,
  addressImage: images.nanbyo.address,
  name: '佐藤　美咲',
  address: '東京都八王子市元本郷町三丁目24番1号',
  birthDate: '1979-11-24',
  sex: 'female',
  validTo: '2031-04-12',
}

export const fetchedAt = '2026-11-23T09:12:34.000+09:00'

export const answered: Told = {
  ...visit,
  state: 'handedOver',
  patient,
  answers: { ...nothing, medicalSubsidy: { state: 'present', items: [benefit] } },
  fetchedAt: '2026-11-23T09:12:34.000+09:00',
  deliveries: [csv, json],
}

export const hardName: Told = {
  ...answered,
  patient: { ...patient, name: '𠮷髙　●子', nameKana: 'ヨシタカ　マルコ' },
}

const record = { handle: null, clinic: null, municipality: '東京都八王子市' }

const dose = {
  voucherId: 'MR2',
  vaccineCode: 'measlesRubella',
  doseNumber: 2,
  givenOn: '2026-11-23',
  lotNumber: 'Y8891',
  site: 'leftUpperArm',
  doseMl: null,
  physician: null,
} as const

/** A child with vouchers, earlier doses, and what was registered. */
export const child5: Told = {
  ...answered,
  patient: { ...patient, name: '田中　陽翔', nameKana: 'タナカ　ハルト', birthDate: '2020-06-10', sex: 'male' },
  answers: {
    ...nothing,
    vaccination: {
      state: 'present',
      items: [
        {
          ...voucher,
          questionnaire: {
            name: '予診票',
            answeredAt: '2026-11-23T08:10:00.000+09:00',
            answers: [
              { question: '今日の体温は何度ですか', answer: '36.6', needsDoctor: false },
              { question: '最近1か月以内に予防接種を受けましたか', answer: 'はい', needsDoctor: true },
            ],
          },
        },
        { ...voucher, id: 'JE3', name: '日本脳炎 第1期追加', vaccineCode: 'japaneseEncephalitis', doseNumber: 3 },
      ],
    },
    checkup: {
      state: 'present',
      items: [
        {
          id: 'C5',
          name: '5歳児健康診査',
          municipality: '東京都八王子市',
          validFrom: '2026-04-01',
          validTo: '2027-03-31',
          checkupCode: 'child5Years',
          questionnaire: null,
        },
      ],
    },
  },
  history: {
    doses: [
      {
        ...record,
        vaccineCode: 'measlesRubella',
        vaccineName: '麻しん・風しん（MR）',
        doseNumber: 1,
        givenOn: '2021-06-20',
        lotNumber: 'Y0012',
        site: 'leftUpperArm',
        medium: 'digital',
      },
      {
        ...record,
        vaccineCode: 'japaneseEncephalitis',
        vaccineName: '日本脳炎',
        doseNumber: 2,
        givenOn: '2026-09-01',
        lotNumber: null,
        site: null,
        medium: 'paper',
      },
    ],
    checkups: [],
  },
  registrations: [
    {
      id: '6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7a11',
      name: '麻しん・風しん（MR）第2期',
      action: 'register',
      content: { dose },
      reason: null,
      state: 'registered',
      failure: null,
      isStanding: true,
      next: { label: '第2期', earliest: '2027-01-20' },
    },
    {
      id: '6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7a12',
      name: '日本脳炎 第1期追加',
      action: 'register',
      content: { dose: { ...dose, voucherId: 'JE3', vaccineCode: 'japaneseEncephalitis', doseNumber: 3 } },
      reason: null,
      state: 'refused',
      failure: { code: 'HUB_VOUCHER_UNKNOWN' },
      isStanding: false,
      next: null,
    },
  ],
}

/** A mother two weeks after a birth, whose points are a reason to tell the municipality. */
export const mother: Told = {
  ...answered,
  answers: {
    ...nothing,
    checkup: {
      state: 'present',
      items: [{ ...voucher, id: 'P1', name: '産婦健康診査 第1回', checkupCode: 'postpartum', questionnaire: null }],
    },
  },
  history: { doses: null, checkups: [] },
  registrations: [
    {
      id: '6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7a13',
      name: '産婦健康診査 第1回',
      action: 'register',
      content: {
        checkup: {
          voucherId: 'P1',
          checkupCode: 'postpartum',
          doneOn: '2026-11-23',
          result: 'observation',
          measurements: [
            { item: 'EPDSの合計', value: '11' },
            { item: '支援の判断', value: '必要' },
          ],
          physician: null,
        },
      },
      reason: null,
      state: 'registered',
      failure: null,
      isStanding: true,
      next: null,
    },
  ],
}
