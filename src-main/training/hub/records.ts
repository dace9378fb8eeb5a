// What the sandbox hub knows about every sample patient, in the hub's own words (docs/hub-api.yaml). Periods are placed
// around the day of the question, so that the samples never go stale; everything else is fixed.
import type { WireCertificate, WireEligibility } from '../../hub/pmh/wire.ts'

type Answers = Omit<WireEligibility, 'patientReference' | 'asOf'>
type Category<C extends keyof Answers> = Answers[C]

const none = { status: 'none' } as const

/** The given day of the year on which the benefit year around `day` ends, and the day after it one year before. */
function yearEnding(day: string, monthDay: string): { validFrom: string; validTo: string } {
  const year = Number(day.slice(0, 4))
  const end = day.slice(5) <= monthDay ? year : year + 1
  const from = new Date(Date.parse(`${end - 1}-${monthDay}`) + 86_400_000)
  return { validFrom: from.toISOString().slice(0, 10), validTo: `${end}-${monthDay}` }
}

const shifted = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

const certificate = (
  fields: Partial<WireCertificate> & Pick<WireCertificate, 'certificationName' | 'validFrom' | 'validTo'>,
) => ({
  orgSpecificCertificateTypeId: 'SANDBOX01',
  isNotDisclosed: false,
  isAlwaysReimbursement: '0' as const,
  historyKey: 'H0001',
  isDeleted: false,
  certificationDetail: [],
  ...fields,
})

const nanbyo = (day: string) =>
  certificate({
    orgSpecificCertificateTypeId: 'NANBYO54',
    certificationName: '特定医療費（指定難病）受給者証',
    medicalSubsidyInsurerNumber: '54136015',
    medicalSubsidyRecipientNumber: '5401609',
    incomeSegment: '一般所得Ⅰ',
    maxCopaymentAmount: { monthly: 10_000 },
    designatedMedicalInstitutions: ['トレーニング診療所', 'みどり薬局'],
    ...yearEnding(day, '12-31'),
    certificationDetail: [
      { item: '疾病名', value: '潰瘍性大腸炎' },
      { item: '自己負担上限額', value: '月額 10,000円' },
      { item: '階層区分', value: '一般所得Ⅰ' },
    ],
  })

const answers = (medicalSubsidy: Category<'medicalSubsidy'>, rest: Partial<Answers> = {}): Answers => ({
  medicalSubsidy,
  vaccination: none,
  checkup: none,
  ...rest,
})

const byPersona: Readonly<Record<string, (day: string) => Answers>> = {
  nanbyo: (day) => answers({ status: 'present', items: [nanbyo(day)] }),
  kodomo: (day) =>
    answers(
      {
        status: 'present',
        items: [
          certificate({
            orgSpecificCertificateTypeId: 'KODOMO88',
            certificationName: '子ども医療費受給者証',
            medicalSubsidyInsurerNumber: '88138243',
            medicalSubsidyRecipientNumber: '1234566',
            ...yearEnding(day, '09-30'),
            certificationDetail: [
              { item: '実施機関', value: '八王子市' },
              { item: '一部負担金', value: 'なし' },
            ],
          }),
        ],
      },
      {
        vaccination: {
          status: 'present',
          items: [
            {
              voucherId: 'V-JE-2',
              voucherName: '日本脳炎 第1期追加',
              municipalityName: '東京都八王子市',
              validFrom: shifted(day, -180),
              validTo: shifted(day, 400),
            },
            {
              voucherId: 'V-MR-2',
              voucherName: '麻しん・風しん（MR）第2期',
              municipalityName: '東京都八王子市',
              validFrom: shifted(day, -60),
              validTo: shifted(day, 120),
            },
          ],
        },
      },
    ),
  'kosei-hitorioya': (day) =>
    answers({
      status: 'present',
      items: [
        certificate({
          orgSpecificCertificateTypeId: 'KOSEI15',
          certificationName: '自立支援医療受給者証（更生医療）',
          medicalSubsidyInsurerNumber: '15138019',
          medicalSubsidyRecipientNumber: '3312006',
          incomeSegment: '中間所得Ⅰ',
          maxCopaymentAmount: { monthly: 5_000 },
          designatedMedicalInstitutions: ['トレーニング診療所'],
          ...yearEnding(day, '09-30'),
          historyKey: 'H0007',
          certificationDetail: [
            { item: '公費負担の対象となる障害', value: '心臓機能障害' },
            { item: '自己負担上限額', value: '月額 5,000円' },
          ],
        }),
        certificate({
          orgSpecificCertificateTypeId: 'HITORIOYA81',
          certificationName: 'ひとり親家庭等医療費受給者証',
          medicalSubsidyInsurerNumber: '81136244',
          medicalSubsidyRecipientNumber: '0613042',
          isNotDisclosed: true,
          ...yearEnding(day, '12-31'),
          historyKey: 'H0011',
          certificationDetail: [{ item: '一部負担金', value: '1割' }],
        }),
      ],
    }),
  none: () => answers(none),
  withheld: () =>
    answers(
      { status: 'notConsented' },
      { vaccination: { status: 'notConsented' }, checkup: { status: 'notConsented' } },
    ),
  ended: (day) =>
    answers({
      status: 'ended',
      endedOn: shifted(day, -20),
      items: [
        certificate({
          orgSpecificCertificateTypeId: 'SEISHIN21',
          certificationName: '自立支援医療受給者証（精神通院）',
          medicalSubsidyInsurerNumber: '21136015',
          medicalSubsidyRecipientNumber: '0613042',
          validFrom: shifted(day, -385),
          validTo: shifted(day, -20),
          historyKey: 'H0021',
        }),
      ],
    }),
  gaiji: (day) => answers({ status: 'present', items: [nanbyo(day)] }),
  'last-try': (day) =>
    answers({
      status: 'present',
      items: [
        certificate({
          orgSpecificCertificateTypeId: 'SHOGAI89',
          certificationName: '心身障害者医療費受給者証',
          medicalSubsidyInsurerNumber: '89131247',
          medicalSubsidyRecipientNumber: 'A-00123',
          isAlwaysReimbursement: '1',
          ...yearEnding(day, '08-31'),
          historyKey: 'H0031',
        }),
      ],
    }),
}

/** What is registered for a sample patient on a day (YYYY-MM-DD). */
export const recordsOf = (persona: string, day: string): Answers => byPersona[persona]?.(day) ?? answers(none)
