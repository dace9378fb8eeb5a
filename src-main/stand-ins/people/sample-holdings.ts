// What is registered for every sample patient before anybody uploads anything, in the hub's own words
// (docs/hub-api.yaml). Periods are placed around the day of the question, so that the samples never go stale; everything
// else is fixed. Invented throughout: the payer numbers follow the rules or are published ones, the recipients do not
// exist.
import { addDays } from '../../eligibility/calendar.ts'
import type { WireCertificate } from '../../hub/pmh/wire.ts'
import { type Answer, answerFor, type Category, categories, type Holdings, noHoldings } from './holdings.ts'

/** The year around `day` that ends on `monthDay` (MM-DD): certificates of one scheme all end on the same day. */
function yearEnding(monthDay: string, day: string) {
  const year = Number(day.slice(0, 4))
  const end = day.slice(5) <= monthDay ? year : year + 1
  return { validFrom: addDays(`${end - 1}-${monthDay}`, 1), validTo: `${end}-${monthDay}` }
}

const certificate = (
  fields: Omit<WireCertificate, 'isNotDisclosed' | 'isAlwaysReimbursement' | 'isDeleted'> & Partial<WireCertificate>,
): WireCertificate => ({ isNotDisclosed: false, isAlwaysReimbursement: '0', isDeleted: false, ...fields })

const certificates = (...items: WireCertificate[]): Holdings => ({ ...noHoldings, certificates: items })

const holdingsByPersona: Readonly<Partial<Record<string, (day: string) => Holdings>>> = {
  nanbyo: (day) =>
    certificates(
      certificate({
        orgSpecificCertificateTypeId: 'NANBYO54',
        certificationName: '特定医療費（指定難病）受給者証',
        medicalSubsidyInsurerNumber: '54136015',
        medicalSubsidyRecipientNumber: '5401609',
        incomeSegment: '一般所得Ⅰ',
        maxCopaymentAmount: { monthly: 10_000 },
        designatedMedicalInstitutions: ['まどぐち内科クリニック', 'みどり薬局'],
        ...yearEnding('12-31', day),
        historyKey: 'NB-0001-02',
        certificationDetail: [
          { item: '疾病名', value: '潰瘍性大腸炎' },
          { item: '階層区分', value: '一般所得Ⅰ' },
          { item: '自己負担上限額', value: '月額10,000円' },
        ],
      }),
    ),
  kodomo: (day) => ({
    ...certificates(
      certificate({
        orgSpecificCertificateTypeId: 'KODOMO88',
        certificationName: '子ども医療費受給者証',
        medicalSubsidyInsurerNumber: '88138243',
        medicalSubsidyRecipientNumber: '1234566',
        ...yearEnding('09-30', day),
        historyKey: 'KD-0002-01',
        certificationDetail: [
          { item: '実施機関', value: '八王子市' },
          { item: '一部負担金', value: 'なし' },
        ],
      }),
    ),
    vaccinationVouchers: [
      {
        voucherId: 'V-MR-2',
        vaccineCode: 'measlesRubella',
        doseNumber: 2,
        voucherName: '麻しん・風しん（MR）第2期',
        municipalityName: '東京都八王子市',
        ...yearEnding('03-31', day),
      },
      {
        voucherId: 'V-JE-1-3',
        vaccineCode: 'japaneseEncephalitis',
        doseNumber: 3,
        voucherName: '日本脳炎 第1期追加',
        municipalityName: '東京都八王子市',
        validFrom: addDays(day, -180),
        validTo: addDays(day, 400),
      },
    ],
    checkupVouchers: [
      {
        voucherId: 'C-5Y',
        checkupCode: 'other',
        voucherName: '5歳児健康診査',
        municipalityName: '東京都八王子市',
        validFrom: addDays(day, -30),
        validTo: addDays(day, 90),
      },
    ],
  }),
  'kosei-hitorioya': (day) =>
    certificates(
      certificate({
        orgSpecificCertificateTypeId: 'KOSEI15',
        certificationName: '自立支援医療受給者証（更生医療）',
        medicalSubsidyInsurerNumber: '15138019',
        medicalSubsidyRecipientNumber: '1507219',
        incomeSegment: '中間所得1',
        maxCopaymentAmount: { monthly: 5_000 },
        designatedMedicalInstitutions: ['まどぐち内科クリニック'],
        ...yearEnding('09-30', day),
        historyKey: 'KS-0003-01',
        certificationDetail: [
          { item: '公費負担の対象となる障害', value: '心臓機能障害' },
          { item: '自己負担上限額', value: '月額5,000円' },
        ],
      }),
      certificate({
        orgSpecificCertificateTypeId: 'HITORIOYA81',
        certificationName: 'ひとり親家庭等医療費受給者証',
        medicalSubsidyInsurerNumber: '81136244',
        medicalSubsidyRecipientNumber: '0613042',
        isNotDisclosed: true,
        ...yearEnding('12-31', day),
        historyKey: 'HO-0003-04',
        certificationDetail: [{ item: '一部負担金', value: '1割' }],
      }),
    ),
  ended: (day) =>
    certificates(
      certificate({
        orgSpecificCertificateTypeId: 'SEISHIN21',
        certificationName: '自立支援医療受給者証（精神通院）',
        medicalSubsidyInsurerNumber: '21136015',
        medicalSubsidyRecipientNumber: '2105013',
        validFrom: addDays(day, -384),
        validTo: addDays(day, -20),
        historyKey: 'SS-0005-03',
        certificationDetail: [],
      }),
    ),
  gaiji: (day) =>
    certificates(
      certificate({
        orgSpecificCertificateTypeId: 'SEISHIN21',
        certificationName: '自立支援医療受給者証（精神通院）',
        medicalSubsidyInsurerNumber: '21136015',
        medicalSubsidyRecipientNumber: '2103042',
        maxCopaymentAmount: { monthly: 5_000 },
        designatedMedicalInstitutions: ['まどぐち内科クリニック', 'みどり薬局'],
        ...yearEnding('12-31', day),
        historyKey: 'SS-0006-01',
        certificationDetail: [{ item: '自己負担上限額', value: '月額5,000円' }],
      }),
    ),
  'last-try': (day) =>
    certificates(
      certificate({
        orgSpecificCertificateTypeId: 'SHOGAI89',
        certificationName: '心身障害者医療費受給者証',
        medicalSubsidyInsurerNumber: '89131247',
        // Municipalities type recipient numbers of their own schemes as they like.
        medicalSubsidyRecipientNumber: 'A-00123',
        isAlwaysReimbursement: '1',
        ...yearEnding('08-31', day),
        historyKey: 'SG-0007-01',
        certificationDetail: [{ item: '助成方法', value: '償還払い' }],
      }),
    ),
}

/** What is registered for a sample patient on a day (YYYY-MM-DD). */
export const sampleHoldings = (persona: string, day: string): Holdings =>
  holdingsByPersona[persona]?.(day) ?? noHoldings

/** What a sample patient does not share with clinics. */
export const samplesWithheld = (persona: string): readonly Category[] => (persona === 'withheld' ? categories : [])

/** What the hub answers about a sample patient as long as nobody changes anything. */
export const samplesOf = (persona: string, day: string): Answer =>
  answerFor(sampleHoldings(persona, day), day, new Set(samplesWithheld(persona)))
