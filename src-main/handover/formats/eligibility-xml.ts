// The eligibility XML that receipt computers already read from the official terminal's face reader
// (`OQSsiquc01res_face_…`), with the visit's 医療費助成 in it. Header and person follow the public names; the tags of the
// subsidies are not public and come from subsidy-tags.json. What insurance the person has is the terminal's to say: it
// is left out, never invented.
import type { DestinationOf } from '../../contract/destination.ts'
import type { Handed, HandedItem } from '../../eligibility/handed.ts'
import type { Benefit, Sex } from '../../eligibility/model.ts'
import type { Encoding } from '../../ground/encodings.ts'
import { fail, type Result } from '../../ground/result.ts'
import { forAnyShiftJis } from '../../text/cp932.ts'
import { toHalfWidthKana } from '../../text/width.ts'
import { type Element, xmlText } from '../../text/xml-text.ts'
import { encode, isOfOneLine } from './encoding.ts'
import { type HandoverDocument, missing } from './handover-document.ts'
import tags from './subsidy-tags.json' with { type: 'json' }

/** 1 男, 2 女, 3 未設定 */
const sexCodes: Record<Sex, number> = { male: 1, female: 2, other: 3, unknown: 3 }

/** Errors: TEXT_NOT_ENCODABLE with the tag that holds what the encoding or XML cannot. */
export function renderEligibilityXml(
  document: HandoverDocument,
  destination: DestinationOf<'xml'>,
): Result<Uint8Array> {
  const isUtf8 = destination.encoding === 'utf-8'
  const message: Element = ['XmlMsg', [header(document, destination), body(document)]]
  const wrong = unwritableTag(message, destination.encoding)
  if (wrong) return fail('TEXT_NOT_ENCODABLE', { field: wrong })
  const declaration = `<?xml version="1.0" encoding="${isUtf8 ? 'UTF-8' : 'Shift_JIS'}" standalone="no"?>\r\n`
  const text = `${declaration}${xmlText(message)}\r\n`
  return encode(isUtf8 ? text : forAnyShiftJis(text), destination.encoding)
}

const header = (document: HandoverDocument, { institutionCode, encoding }: DestinationOf<'xml'>): Element => [
  'MessageHeader',
  [
    ['ProcessExecutionTime', digits(document.confirmedAt).slice(0, 14)],
    ['QualificationConfirmationDate', digits(document.eligibility.asOf)],
    ['MedicalInstitutionCode', institutionCode],
    ['ArbitraryFileIdentifier', document.deliveryId],
    // 7: the certificate data alone, as the one vendor that publishes such a file writes it.
    ['ReferenceClassification', 7],
    ['SegmentOfResult', 1],
    ['ErrorCode', ''],
    ['ErrorMessage', ''],
    ['CharacterCodeIdentifier', encoding === 'utf-8' ? 0 : 1],
  ],
]

const body = (document: HandoverDocument): Element => {
  const { eligibility, handed, patientNumber } = document
  const { patient } = eligibility
  const { named, byHand } = missing(document)
  return [
    'MessageBody',
    [
      ['ProcessingResultStatus', 1],
      ['ProcessingResultCode', ''],
      ['ProcessingResultMessage', ''],
      [
        'ResultList',
        [
          [
            'ResultOfQualificationConfirmation',
            [
              ['Name', patient.name],
              ['NameKana', toHalfWidthKana(patient.nameKana)],
              ['Sex1', sexCodes[patient.sex]],
              ['Birthdate', digits(patient.birthDate)],
              ['ReferenceNumber', patientNumber ?? ''],
              [
                tags.list,
                [
                  [tags.answerState, handed.state],
                  [tags.endedOn, digits(handed.endedOn ?? '')],
                  [tags.byHand, byHand],
                  ...handed.items.map(subsidy),
                ],
              ],
              [tags.leftOutList, named.map(leftOut)],
            ],
          ],
        ],
      ],
    ],
  ]
}

const subsidy = ({ benefit, basis, endedOn }: HandedItem): Element => [
  tags.item,
  [...certificate(benefit), [tags.basis, basis], [tags.certificateEndedOn, digits(endedOn ?? '')]],
]

/** Under tags of their own: whoever reads the list of subsidies must not take these for ones that count. */
const leftOut = ({ benefit, reason }: Handed['leftOut'][number]): Element => [
  tags.leftOut,
  [...certificate(benefit), [tags.leftOutReason, reason]],
]

const certificate = (benefit: Benefit): Element[] => {
  const { fields } = tags
  return [
    [fields.payerNumber, benefit.payerNumber ?? ''],
    [fields.recipientNumber, benefit.recipientNumber ?? ''],
    [fields.certificateName, benefit.certificateName],
    [fields.validFrom, digits(benefit.validFrom)],
    [fields.validTo, digits(benefit.validTo)],
    [fields.monthlyCapYen, benefit.monthlyCapYen ?? ''],
    [fields.alwaysReimbursed, benefit.alwaysReimbursed ? 1 : 0],
    [fields.undisclosed, benefit.undisclosed ? 1 : 0],
    [fields.segment, benefit.segment ?? ''],
    [fields.incomeSegment, benefit.incomeSegment ?? ''],
    [fields.additionalConditions, benefit.additionalConditions ?? ''],
    [fields.historyKey, benefit.historyKey],
  ]
}

const digits = (text: string) => text.replaceAll(/\D/g, '')

function unwritableTag([tag, content]: Element, encoding: Encoding): string | null {
  if (typeof content === 'object') {
    for (const element of content) {
      const wrong = unwritableTag(element, encoding)
      if (wrong) return wrong
    }
    return null
  }
  const text = String(content)
  return isOfOneLine(text) && encode(text, encoding).ok ? null : tag
}
