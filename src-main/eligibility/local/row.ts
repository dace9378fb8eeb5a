// One row of the national master of local schemes: whether it is one, and what it says. Nothing is corrected, nothing is
// guessed: a cell whose meaning is not known is told as it is written.
import { isPayerNumber } from '../numbers.ts'
import { type CellReader, type Cells, type CodeReading, cellOf, createCellReader, dayOf, itemOf } from './cells.ts'
import { assumedCodes, type ColumnKey, columns } from './columns.ts'
import { municipalityName, prefectureName } from './place-names.ts'
import type { LocalCondition, LocalScheme, LocalShare } from './scheme.ts'

/** What is wrong with a row: the publisher's name of the column, null where their number is not right. */
export interface RowFault {
  readonly item: string | null
}

/** The first thing that makes it no row of the master; null: it is one. */
export function rowFault(cells: Cells): RowFault | null {
  if (cells.length !== columns.length) return { item: null }
  const fault = (key: ColumnKey): RowFault => ({ item: itemOf(key) })
  if (cellOf(cells, 'name').trim() === '') return fault('name')
  if (prefectureName(cellOf(cells, 'prefectureCode')) === null) return fault('prefectureCode')
  const number = cellOf(cells, 'payerNumber')
  if (number !== '' && !isPayerNumber(number)) return fault('payerNumber')
  const [from, to] = [dayOf(cells, 'validFrom'), dayOf(cells, 'validTo')]
  if (from === undefined) return fault('validFrom')
  if (to === undefined || (from !== null && to !== null && to < from)) return fault('validTo')
  return null
}

/** By what a row is found. */
export interface RowKeys {
  /** Empty: nobody can be shown it for a certificate. */
  readonly payerNumber: string
  /** The scheme that the row is a condition of. */
  readonly scheme: string
  /** YYYY-MM-DD; null: since ever. */
  readonly validFrom: string | null
  /** Last day; null: no end. */
  readonly validTo: string | null
}

/** `cells`: of a row without fault. */
export const rowKeys = (cells: Cells): RowKeys => ({
  payerNumber: cellOf(cells, 'payerNumber'),
  scheme: (['prefectureCode', 'municipalityCode', 'payerNumber', 'division'] as const)
    .map((key) => cellOf(cells, key))
    .join(' '),
  validFrom: dayOf(cells, 'validFrom') ?? null,
  validTo: dayOf(cells, 'validTo') ?? null,
})

/** Whose a scheme is, by its key. */
export function placeOfScheme(scheme: string): Pick<LocalScheme, 'payerNumber' | 'prefecture' | 'municipality'> {
  const [prefecture = '', municipality = '', payerNumber = ''] = scheme.split(' ')
  return {
    payerNumber,
    prefecture: prefectureName(prefecture) ?? '',
    municipality: municipalityName(municipality),
  }
}

/** The schemes of some rows, each with its conditions, in the order of the rows. */
export function schemesOf(rows: readonly Cells[], reading: CodeReading): LocalScheme[] {
  const groups = Map.groupBy(rows, (cells) => `${rowKeys(cells).scheme} ${cellOf(cells, 'name')}`)
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...schemeOf(first), conditions: [first, ...others].map((cells) => conditionOf(cells, reading)) }] : [],
  )
}

const schemeOf = (cells: Cells): Omit<LocalScheme, 'conditions'> => ({
  payerNumber: cellOf(cells, 'payerNumber'),
  name: cellOf(cells, 'name'),
  shortName: cellOf(cells, 'shortName') || null,
  prefecture: prefectureName(cellOf(cells, 'prefectureCode')) ?? '',
  municipality: municipalityName(cellOf(cells, 'municipalityCode')),
  division: cellOf(cells, 'division'),
  inKind: true,
})

/** Told with the scheme, or with the period. */
const saidAlready = ['name', 'shortName', 'prefectureCode', 'payerNumber', 'division', 'validFrom', 'validTo'] as const

function conditionOf(cells: Cells, reading: CodeReading): LocalCondition {
  const code = cellOf(cells, 'municipalityCode')
  // The prefecture's own (13000), or a municipality that is known: told with the scheme.
  const isPlaced = /^\d\d000\d?$/.test(code) || municipalityName(code) !== null
  const reader = createCellReader(cells, reading, isPlaced ? [...saidAlready, 'municipalityCode'] : saidAlready)
  const condition = {
    validFrom: dayOf(cells, 'validFrom') ?? null,
    validTo: dayOf(cells, 'validTo') ?? null,
    ...whom(reader),
    occasions: reader.said([
      ['firstVisitOnly', 'firstVisitOnly'],
      ['firstAdmissionOnly', 'firstAdmissionOnly'],
      ['continuousStay', 'continuousStay'],
    ]),
    stayMonths: reader.range('stayMonthFrom', 'stayMonthTo'),
    visits: reader.range('visitFrom', 'visitTo'),
    share: { inpatient: share(reader, 'inpatient'), outpatient: share(reader, 'outpatient') },
    caps: caps(reader),
    rounding: rounding(reader),
    onTopOf: onTopOf(reader),
    order: reader.number('order'),
  }
  return { ...condition, others: reader.rest() }
}

function whom(reader: CellReader) {
  const age = (basis: ColumnKey, years: ColumnKey) => {
    const count = reader.number(years)
    return count === null ? null : { years: count, basis: reader.code(basis, assumedCodes.age) }
  }
  const [children, child] = [reader.number('childrenFrom'), reader.number('childOrder')]
  const isForSiblings = reader.isSaid('siblings') || children !== null || child !== null
  return {
    ageFrom: age('ageFromBasis', 'ageFrom'),
    ageBelow: age('ageBelowBasis', 'ageBelow'),
    settings: reader.said([
      ['inpatient', 'inpatient'],
      ['outpatient', 'outpatient'],
    ]),
    insurances: reader.said([
      ['employees', 'employeesInsurance'],
      ['national', 'nationalInsurance'],
      ['elderly', 'elderlyInsurance'],
    ]),
    groups: reader.said([
      ['singleParent', 'singleParent'],
      ['longTermHighCost', 'longTermHighCost'],
      ['severe', 'severe'],
      ['severeContinuing', 'severeContinuing'],
      ['ventilator', 'ventilator'],
    ]),
    incomeClass: reader.text('incomeClassName') || null,
    household: isForSiblings ? { children, child } : null,
  }
}

function share(reader: CellReader, setting: 'inpatient' | 'outpatient'): LocalShare {
  const fraction = reader.pair(`${setting}Numerator`, `${setting}Denominator`)
  const found = {
    kind: reader.code(`${setting}Kind`, assumedCodes.share),
    yen: reader.number(`${setting}Yen`),
    percent: reader.number(`${setting}Percent`),
    fraction: fraction && { numerator: fraction[0], denominator: fraction[1] },
  }
  return Object.values(found).every((value) => value === null) ? null : found
}

const caps = (reader: CellReader): LocalCondition['caps'] => ({
  kind: reader.code('capKind', assumedCodes.cap),
  isTogether: reader.isSaid('capTogether'),
  outpatient: {
    perVisitYen: reader.number('visitCapYen'),
    visits: reader.number('visitCapTimes'),
    perDayYen: reader.number('outpatientDayCapYen'),
    days: reader.number('outpatientDayCapDays'),
    perMonthYen: reader.number('outpatientMonthCapYen'),
    perMonthRepeatYen: reader.number('outpatientRepeatCapYen'),
  },
  inpatient: {
    perDayYen: reader.number('inpatientDayCapYen'),
    days: reader.range('inpatientDayFrom', 'inpatientDayTo'),
    perMonthYen: reader.number('inpatientMonthCapYen'),
    perMonthRepeatYen: reader.number('inpatientRepeatCapYen'),
  },
})

function rounding(reader: CellReader): LocalCondition['rounding'] {
  const unitYen = reader.code('roundingUnit', assumedCodes.roundingUnit)
  const method = reader.code('roundingMethod', assumedCodes.roundingMethod)
  return unitYen === null && method === null ? null : { unitYen, method }
}

function onTopOf(reader: CellReader): LocalCondition['onTopOf'] {
  const isSaid = reader.isSaid('onTop')
  const schemes = (['onTopOf1', 'onTopOf2', 'onTopOf3'] as const)
    .map((key) => reader.text(key))
    .filter((text) => text !== '')
  return isSaid || schemes.length > 0 ? { schemes } : null
}
