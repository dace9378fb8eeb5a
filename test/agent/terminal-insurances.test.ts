// Several results in one file of the terminal: the insurances of one person, or people nobody may mix up.
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { adviceText } from '../../src-main/words/eligibility.ts'
import { fault } from '../faults.ts'
import { eventually, must } from '../support.ts'
import { insured, type ResultFields } from '../terminal-file.ts'
import { openTerminalClinic as openClinic } from './terminal-clinic.ts'

const saidOf = (visit: Awaited<ReturnType<Awaited<ReturnType<typeof openClinic>>['lay']>>) =>
  (visit.assessment?.patient ?? []).map(adviceText)

/** The last day of its month. */
const lastOf = (day: string) =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)), 0)).toISOString().slice(0, 10).replaceAll('-', '')

/** 医療扶助 beside an insurance, with a 医療券 of this month. */
const assisted = (day: string, changes: ResultFields = {}): ResultFields => ({
  InsuredCardClassification: 'A1',
  InsurerNumber: '12131231',
  InsuredIdentificationNumber: '1234566',
  Name: '見本　太郎',
  NameKana: 'ﾐﾎﾝ ﾀﾛｳ',
  Sex1: '1',
  Birthdate: '19550505',
  QualificationDate: '20240401',
  InsurerName: '見本市福祉事務所',
  PublicExpenseResultList: [
    {
      MedicalTicketInfo: [
        {
          TicketType: '01',
          MedicalTicketValidDate: `${day.slice(0, 6)}01`,
          MedicalTicketExpirationDate: lastOf(day),
          IssueNumber: '123',
          MedicalTreatmentMonth: day.slice(0, 6),
          DesignatedMedicalInstitutionFlag: '0',
          SelfPayAmount: '3000',
          SingleOrCombinedUse: '02',
        },
      ],
    },
  ],
  ...changes,
})

describe('two results of one person', () => {
  test('are one patient, whose 照会番号 counts though it stands in one of them only', async () => {
    const { lay, today } = await openClinic()
    const visit = await lay([{ ...insured, ReferenceNumber: '123' }, assisted(today)])
    expect(visit).toMatchObject({
      state: 'choosing',
      failure: { code: 'PATIENT_NOT_MATCHED' },
      patient: { name: '見本　太郎', birthDate: '1955-05-05' },
      report: { referenceNumber: '123', unknown: [] },
    })
  })

  test('are one patient also where ● stands in a name, a space in the kana or a letter in another size', async () => {
    const { lay } = await openClinic()
    const visit = await lay([
      { ...insured, Name: '●本　太郎', NameKana: 'ﾐﾎﾝ ｼｮｳｲﾁ' },
      { ...insured, InsurerNumber: '06130012', Name: '見本　太郎', NameKana: 'ミホン　シヨウイチ', Sex1: '3' },
    ])
    expect(visit).toMatchObject({ state: 'choosing', patient: { name: '見本　太郎', sex: 'male' } })
  })

  fault('patient', 'The terminal’s result may be of two people', {
    seen: 'TERMINAL_PERSON_UNCLEAR',
    data: 'Nobody is picked.',
    recovery: 'The terminal’s screen and the paper are compared.',
  })
  test.each([
    ['another birth date', { Birthdate: '19550506' }],
    ['other kana', { NameKana: 'ﾐﾎﾝ ｼﾞﾛｳ' }],
    ['the other sex', { Sex1: '2' }],
    ['another 照会番号', { ReferenceNumber: '124' }],
    ['no kana and another name', { NameKana: '', Name: '見本　次郎' }],
  ])('with %s are nobody', async (_name, changes) => {
    const { lay } = await openClinic()
    const visit = await lay([
      { ...insured, ReferenceNumber: '123' },
      { ...insured, ...changes },
    ])
    expect(visit).toMatchObject({ state: 'failed', failure: { code: 'TERMINAL_PERSON_UNCLEAR' }, patient: null })
  })
})

describe('the 適用区分', () => {
  const limit = (flag: string, end = '99999999') => ({
    LimitApplicationCertificateRelatedInfo: [
      {
        LimitApplicationCertificateClassification: '01',
        LimitApplicationCertificateClassificationFlag: flag,
        LimitApplicationCertificateValidStartDate: '20250401',
        LimitApplicationCertificateValidEndDate: end,
      },
    ],
  })
  const over = { ...insured, DisqualificationDate: '20251101' }
  const next = { ...insured, InsurerNumber: '06130012', QualificationDate: '20251101' }

  test.each([
    [
      'of the new insurance counts, not that of the one that is over',
      [
        { ...over, ...limit('A01') },
        { ...next, ...limit('A05') },
      ],
      'オ',
    ],
    ['of the new insurance counts wherever it stands', [{ ...next, ...limit('A05') }, over], 'オ'],
    ['of an insurance that is over is none', [{ ...over, ...limit('A01') }, next], null],
    ['whose certificate is over is none', [{ ...insured, ...limit('A03', '20260331') }], null],
    ['without a last day counts', [{ ...insured, ...limit('A03') }], 'ウ'],
  ] satisfies [string, ResultFields[], string | null][])('%s', async (_name, results, category) => {
    const { lay } = await openClinic()
    const visit = await lay(results, { validity: results.length > 1 ? '3' : '1' })
    expect(saidOf(visit)).toEqual(
      category === null ? [] : [`高額療養費の適用区分は「${category}」です（オンライン資格確認の回答）。`],
    )
  })
})

describe('the 負担割合', () => {
  const ratio = (code: string) => ({ InsuredPartialContributionRatio: code })
  const elderly = (code: string, end: string) => ({
    ElderlyRecipientCertificateInfo: [
      {
        ElderlyRecipientValidStartDate: '20250801',
        ElderlyRecipientValidEndDate: end,
        ElderlyRecipientContributionRatio: code,
      },
    ],
  })
  const over = { ...insured, DisqualificationDate: '20251101' }
  const next = { ...insured, InsurerNumber: '06130012', QualificationDate: '20251101' }

  test.each([
    [
      'is that of the insurance of the day',
      [
        { ...over, ...ratio('010') },
        { ...next, ...ratio('030') },
      ],
      30,
    ],
    ['of 高齢受給者証 counts in its period', [{ ...insured, ...ratio('030'), ...elderly('020', '99999999') }], 20],
    ['of 高齢受給者証 does not count after it', [{ ...insured, ...ratio('030'), ...elderly('020', '20250831') }], 30],
    ['that no insurance has is not known', [{ ...insured, ...ratio('050') }], null],
    ['that is not said is not known', [{ ...insured, ...ratio('') }], null],
  ] satisfies [string, ResultFields[], number | null][])('%s', async (_name, results, percent) => {
    const { lay } = await openClinic()
    const visit = await lay(results, { validity: results.length > 1 ? '3' : '1' })
    expect(visit).toMatchObject({ sharePercent: percent, report: { unknown: [] } })
  })
})

describe('a 医療券', () => {
  test('is told with its month and amount, and goes out last on the claim', async () => {
    const { desk, lay, today, written } = await openClinic()
    const visit = await lay([insured, assisted(today)])
    const [year, month] = [today.slice(0, 4), String(Number(today.slice(4, 6)))]
    expect(saidOf(visit)).toEqual([
      `医療扶助（生活保護）の${year}年${month}月分の医療券があります（${year}年${month}月${lastOf(today).slice(6)}日まで）。本人支払額は3,000円です。ほかの公費を先に使い、医療扶助は最後に使います。`,
    ])
    must(await desk.call('choosePatient', { visitId: visit.id, patientRef: null }))
    await desk.agent.settled()
    expect(await desk.lookUp(visit.id)).toMatchObject({ state: 'handedOver' })
    await eventually('the file is there', () => written(visit.id) !== undefined)
    const { state, items } = written(visit.id).answers.medicalSubsidy
    expect(state).toBe('present')
    expect(items).toMatchObject([
      {
        certificateName: '医療券',
        payerNumber: '12131231',
        recipientNumber: '1234566',
        validTo: `${today.slice(0, 4)}-${today.slice(4, 6)}-${lastOf(today).slice(6)}`,
        monthlyCapYen: 3_000,
        segment: `${year}年${month}月分・併用`,
        scheme: { code: '12', kind: 'national' },
        basis: 'source',
        warnings: [],
      },
    ])
    expect(items[0].details).toContainEqual({ label: '交付番号', value: '123' })
  })

  test('that is missing, or names another clinic, is said', async () => {
    const { lay, today } = await openClinic()
    expect(saidOf(await lay([assisted(today, { PublicExpenseResultList: [] })]))).toEqual([
      '医療扶助（生活保護）を受けている方ですが、医療券の情報がありません。医療券の発行を福祉事務所に確認してください。',
    ])
    const other = {
      MedicalTicketInfo: [{ MedicalTreatmentMonth: today.slice(0, 6), DesignatedMedicalInstitutionFlag: '1' }],
    }
    expect(saidOf(await lay([assisted(today, { PublicExpenseResultList: [other] })])).at(-1)).toBe(
      '医療券の指定医療機関が、この医療機関と一致しません。福祉事務所に確認してから使ってください。',
    )
  })

  test('of a 医療扶助 that is over is none', async () => {
    const { lay, today } = await openClinic()
    expect(saidOf(await lay([insured, assisted(today, { DisqualificationDate: today })]))).toEqual([])
  })
})

describe('a birth date without its day', () => {
  const unknown = { ...insured, Birthdate: '19550500', ReferenceNumber: '123' }

  fault('patient', 'The day of birth is unknown', {
    seen: 'PATIENT_BIRTH_DAY_UNKNOWN',
    data: 'Nobody is taken as new by it.',
    recovery: 'Staff choose the patient, whose birth date it becomes.',
  })
  test('waits for staff with the name, and takes nobody as new', async () => {
    const { desk, lay } = await openClinic()
    const visit = await lay([unknown])
    expect(visit).toMatchObject({
      state: 'choosing',
      failure: { code: 'PATIENT_BIRTH_DAY_UNKNOWN' },
      patient: { name: '見本　太郎', birthDate: '1955-05-00' },
      candidates: [],
    })
    expect(await desk.call('choosePatient', { visitId: visit.id, patientRef: null })).toEqual(
      fail('REQUEST_INVALID', { field: 'birthDate' }),
    )
  })

  test('becomes that of the patient whom staff choose', async () => {
    const { desk, lay, written } = await openClinic()
    const first = await lay([{ ...insured, ReferenceNumber: '123' }])
    must(await desk.call('choosePatient', { visitId: first.id, patientRef: null }))
    await desk.agent.settled()
    const visit = await lay([unknown])
    expect(visit).toMatchObject({ state: 'choosing', candidates: [{ birthDate: '1955-05-05' }] })
    const [{ ref: patientRef } = { ref: '' }] = visit.candidates
    must(await desk.call('choosePatient', { visitId: visit.id, patientRef }))
    await desk.agent.settled()
    await eventually('the file is there', () => written(visit.id) !== undefined)
    expect(written(visit.id).patient.birthDate).toBe('1955-05-05')
  })
})
