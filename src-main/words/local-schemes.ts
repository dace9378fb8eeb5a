// What the national master says of a local scheme, in the words of the counter: whom a condition is for, what the patient
// pays and up to how much. Cells whose meaning nobody has confirmed are told as they are written, with the publisher's name.
import type { LocalCondition, LocalScheme, LocalShare } from '../eligibility/local/scheme.ts'

export const localScreen = {
  title: '制度の内容（地単公費マスター）',
  condition: (place: number, of: number) => `条件 ${place}／${of}`,
  choose: 'どの条件に当たるかは、受給者証と見比べてください。',
  others: 'そのほかの項目（コードの意味は未確認）',
  unconfirmed: '列の意味は公表資料で確かめられていません。金額は受給者証と見比べてください。',
} as const

/** Whose it is and what it is called. */
export const localSchemeTitle = ({ prefecture, municipality, name }: LocalScheme): string => {
  const place = `${prefecture}${municipality ?? ''}`
  return name.startsWith(place) || (municipality !== null && name.startsWith(municipality)) ? name : `${place} ${name}`
}

export interface Fact {
  readonly label: string
  readonly text: string
}

const yen = (amount: number) => `${amount.toLocaleString('ja-JP')}円`

const joined = (texts: readonly (string | null)[], between = '、'): string | null => {
  const said = texts.filter((text) => text !== null && text !== '')
  return said.length > 0 ? said.join(between) : null
}

/** Whatever is said of a condition, in the order in which staff compare it with the paper. */
export function localFacts(condition: LocalCondition): readonly Fact[] {
  const { share, caps, rounding, onTopOf, order } = condition
  const facts: readonly (readonly [string, string | null])[] = [
    ['対象', whom(condition)],
    ['保険', joined(condition.insurances.map((name) => insurances[name]))],
    ['入院・外来', joined(condition.settings.map((name) => settings[name]))],
    ['使えるとき', when(condition)],
    ['自己負担（外来）', shareText(share.outpatient)],
    ['上限（外来）', outpatientCaps(caps.outpatient)],
    ['自己負担（入院）', shareText(share.inpatient)],
    ['上限（入院）', inpatientCaps(caps.inpatient)],
    ['上限の合算', caps.isTogether ? '入院と外来を合わせて数えます' : null],
    ['端数', rounding && roundingText(rounding)],
    ['ほかの公費', onTopOf && `${onTopOf.schemes.join('、') || 'ほかの公費'}の自己負担分を助成します`],
    ['優先順位', order === null ? null : String(order)],
    ['期間', period(condition)],
  ]
  return facts.flatMap(([label, text]) => (text === null ? [] : [{ label, text }]))
}

/** Whom a condition is for and what an outpatient pays, in one line: enough to tell it from the others of its scheme. */
export const localConditionText = (condition: LocalCondition): string =>
  joined([
    whom(condition),
    when(condition),
    shareText(condition.share.outpatient),
    outpatientCaps(condition.caps.outpatient),
  ]) ?? '記載なし'

const settings = { inpatient: '入院', outpatient: '外来' } as const
const insurances = { employees: '社保', national: '国保', elderly: '後期高齢' } as const
const groups = {
  singleParent: 'ひとり親等',
  longTermHighCost: '高額かつ長期',
  severe: '重症患者認定',
  severeContinuing: '重度かつ継続',
  ventilator: '人工呼吸器等装着者',
} as const
const occasions = {
  firstVisitOnly: '初診時のみ',
  firstAdmissionOnly: '入院初回時のみ',
  continuousStay: '連続入院',
} as const

function whom({ ageFrom, ageBelow, groups: of, household, incomeClass }: LocalCondition): string | null {
  const age = (limit: LocalCondition['ageFrom'], word: string) =>
    limit && `${limit.years}歳${word}${limit.basis === 'fiscalYear' ? '（年度で数えます）' : ''}`
  return joined([
    joined([age(ageFrom, '以上'), age(ageBelow, '未満')], ''),
    ...of.map((name) => groups[name]),
    household &&
      (joined([
        household.children === null ? null : `子ども${household.children}人以上`,
        household.child === null ? null : `第${household.child}子`,
      ]) ??
        '多子世帯'),
    incomeClass,
  ])
}

const between = (range: LocalCondition['visits'], unit: string): string | null =>
  range && `${range.from ?? ''}${unit}～${range.to === null ? '' : `${range.to}${unit}`}`

const when = ({ occasions: said, stayMonths, visits }: LocalCondition): string | null =>
  joined([
    ...said.map((name) => occasions[name]),
    stayMonths && `入院${between(stayMonths, 'か月')}`,
    visits && `受診${between(visits, '回')}`,
  ])

/** null: nothing is said of it. */
function shareText(share: LocalShare): string | null {
  if (share === null) return null
  const { kind, yen: amount, percent, fraction } = share
  const how = joined([
    amount === null ? null : yen(amount),
    percent === null ? null : `${percent}%`,
    fraction && `${fraction.denominator}分の${fraction.numerator}`,
  ])
  switch (kind) {
    case 'free':
      return 'なし'
    case 'patientPays':
      return how ?? 'あり（額の記載なし）'
    case 'schemePays':
      return `${how ?? '額の記載なし'}を助成します（残りが自己負担）`
    case null:
      return how && `${how}（自己負担か助成かは受給者証で確認）`
  }
}

const perMonth = (amount: number | null, repeat: number | null): string | null =>
  joined([amount === null ? null : `1か月${yen(amount)}`, repeat === null ? null : `多数回該当は1か月${yen(repeat)}`])

const outpatientCaps = (caps: LocalCondition['caps']['outpatient']): string | null =>
  joined([
    caps.perVisitYen === null
      ? null
      : `1回${yen(caps.perVisitYen)}${caps.visits === null ? '' : `（${caps.visits}回まで）`}`,
    caps.perDayYen === null ? null : `1日${yen(caps.perDayYen)}${caps.days === null ? '' : `（${caps.days}日まで）`}`,
    perMonth(caps.perMonthYen, caps.perMonthRepeatYen),
  ])

const inpatientCaps = (caps: LocalCondition['caps']['inpatient']): string | null =>
  joined([
    caps.perDayYen === null ? null : `1日${yen(caps.perDayYen)}${caps.days ? `（${between(caps.days, '日')}）` : ''}`,
    perMonth(caps.perMonthYen, caps.perMonthRepeatYen),
  ])

const methods = { down: '切り捨て', nearest: '四捨五入', up: '切り上げ' } as const

const roundingText = ({ unitYen, method }: NonNullable<LocalCondition['rounding']>): string | null =>
  joined([unitYen === null ? null : `${unitYen}円単位`, method && methods[method]], 'で')

/** `2026-11-23` → `2026/11/23`. */
const day = (date: string) => date.replaceAll('-', '/')

const period = ({ validFrom, validTo }: LocalCondition): string | null =>
  validFrom === null && validTo === null
    ? null
    : `${validFrom === null ? '' : day(validFrom)}～${validTo === null ? '' : day(validTo)}`
