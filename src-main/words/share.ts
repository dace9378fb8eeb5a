// What the desk reads about the patient's share: the rule of a 公費, each step of an amount, and what is still open. An
// amount is said only with its steps; a range says what it is, and never looks like a sum to collect.
import type { ShareRule } from '../eligibility/share/rule.ts'
import type { Amount, Missing, ShareClaim, Step } from '../eligibility/share/share.ts'

const yen = (amount: number): string => `${amount.toLocaleString('ja-JP')}円`

/** `1,500円`, or `0円〜500円` while something is open. */
const amountText = ({ low, high }: Amount): string => (low === high ? yen(low) : `${yen(low)}〜${yen(high)}`)

const percentText = (percent: number): string => (percent % 10 === 0 ? `${percent / 10}割` : `${percent}％`)

/** What the rule says for outpatients, and where in the month the patient stands: `外来 1回200円まで、月2回まで。今月1回目`. */
export function shareRuleText(
  rule: ShareRule,
  { monthlyCap, soFar }: Omit<ShareClaim, 'rule' | 'coveredPoints'>,
): string {
  const said = [
    ...bearsText(rule),
    ...(rule.firstVisitOnly ? ['初診料のある日だけ'] : []),
    ...(rule.perVisit ? [`1回${yen(rule.perVisit.yen)}まで`, ...timesText(rule.perVisit.times)] : []),
    ...(rule.perDay ? [`1日${yen(rule.perDay.yen)}まで`, ...daysText(rule.perDay.days)] : []),
    ...(rule.perMonth ? [monthText(rule.perMonth, monthlyCap)] : []),
  ]
  const where =
    rule.perVisit?.times && soFar.visits !== null
      ? `今月${soFar.visits + 1}回目`
      : rule.perDay?.days && soFar.days !== null
        ? `今月${soFar.days + 1}日目`
        : null
  return `外来 ${said.length === 0 ? '上限なし' : said.join('、')}${where === null ? '' : `。${where}`}`
}

function bearsText({ bears, perVisit, perDay, perMonth }: ShareRule): string[] {
  switch (bears.kind) {
    case 'nothing':
      return ['自己負担なし']
    case 'percentOfCost':
      return [`医療費の${percentText(bears.percent)}まで`]
    case 'fractionOfRemainder':
      return [`保険の自己負担分の${bears.denominator}分の${bears.numerator}`]
    case 'remainder':
      return perVisit || perDay || perMonth ? [] : ['保険の自己負担分']
  }
}

const timesText = (times: number | null): string[] => (times === null ? [] : [`月${times}回まで`])
const daysText = (days: number | null): string[] => (days === null ? [] : [`月${days}日まで`])

function monthText({ yen: ofRule, scope }: NonNullable<ShareRule['perMonth']>, monthlyCap: ShareClaim['monthlyCap']) {
  const cap = ofRule ?? monthlyCap
  if (cap === 'none') return '月額の上限なし'
  const where = { here: 'この医療機関で', everywhere: '薬局などと合わせて', unknown: '' }[scope]
  return cap === null ? '月額の上限は受給者証のとおり' : `${where}月${yen(cap)}まで`
}

const units = { visit: '回', day: '日' } as const

/** `name`: what the 公費 of the step is called on the screen. */
export function shareStepText(step: Step, name: string): string {
  const amount = amountText(step.amount)
  switch (step.code) {
    case 'COST':
      return `${step.points.toLocaleString('ja-JP')}点 × 10円 ＝ 医療費${amount}`
    case 'INSURANCE':
      return step.percent === null
        ? `保険の負担割合が分からないため、自己負担分は${amount}（1割から3割のとき）`
        : step.percent === 100
          ? `保険なし: 自己負担分は${amount}`
          : `保険の自己負担 ${percentText(step.percent)} ＝ ${amount}`
    case 'PART':
      return `${name}の対象 ${step.points.toLocaleString('ja-JP')}点: 保険の自己負担分は${amount}`
    case 'NOTHING':
      return `${name}: 自己負担なし`
    case 'RULE_UNKNOWN':
      return `${name}: 自己負担の決まりが分からないため、${amount}`
    case 'NOT_FIRST_VISIT':
      return step.amount.high === 0
        ? `${name}: 初診料がない日は自己負担なし`
        : `${name}: 初診料がある日だけの負担 ＝ ${amount}`
    case 'PERCENT_OF_COST':
      return `${name}: 医療費の${percentText(step.percent)}まで ＝ ${amount}`
    case 'FRACTION':
      return `${name}: 自己負担分の${step.denominator}分の${step.numerator} ＝ ${amount}`
    case 'COUNT_LIMIT': {
      const { per, yen: limit, most, nth, paid } = step
      const unit = units[per]
      const where = most === null || nth === null ? '' : `（月${most}${unit}まで、今月${nth}${unit}目）`
      const before = paid ? `、今日は${yen(paid)}を支払い済み` : ''
      return `${name}: 1${unit}${yen(limit)}まで${where}${before} ＝ ${amount}`
    }
    case 'COUNT_USED':
      return `${name}: 月${step.most}${units[step.per]}までを過ぎた${step.nth}${units[step.per]}目のため、自己負担なし`
    case 'MONTH_LIMIT':
      return step.paid === null
        ? `${name}: 月額上限${yen(step.yen)}。今月の支払額が分からないため、${amount}`
        : step.paid >= step.yen
          ? `${name}: 月額上限${yen(step.yen)}に達しているため、自己負担なし`
          : `${name}: 月額上限${yen(step.yen)} − 今月の支払い済み${yen(step.paid)} ＝ 残り${yen(step.yen - step.paid)}。今日は${amount}`
    case 'ROUNDED':
      return `${name}: ${step.to}円未満を${{ half: '四捨五入', down: '切り捨て', up: '切り上げ' }[step.way]} ＝ ${amount}`
    case 'REST':
      return `対象外の${step.points.toLocaleString('ja-JP')}点: 保険の自己負担分 ＝ ${amount}`
    case 'TOTAL':
      return step.amount.low === step.amount.high
        ? `窓口でいただく額 ${amount}`
        : `窓口でいただく額は決まりません（${amount}の間）`
  }
}

/** What a person can say to close it. `name`: what the 公費 is called; empty where it is about the visit. */
export function missingText({ code }: Missing, name: string): string {
  return {
    INSURANCE_PERCENT: '保険の負担割合を選んでください。',
    RULE: `${name}の自己負担の決まりが登録されていません。受給者証を見て、レセコンで計算してください。`,
    COVERED_POINTS: `${name}の対象になる点数を入力してください。`,
    OVERLAP: '一部だけを対象にする公費が2つ以上あります。レセコンで計算してください。',
    FIRST_VISIT: '初診料があるかどうかを選んでください。',
    VISITS_SO_FAR: `${name}で今月何回目の受診かを入力してください。`,
    DAYS_SO_FAR: `${name}で今月何日目の受診かを入力してください。`,
    PAID_TODAY: `${name}で今日すでに支払われた額を入力してください。`,
    PAID_THIS_MONTH: `${name}の管理票で、今月の累計を確認してください。`,
    MONTHLY_CAP: `${name}の月額の上限を、受給者証で確認してください。`,
    ROUNDING: `${name}の端数の扱いが分かりません。レセコンで計算してください。`,
  }[code]
}

export const shareScreen = {
  rule: '窓口の負担',
  title: 'お会計の目安',
  note: '診察のあとで点数を入れると、窓口でいただく額を段ごとに確かめられます。請求はレセコンで行います。',
  points: '点数（今日の合計）',
  percent: '保険の負担割合',
  percentChoices: { 10: '1割', 20: '2割', 30: '3割', 100: '保険なし' },
  notChosen: '選択してください',
  firstVisit: '初診料',
  firstVisitChoices: { yes: 'あり', no: 'なし' },
  covered: (name: string) => `うち ${name}の対象の点数`,
  cap: (name: string) => `${name}の月額の上限（円）`,
  noCap: '上限なし',
  paid: {
    here: '今月、この医療機関での支払い済み（円）',
    everywhere: '管理票の今月の累計（円）',
    unknown: '月額の上限に数える今月の支払い済み（円）',
  },
  condition: (name: string) => `${name}の条件`,
  conditionChoice: (place: number, text: string) => `${place}　${text}`,
  chooseCondition: '受給者証と見比べて選択',
  nthVisit: (name: string) => `${name}で今月何回目`,
  nthDay: (name: string) => `${name}で今月何日目`,
  paidToday: (name: string) => `${name}で今日の支払い済み（円）`,
  steps: '計算の段',
  open: 'あと、次のことが分かると額が決まります。',
} as const
