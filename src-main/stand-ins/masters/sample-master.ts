// A national master of local schemes in the publisher's form and of its size, invented: no real file may be shipped. The same
// seed gives the same file, byte for byte. Numbers follow the rules, a few are published ones, so that the sample patients'
// certificates are found; conditions are of the kinds that municipalities publish. Its codes are those that are assumed.
import { type ColumnKey, columns } from '../../eligibility/local/columns.ts'
import type { LocalSchemes } from '../../eligibility/local/judge.ts'
import { municipalitiesOf, prefectureName } from '../../eligibility/local/place-names.ts'
import { rowKeys, schemesOf } from '../../eligibility/local/row.ts'
import { sampleMark } from '../../eligibility/local/sample.ts'
import { countsOn } from '../../eligibility/local/scheme.ts'
import { checkDigit } from '../../eligibility/numbers.ts'

/** Rows of the publisher's file of August 2026. */
export const usualRows = 23_000

type Row = Partial<Record<ColumnKey, string | number>>

const bom = '\uFEFF'

/** The file's text, row by row. */
export function* sampleMaster(rows = usualRows, seed = 1): Generator<string> {
  let left = rows
  yield bom
  for (const row of sampleRows(seed)) {
    if (left-- <= 0) return
    const marked = { ...row, name: `${row.name}${sampleMark}` }
    yield `${columns.map(([key]) => written(marked[key])).join(',')}\r\n`
  }
}

const written = (value: string | number = '') => {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The known ones first, then every municipality with its schemes, until nobody wants more. */
function* sampleRows(seed: number): Generator<Row> {
  yield* knownRows()
  const random = randomFrom(seed)
  for (let round = 0; ; round++) {
    for (let code = 1; code <= 47; code++) {
      const prefecture = String(code).padStart(2, '0')
      const municipalities = municipalitiesOf(prefecture).filter(([, name]) => !/市.+区$/.test(name))
      for (const [place, municipality] of municipalities.entries()) {
        yield* rowsOf({ prefecture, municipality, place: place + 1, round, random })
      }
    }
  }
}

interface Town {
  readonly prefecture: string
  readonly municipality: readonly [string, string]
  /** Its place in the prefecture, from 1: 実施機関番号. */
  readonly place: number
  readonly round: number
  readonly random: () => number
}

function* rowsOf({ prefecture, municipality: [code, name], place, round, random }: Town): Generator<Row> {
  for (const kind of kinds) {
    if (random() < kind.leftOut) continue
    const divisions = 1 + Math.floor(random() * 3)
    const pattern = pick(patterns, random)
    for (let division = 1; division <= divisions; division++) {
      yield {
        ...common(prefecture, `${code}${localCheckDigit(code)}`),
        name: `${prefectureName(prefecture)}${name}${kind.name}に関する条例に基づく${kind.name}事業`,
        shortName: `${name}${kind.short}`,
        payerNumber: payerNumber(`${kind.code}${prefecture}${String((place + round * 200) % 1000).padStart(3, '0')}`),
        division,
        ...kind.whom(division, random),
        ...pattern(division),
        // Written by hand: every now and then with a comma or a line end.
        ...(random() < 0.01 && { incomeClassName: `一般${random() < 0.5 ? ',' : '\n'}住民税課税世帯` }),
      }
    }
  }
}

const common = (prefecture: string, municipalityCode: string): Row => ({
  prefectureCode: prefecture,
  municipalityCode,
  validFrom: '20250401',
  validTo: '99991231',
  outpatient: 1,
  employeesInsurance: 1,
  nationalInsurance: 1,
  method: 1,
  conditionFlag: 1,
  roundingUnit: 2,
  roundingMethod: 2,
  capKind: 1,
  order: 90,
})

const payerNumber = (body: string): string => `${body}${checkDigit(body)}`

/** 検査数字 of the municipality's code (modulus 11). */
function localCheckDigit(code: string): string {
  const sum = [...code].reduce((total, digit, index) => total + Number(digit) * (6 - index), 0)
  return String(sum < 11 ? 11 - sum : (11 - (sum % 11)) % 10)
}

interface SampleKind {
  readonly code: string
  readonly name: string
  readonly short: string
  /** The share of municipalities that have none in kind. */
  readonly leftOut: number
  readonly whom: (division: number, random: () => number) => Row
}

const kinds: readonly SampleKind[] = [
  {
    code: '88',
    name: '子どもの医療費の助成',
    short: 'こども医療',
    leftOut: 0.02,
    whom: (division) => ({
      ageFrom: [0, 6, 15][division - 1] ?? 0,
      ageFromBasis: 2,
      ageBelow: [6, 15, 18][division - 1] ?? 18,
      ageBelowBasis: 2,
    }),
  },
  {
    code: '81',
    name: 'ひとり親家庭等の医療費の助成',
    short: 'ひとり親医療',
    leftOut: 0.1,
    whom: () => ({
      singleParent: 1,
      incomeClass: 1,
      incomeClassName: '住民税課税世帯・非課税世帯の別による',
      ageBelow: 18,
      ageBelowBasis: 2,
    }),
  },
  {
    code: '80',
    name: '重度心身障害者の医療費の助成',
    short: '重度障害者医療',
    leftOut: 0.1,
    whom: (division) => ({
      severe: 1,
      elderlyInsurance: 1,
      incomeClass: division,
      incomeClassName: '身体障害者手帳1級・2級又は療育手帳A',
    }),
  },
  {
    code: '82',
    name: '老人（高齢期移行者）の医療費の助成',
    short: '高齢期移行',
    leftOut: 0.6,
    whom: () => ({
      ageFrom: 65,
      ageFromBasis: 1,
      ageBelow: 70,
      ageBelowBasis: 1,
      incomeClass: 2,
      incomeClassName: '低所得Ⅱ・低所得Ⅰ',
    }),
  },
  {
    code: '89',
    name: '青少年（高校生等）の医療費の助成',
    short: '高校生等医療',
    leftOut: 0.2,
    whom: (_, random) => ({
      ageFrom: 15,
      ageFromBasis: 2,
      ageBelow: 18,
      ageBelowBasis: 2,
      ...(random() < 0.2 && { school: 1 }),
    }),
  },
  {
    code: '86',
    name: '多子世帯の第三子以降に係る医療費の助成',
    short: '多子世帯医療',
    leftOut: 0.8,
    whom: () => ({ siblings: 1, childrenFrom: 3, childOrder: 3, ageBelow: 18, ageBelowBasis: 2 }),
  },
]

const patientPays = { inpatientKind: 2, outpatientKind: 2 }

/** What the patient pays, as municipalities set it; by the division of a scheme. */
const patterns: readonly ((division: number) => Row)[] = [
  () => ({ inpatient: 1, inpatientKind: 1, outpatientKind: 1 }),
  () => ({ ...patientPays, outpatientYen: 200, visitCapYen: 200 }),
  (division) => ({
    ...patientPays,
    outpatientYen: 500,
    visitCapYen: 500,
    visitCapTimes: 2,
    outpatientDayCapYen: 500,
    outpatientDayCapDays: division + 1,
  }),
  (division) => ({
    inpatient: 1,
    ...patientPays,
    inpatientPercent: 10,
    outpatientPercent: 10,
    outpatientMonthCapYen: 18_000 / division,
    inpatientMonthCapYen: 57_600,
    inpatientRepeatCapYen: 44_400,
    capTogether: 1,
  }),
  () => ({
    ...patientPays,
    outpatientYen: 530,
    visitCapYen: 530,
    visitCapTimes: 4,
    onTop: 1,
    onTopOf1: '54',
    onTopOf2: '52',
  }),
  () => ({
    inpatient: 1,
    ...patientPays,
    outpatientNumerator: 1,
    outpatientDenominator: 3,
    inpatientNumerator: 1,
    inpatientDenominator: 3,
    inpatientDayCapYen: 700,
    inpatientDayFrom: 1,
    inpatientDayTo: 10,
    onTop: 1,
    mealKind: 1,
  }),
]

/** Schemes of the sample patients' municipality, with numbers that it publishes. */
function* knownRows(): Generator<Row> {
  const hachioji = common('13', '132012')
  yield {
    ...hachioji,
    name: '八王子市乳幼児の医療費の助成',
    shortName: 'マル乳',
    payerNumber: '88138243',
    division: 1,
    inpatient: 1,
    ageBelow: 6,
    ageBelowBasis: 2,
    inpatientKind: 1,
    outpatientKind: 1,
  }
  yield {
    ...hachioji,
    name: '八王子市義務教育就学児の医療費の助成',
    shortName: 'マル子',
    payerNumber: '88131248',
    division: 1,
    inpatient: 1,
    ageFrom: 6,
    ageFromBasis: 2,
    ageBelow: 15,
    ageBelowBasis: 2,
    inpatientKind: 1,
    outpatientKind: 2,
    outpatientYen: 200,
    visitCapYen: 200,
  }
  yield {
    ...hachioji,
    name: '八王子市高校生等の医療費の助成',
    shortName: 'マル青',
    payerNumber: '89131247',
    division: 1,
    inpatient: 1,
    ageFrom: 15,
    ageFromBasis: 2,
    ageBelow: 18,
    ageBelowBasis: 2,
    inpatientKind: 1,
    outpatientKind: 2,
    outpatientYen: 200,
    visitCapYen: 200,
  }
  const singleParent = {
    ...hachioji,
    inpatient: 1,
    singleParent: 1,
    elderlyInsurance: 1,
    onTop: 1,
    onTopOf1: '15',
    onTopOf2: '21',
  }
  yield {
    ...singleParent,
    name: '八王子市ひとり親家庭等医療費の助成',
    shortName: 'マル親',
    payerNumber: '81136244',
    division: 1,
    incomeClass: 1,
    incomeClassName: '住民税課税世帯',
    ...patientPays,
    inpatientPercent: 10,
    outpatientPercent: 10,
    outpatientMonthCapYen: 18_000,
    inpatientMonthCapYen: 57_600,
    inpatientRepeatCapYen: 44_400,
  }
  yield {
    ...singleParent,
    name: '八王子市ひとり親家庭等医療費の助成',
    shortName: 'マル親',
    payerNumber: '81136244',
    division: 1,
    incomeClass: 2,
    incomeClassName: '住民税非課税世帯の児童',
    ageBelow: 18,
    ageBelowBasis: 2,
    inpatientKind: 1,
    outpatientKind: 1,
  }
  yield {
    ...singleParent,
    name: '八王子市ひとり親家庭等医療費の助成',
    shortName: 'マル親',
    payerNumber: '81137242',
    division: 1,
    incomeClass: 2,
    incomeClassName: '住民税非課税世帯',
    inpatientKind: 1,
    outpatientKind: 1,
  }
}

/** The same, without a file. */
export const knownSchemes: LocalSchemes = {
  find(payerNumber, day) {
    const rows = [...knownRows()]
      .map((row) => columns.map(([key]) => String(row[key] ?? '')))
      .filter((cells) => rowKeys(cells).payerNumber === payerNumber)
    const schemes = schemesOf(rows, 'assumed').map((scheme) => ({
      ...scheme,
      conditions: scheme.conditions.filter((condition) => countsOn(day, condition)),
    }))
    return schemes.filter(({ conditions }) => conditions.length > 0)
  },
}

const pick = <T>(list: readonly [T, ...T[]] | readonly T[], random: () => number): T => {
  const found = list[Math.floor(random() * list.length)]
  if (found === undefined) throw new Error('an empty list')
  return found
}

/** Numbers from 0 to 1 that a seed brings back (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
