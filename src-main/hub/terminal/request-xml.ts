// The requests we put into `req`, as XML: names from the mapping, texts from the caller, nothing else.
import type { Encoding } from '../../ground/encodings.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { encodeCp932 } from '../../text/cp932.ts'
import { hasHiddenCharacter } from '../../text/hidden.ts'
import { readXml } from '../../text/xml-reader.ts'
import { type Element, xmlText } from '../../text/xml-text.ts'
import type { Mapping } from './mapping.ts'

/** Asks for one person by the insurance numbers. */
export interface TerminalQuestion {
  /** 保険者番号, up to 8 digits. */
  readonly insurerNumber: string
  /** 記号, 番号, 枝番 as they stand on the card; empty where there is none. */
  readonly symbol: string
  readonly number: string
  readonly branchNumber: string
  /** YYYY-MM-DD */
  readonly birthDate: string
  /** The patient agrees that 限度額適用認定証 is told. */
  readonly limitConsent: boolean
  /** Comes back with the answer; no patient data. */
  readonly arbitraryIdentifier: string
}

/** 照会番号 for a person the terminal knows by the insurance numbers. */
export interface Registration {
  readonly query: TerminalQuestion
  /** The clinic's own patient number, at most 50 characters. */
  readonly referenceNumber: string
}

export interface RequestHeader {
  /** yyyyMMddHHmmss */
  readonly processedAt: string
  /** 医療機関コード, ten digits. */
  readonly institutionCode: string
  /** Comes back with the answer: how we know that it is ours. */
  readonly fileIdentifier: string
  readonly encoding: Encoding
}

export const searchElement = (query: TerminalQuestion, { requests: { search } }: Mapping): Element => [
  search.element,
  [
    // Eight characters, the missing ones spaces on the left.
    [search.insurerNumber, query.insurerNumber.padStart(8)],
    [search.symbol, query.symbol],
    [search.number, query.number],
    [search.branchNumber, query.branchNumber],
    [search.birthDate, query.birthDate.replaceAll('-', '')],
    [search.limitConsent, query.limitConsent ? 1 : 0],
    [search.arbitraryIdentifier, query.arbitraryIdentifier],
  ],
]

export const registrationElement = ({ query, referenceNumber }: Registration, mapping: Mapping): Element => [
  mapping.requests.registration.element,
  [searchElement(query, mapping), [mapping.person.referenceNumber, referenceNumber]],
]

/** Errors: TEXT_NOT_ENCODABLE. */
export function requestXml(
  { processedAt, institutionCode, fileIdentifier, encoding }: RequestHeader,
  body: readonly Element[],
  mapping: Mapping,
): Result<Uint8Array> {
  const { header, body: bodyNames } = mapping
  const isUtf8 = encoding === 'utf-8'
  const message: Element = [
    'XmlMsg',
    [
      [
        header.element,
        [
          [header.processedAt, processedAt],
          [header.confirmedOn, processedAt.slice(0, 8)],
          [header.institutionCode, institutionCode],
          [header.fileIdentifier, fileIdentifier],
          [header.classification, 2],
          [header.characterCode, isUtf8 ? 0 : 1],
        ],
      ],
      [bodyNames.element, body],
    ],
  ]
  const declaration = `<?xml version="1.0" encoding="${isUtf8 ? 'UTF-8' : 'Shift_JIS'}" standalone="no"?>\r\n`
  const text = `${declaration}${xmlText(message)}\r\n`
  if (hasHiddenCharacter(text)) return fail('TEXT_NOT_ENCODABLE')
  const bytes = isUtf8 ? ok(Buffer.from(text, 'utf8')) : encodeCp932(text)
  // A control character would make a file that nobody can read.
  return bytes.ok && 'flaw' in readXml(bytes.value) ? fail('TEXT_NOT_ENCODABLE') : bytes
}
