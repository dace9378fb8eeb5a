// What one result of the terminal says about an insurance: which one, from when to when, its 適用区分, and the 医療券 of
// 医療扶助. Nothing odd in it refuses the result: who the person is stands elsewhere.
import {
  type LimitCategory,
  limitCategorySchema,
  type MedicalTicket,
  type SharePercent,
  sharePercentSchema,
} from '../../eligibility/insurance.ts'
import { dateSchema } from '../../eligibility/model.ts'
import type { XmlElement } from '../../text/xml-reader.ts'
import { all, dateOf, lastDayOf, only, textOf } from './elements.ts'
import type { Mapping } from './mapping.ts'

export interface ResultInsurance {
  /** 医療扶助, not an insurance. */
  readonly isAssistance: boolean
  /** 資格取得年月日 and 資格喪失年月日, YYYY-MM-DD; null where it is not said. */
  readonly qualifiedOn: string | null
  readonly disqualifiedOn: string | null
  readonly limit: {
    readonly category: LimitCategory
    readonly validFrom: string | null
    readonly validTo: string | null
  } | null
  readonly limitConsent: boolean | null
  /** 負担割合, in percent of the cost, and of 高齢受給者証, which counts in its own period; null where it is not said. */
  readonly share: SharePercent | null
  readonly elderlyShare: {
    readonly percent: SharePercent
    readonly validFrom: string | null
    readonly validTo: string | null
  } | null
  readonly tickets: readonly MedicalTicket[]
}

type Names = Pick<Mapping, 'insurance' | 'limit' | 'elderly' | 'ticket'>

export function insuranceOf(item: XmlElement, { insurance, limit, elderly, ticket }: Names): ResultInsurance {
  const info = only(item, limit.element)
  const category = limitCategorySchema.safeParse(info && textOf(info, limit.flag)).data
  const numbers = {
    payerNumber: textOf(item, insurance.insurerNumber)?.slice(0, 20) ?? null,
    recipientNumber: textOf(item, insurance.number)?.slice(0, 30) ?? null,
  }
  return {
    isAssistance: textOf(item, insurance.classification) === 'A1',
    qualifiedOn: dayIn(item, insurance.qualifiedOn),
    disqualifiedOn: dayIn(item, insurance.disqualifiedOn),
    limit:
      info && category
        ? { category, validFrom: dayIn(info, limit.validFrom), validTo: dayIn(info, limit.validTo) }
        : null,
    limitConsent: consents.get(textOf(item, limit.consent) ?? '') ?? null,
    share: shareOf(textOf(item, insurance.share)),
    elderlyShare: elderlyShareOf(only(item, elderly.element), elderly),
    tickets: all(item, ticket.list)
      .flatMap((list) => all(list, ticket.item))
      .slice(0, 20)
      .map((each) => ({ ...numbers, ...ticketOf(each, ticket.fields) })),
  }
}

/** 0 none, 1 given, 2 over; whoever could not be asked (3) has not refused. */
const consents = new Map([
  ['0', false],
  ['1', true],
  ['2', false],
])

/** `030` is three tenths. What is another share than insurances have is not known. */
const shareOf = (code: string | null): SharePercent | null =>
  sharePercentSchema.safeParse(/^0[0-9]0$/.test(code ?? '') ? Number(code) : null).data ?? null

function elderlyShareOf(info: XmlElement | null, names: Mapping['elderly']): ResultInsurance['elderlyShare'] {
  const percent = info && shareOf(textOf(info, names.share))
  return info && percent
    ? { percent, validFrom: dayIn(info, names.validFrom), validTo: dayIn(info, names.validTo) }
    : null
}

/** What is no day is not known; it stays visible elsewhere. */
function dayIn(element: XmlElement, name: string): string | null {
  const day = lastDayOf(textOf(element, name))
  return dateSchema.safeParse(day).data ?? null
}

type TicketFields = Mapping['ticket']['fields']

function ticketOf(item: XmlElement, fields: TicketFields): Omit<MedicalTicket, 'payerNumber' | 'recipientNumber'> {
  const text = (field: keyof TicketFields) => textOf(item, fields[field])?.slice(0, 200) ?? null
  const kind = bare(text('type'))
  const use = bare(text('use'))
  const amount = text('selfPayYen')
  return {
    kind: kind === '1' ? 'treatment' : kind === '2' ? 'dispensing' : 'unknown',
    validFrom: dayIn(item, fields.validFrom),
    validTo: dayIn(item, fields.validTo),
    month: /^\d{4}(0[1-9]|1[0-2])$/.test(text('month') ?? '') ? (text('month') ?? '').replace(/(..)$/, '-$1') : null,
    issueNumber: text('issueNumber')?.slice(0, 50) ?? null,
    selfPayYen: amount !== null && /^\d{1,7}$/.test(amount) ? Number(amount) : null,
    use: use === '1' ? 'alone' : use === '2' ? 'combined' : null,
    // Where it is the clinic that asks, its name need not be the one that the clinic has for itself.
    institution: text('institutionMatch') === '0' ? null : (text('institutionName') ?? text('institutionCode')),
    isElsewhere: text('institutionMatch') === '1',
    details: ticketItems.flatMap(([field, label, codes = {}]) => {
      const value = text(field)
      return value === null ? [] : [{ label, value: codes[bare(value) ?? ''] ?? plain(field, value) }]
    }),
  }
}

/** `01` and `1` are one code. */
const bare = (code: string | null) => code?.replace(/^0(?=.)/, '') ?? null

const days: readonly (keyof TicketFields)[] = ['validFrom', 'validTo']
const plain = (field: keyof TicketFields, value: string) => (days.includes(field) ? (dateOf(value) ?? value) : value)

const yesNo = { 1: 'あり', 2: 'なし' }

/** Every item in the order of the layout (別紙3-1), with its name there and what its codes stand for (別紙5-1). */
const ticketItems: readonly (readonly [
  field: keyof TicketFields,
  label: string,
  codes?: Readonly<Record<string, string>>,
])[] = [
  ['type', '医療券・調剤券の別', { 1: '医療券', 2: '調剤券' }],
  ['validFrom', '有効開始年月日'],
  ['validTo', '有効終了年月日'],
  ['issueNumber', '交付番号'],
  ['month', '診療年月'],
  ['institutionCode', '指定医療機関コード'],
  ['institutionMatch', '指定医療機関の確認', { 0: '一致', 1: '不一致' }],
  ['institutionName', '指定医療機関名'],
  ['issuerCode', '処方箋発行元医療機関コード'],
  ['issuerName', '処方箋発行元医療機関名'],
  ['injury1', '傷病名1'],
  ['injury2', '傷病名2'],
  ['injury3', '傷病名3'],
  ['treatment', '診療別', { 1: '入院', 2: '入院外', 3: '歯科', 4: '調剤', 5: '訪問看護' }],
  ['selfPayYen', '本人支払額'],
  ['districtContact', '地区担当員名'],
  ['handlingContact', '取扱担当者名'],
  ['use', '単独・併用の別', { 1: '単独', 2: '併用' }],
  ['socialInsurance', '社会保険の状況', yesNo],
  ['mismatch', '社会保険の状況の整合性', { 1: '不整合あり' }],
  ['infection', '感染症法第37条の2の該当', yesNo],
  ['elderlyCare', '後期高齢者医療の該当', yesNo],
  ['prefecturalExpenses', '都道府県費の該当', yesNo],
  ['remark1', '備考1'],
  ['remark2', '備考2'],
  ['remark3', '備考3'],
]
