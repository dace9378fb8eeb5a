// What the sandbox terminal says about a sample patient, as the official terminal writes it. Header and person bear the
// public names; those of 医療費助成 are the assumed ones of the shipped mapping.
import type { Sex } from '../../eligibility/model.ts'
import type { Encoding } from '../../ground/encodings.ts'
import { shippedMapping } from '../../hub/terminal/mapping.ts'
import { encodeCp932 } from '../../text/cp932.ts'
import { toHalfWidthKana } from '../../text/width.ts'
import { type Element, xmlText } from '../../text/xml-text.ts'
import type { Persona } from '../people/persona.ts'
import { samplesOf } from '../people/sample-holdings.ts'

/** 1 男, 2 女, 3 未設定 */
const sexCodes: Record<Sex, number> = { male: 1, female: 2, other: 3, unknown: 3 }

/** The insurance of every sample patient; the card numbers tell them apart. Invented. */
const sampleInsurerNumber = '06139901'

export interface AnswerHeader {
  /** Clinic time, yyyyMMddHHmmss. */
  readonly at: string
  readonly institutionCode: string
  /** As in the request; empty for the face reader's own results. */
  readonly fileIdentifier: string
  /** 1 by card, 2 by insurance number */
  readonly classification: 1 | 2
  /** SegmentOfResult: 1 done, 2 in progress, 3 and 9 abnormal. */
  readonly segment: string
  readonly code: string
  readonly message: string
  /** How the file is written, and what it says about that. */
  readonly encoding: Encoding | 'utf-8-mark'
}

/** A whole file. A character that CP932 does not have becomes ●, as the official terminal does it. */
export function answerFile(header: AnswerHeader, body: readonly Element[]): Uint8Array {
  const isCp932 = header.encoding === 'cp932'
  const declaration = `<?xml version="1.0" encoding="${isCp932 ? 'Shift_JIS' : 'UTF-8'}" standalone="no"?>\r\n`
  const message: Element = [
    'XmlMsg',
    [
      [
        'MessageHeader',
        [
          ['ProcessExecutionTime', header.at],
          ['QualificationConfirmationDate', header.at.slice(0, 8)],
          ['MedicalInstitutionCode', header.institutionCode],
          ['ArbitraryFileIdentifier', header.fileIdentifier],
          ['ReferenceClassification', header.classification],
          ['SegmentOfResult', header.segment],
          ['ErrorCode', header.code],
          ['ErrorMessage', header.message],
          ['CharacterCodeIdentifier', isCp932 ? 1 : 0],
        ],
      ],
      ['MessageBody', body],
    ],
  ]
  const text = `${declaration}${xmlText(message)}\r\n`
  if (!isCp932) return Buffer.from(`${header.encoding === 'utf-8-mark' ? '\ufeff' : ''}${text}`, 'utf8')
  const writable = [...text].map((character) => (encodeCp932(character).ok ? character : '●')).join('')
  const bytes = encodeCp932(writable)
  if (!bytes.ok) throw new Error('a sample patient cannot be written')
  return bytes.value
}

/** The body of an answer about these people; none: 該当なし. */
export const answerBody = (people: readonly Element[]): readonly Element[] => [
  ['ProcessingResultStatus', 1],
  ['ProcessingResultCode', ''],
  ['ProcessingResultMessage', ''],
  ['QualificationValidity', people.length > 0 ? 1 : 4],
  ['ResultList', people],
]

export interface PersonFacts {
  readonly persona: Persona
  /** Their number in our own list, the 被保険者番号 of the sandbox. */
  readonly cardNumber: string
  readonly referenceNumber: string
  /** YYYY-MM-DD: periods are placed around it. */
  readonly day: string
}

/** One ResultOfQualificationConfirmation; `identifier` as in the request. */
export function personElement({ persona, cardNumber, referenceNumber, day }: PersonFacts, identifier = ''): Element {
  const { list, item } = shippedMapping.subsidies
  const { medicalSubsidy } = samplesOf(persona.id, day)
  const certificates = 'items' in medicalSubsidy ? medicalSubsidy.items : []
  return [
    'ResultOfQualificationConfirmation',
    [
      ['InsuredCardClassification', '01'],
      ['InsurerNumber', sampleInsurerNumber],
      ['InsuredCardSymbol', '窓口'],
      ['InsuredIdentificationNumber', cardNumber],
      ['InsuredBranchNumber', '00'],
      ['PersonalFamilyClassification', 1],
      ['InsuredName', persona.name],
      ['Name', persona.name],
      ['NameKana', toHalfWidthKana(persona.nameKana)],
      ['Sex1', sexCodes[persona.sex]],
      ['Birthdate', digits(persona.birthDate)],
      ['Address', persona.address],
      ['QualificationDate', '20200401'],
      ['InsuredPartialContributionRatio', '030'],
      ['InsurerName', 'まどぐち健康保険組合'],
      ['ReferenceNumber', referenceNumber],
      ['ArbitraryIdentifier', identifier],
      ...(certificates.length > 0 ? [[list, certificates.map((one) => [item, subsidy(one)] as const)] as const] : []),
    ],
  ]
}

type Certificate = Extract<ReturnType<typeof samplesOf>['medicalSubsidy'], { status: 'present' }>['items'][number]

function subsidy(certificate: Certificate): readonly Element[] {
  const { fields } = shippedMapping.subsidies
  const values: readonly (readonly [name: string | undefined, value: string | number])[] = [
    [fields.certificateTypeId, certificate.orgSpecificCertificateTypeId],
    [fields.certificateSubKey, certificate.certificationSubKey ?? ''],
    [fields.certificateName, certificate.certificationName],
    [fields.payerNumber, certificate.medicalSubsidyInsurerNumber ?? ''],
    [fields.recipientNumber, certificate.medicalSubsidyRecipientNumber ?? ''],
    [fields.validFrom, digits(certificate.validFrom)],
    [fields.validTo, digits(certificate.validTo)],
    [fields.monthlyCapYen, certificate.maxCopaymentAmount?.monthly ?? ''],
    [fields.alwaysReimbursed, certificate.isAlwaysReimbursement],
    [fields.undisclosed, certificate.isNotDisclosed ? 1 : 0],
    [fields.segment, certificate.segment ?? ''],
    [fields.incomeSegment, certificate.incomeSegment ?? ''],
    [fields.additionalConditions, certificate.additionalConditions ?? ''],
    [fields.historyKey, certificate.historyKey],
  ]
  return values.flatMap(([name, value]) => (name === undefined ? [] : [[name, value] as const]))
}

const digits = (date: string) => date.replaceAll('-', '')
