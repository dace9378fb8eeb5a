// Files of the terminal as its face reader writes them, for tests: what stands in them is said result by result.
import { answerBody, answerFile } from '../src-main/stand-ins/terminal/answer-xml.ts'
import type { Element } from '../src-main/text/xml-text.ts'

/** The elements of one result by their names; elements that have elements inside are a list of them. */
export interface ResultFields {
  readonly [name: string]: string | readonly ResultFields[]
}

const elementsOf = (fields: ResultFields): Element[] =>
  Object.entries(fields).flatMap(([name, value]): Element[] =>
    typeof value === 'string' ? [[name, value]] : value.map((each) => [name, elementsOf(each)]),
  )

export interface FileFields {
  /** yyyyMMddHHmmss */
  readonly at: string
  readonly fileIdentifier?: string
  /** QualificationValidity */
  readonly validity?: string
}

export function terminalFile(
  { at, fileIdentifier = '', validity = '1' }: FileFields,
  results: readonly ResultFields[],
): Uint8Array {
  const people = results.map((fields): Element => ['ResultOfQualificationConfirmation', elementsOf(fields)])
  const body = answerBody(people).map(
    (element): Element => (element[0] === 'QualificationValidity' ? ['QualificationValidity', validity] : element),
  )
  const header = {
    at,
    institutionCode: '1312345678',
    fileIdentifier,
    classification: 1,
    segment: '1',
    code: '',
    message: '',
    encoding: 'cp932',
  } as const
  return answerFile(header, body)
}

/** An invented patient with an insurance, as the terminal says it. */
export const insured: ResultFields = {
  InsuredCardClassification: '01',
  InsurerNumber: '06139901',
  InsuredCardSymbol: '窓口',
  InsuredIdentificationNumber: '0012',
  InsuredBranchNumber: '00',
  Name: '見本　太郎',
  NameKana: 'ﾐﾎﾝ ﾀﾛｳ',
  Sex1: '1',
  Birthdate: '19550505',
  QualificationDate: '20200401',
  InsurerName: 'まどぐち健康保険組合',
}
