// What the house says about 予防接種 and 健診, in the words of the counter. A code without a sentence does not
// compile.
import type { RegistrationView } from '../contract/reception.ts'
import type { Tell } from '../eligibility/checkup/entry.ts'
import type { OutsideReason } from '../eligibility/registrations.ts'
import type { VoucherAdvice, VoucherJudgement } from '../eligibility/voucher-advice.ts'
import type { CheckupResult, InjectionSite } from '../eligibility/vouchers.ts'

/** `2026-11-23` → `2026年11月23日`. */
const day = (date = '') => {
  const [year, month, date_] = date.split('-').map(Number)
  return `${year}年${month}月${date_}日`
}

/** `7m+1d` → `生後7か月`, `90m` → `7歳6か月`, `14w6d` → `出生14週6日後`; the short forms are those of ages.ts. */
export function ageText(age = ''): string {
  const [, count, unit] = /^(\d+)([my])/.exec(age) ?? []
  if (count !== undefined) {
    const months = Number(count) * (unit === 'y' ? 12 : 1)
    const rest = months % 12
    if (months === 0) return '出生'
    if (months < 12) return `生後${months}か月`
    return rest === 0 ? `${months / 12}歳` : `${Math.floor(months / 12)}歳${rest}か月`
  }
  const [, plain] = /^(\d+)d$/.exec(age) ?? []
  if (plain !== undefined) return `生後${plain}日`
  const [, weeks, days = '0'] = /^(\d+)w(?:(\d)d)?$/.exec(age) ?? []
  if (weeks !== undefined) return `出生${weeks}週${days}日後`
  const [, years, end] = /^fy(\d+)(end)?$/.exec(age) ?? []
  if (years !== undefined) return end ? `${years}歳になる年度の末日` : `${years}歳になる年度の初日`
  return age === 'school-1y' ? '小学校入学の1年前' : '小学校入学の前日'
}

export const pregnancyText = (weeks = '') => weeks.replace(/^(-?\d+)w(-?\d)d$/, '妊娠$1週$2日')

export const spanText = (span = '') => span.replace(/^(\d+)d$/, '$1日').replace(/^(\d+)m$/, '$1か月')

const handbook = '母子健康手帳で確認してください。'
const municipality = '市区町村に確認してください。'
const howToCount = 'どう数えるか、医師と市区町村に確認してください。'

type Values = VoucherAdvice['values']
const advices: Readonly<Record<VoucherAdvice['code'], string | ((values: Values) => string)>> = {
  BEFORE_BIRTH: ({ date }) => `${day(date)}生まれの方には、まだ使えません。生年月日と受診日を確認してください。`,
  VOUCHER_NOT_YET: ({ date }) => `券の有効期間は${day(date)}からです。`,
  VOUCHER_OVER: ({ date }) => `券の有効期間は${day(date)}で終わっています。期間の延長がないか、${municipality}`,
  OTHER_MUNICIPALITY: ({ text }) =>
    `${text}の券です。里帰りなどのときは、相互乗り入れ（広域）の対象か、予防接種実施依頼書があるかを確認してください。`,
  QUESTIONNAIRE_MISSING: 'スマートフォンでの予診票・問診票の回答がありません。紙の用紙に記入していただいてください。',
  QUESTIONNAIRE_OLD: ({ given }) =>
    `予診票・問診票の回答は${day(given)}のものです。今日の体温と体調を確かめてください。`,
  QUESTIONNAIRE_DOCTOR: ({ count }) => `医師が先に確認する回答が${count}件あります。`,
  VACCINE_UNKNOWN: 'この窓口の一覧にないワクチンです。対象年齢と間隔は、券の記載と母子健康手帳で確認してください。',
  VACCINE_DISCONTINUED: ({ text }) =>
    `製造が終わり、在庫だけのワクチンです。在庫がなければ、残りの回数は${text}で受けられます。`,
  RULE_UNCONFIRMED:
    '今年度の対象・期間・製剤は、市区町村の案内で確認してください（このソフトでは確認できていません）。',
  SEX_NOT_TARGET: ({ text }) => `定期接種の対象は${text}です。自治体の助成による券か、${municipality}`,
  TEST_NEEDED: ({ date }) =>
    `${day(date)}までに受けた抗体検査で、抗体が不十分だった方が対象です。検査の結果を確認してください。`,
  PROGRAMME_NOT_YET: ({ date }) => `定期接種は${day(date)}に始まります。それより前の接種は対象になりません。`,
  PROGRAMME_OVER: ({ date }) => `定期接種は${day(date)}で終わっています。`,
  NOT_IN_COHORT: ({ date, to }) => `対象は${day(date)}から${day(to)}までに生まれた方です。`,
  ONLY_IF_ILL: ({ date, age, text }) =>
    `${ageText(age)}（${day(date)}）より前の対象は、次の障害がある方です: ${text}。身体障害者手帳などで確認してください。`,
  NEXT_CHANCE: ({ date, age }) => `次に対象になるのは${ageText(age)}（${day(date)}）からです。`,
  SEASON_NOT_YET: ({ date }) => `例年の接種期間は${day(date)}からです。実施期間を${municipality}`,
  DUE_DATE_NEEDED: ({ date, to, age, text }) =>
    `出産予定日を母子健康手帳で確認してください。${day(date)}から${day(to)}までなら、今日は${pregnancyText(age)}から${pregnancyText(text)}です。`,
  PREGNANCY_TOO_EARLY: ({ date, age, text }) =>
    `今日は${pregnancyText(text)}です。${pregnancyText(age)}（${day(date)}）から受けられます。`,
  PREGNANCY_TOO_LATE: ({ date, age, text }) =>
    `今日は${pregnancyText(text)}です。対象は${pregnancyText(age)}（${day(date)}）までで、今日受けると任意接種（自費）になります。`,
  PREGNANCY_DOSE: ({ given }) =>
    `${day(given)}に受けた記録があります。今回の妊娠での接種か、母子健康手帳と医師に確認してください。`,
  PRODUCT_NOW: ({ text }) => `いまの定期接種で使うのは${text}です。`,
  PRODUCT_GOES_ON: ({ text }) => `${text}。これまでの製剤を${handbook}`,
  TOO_YOUNG: ({ date, age }) => `${ageText(age)}（${day(date)}）から受けられます。`,
  TOO_OLD: ({ date, age }) =>
    `定期接種の対象期間（${ageText(age)}まで）は${day(date)}で終わっています。今日受けると任意接種（自費）になります。`,
  LONG_ILLNESS: ({ age }) =>
    `長期の療養で受けられなかった方は、治ってから2年以内${age ? `（${ageText(age)}まで）` : ''}なら受けられます。${municipality}`,
  EXTENDED: ({ date }) => `特例の対象です。${day(date)}まで受けられます。`,
  EXTENDED_IF_RECOGNISED: ({ date }) =>
    `ワクチン不足で受けられなかったと市区町村が認めた方は、${day(date)}まで受けられます。${municipality}`,
  EXTENSION_OVER: ({ date }) => `特例（経過措置）の期間も${day(date)}で終わっています。`,
  LAST_DAYS: ({ date, age }) => `対象期間は${day(date)}（${ageText(age)}）までです。`,
  HISTORY_UNKNOWN: `これまでの記録の情報がありません。${handbook}`,
  HISTORY_ON_PAPER: '紙の予診票から自治体が登録した記録を含みます。母子健康手帳と見比べてください。',
  RECORDS_DIFFER: ({ date, given }) => `接種の記録が食い違っています（${day(date)}と${day(given)}）。${handbook}`,
  RECORD_AFTER_VISIT: ({ given, text }) => `今日より後の日付（${day(given)}）の${text}の記録があります。${handbook}`,
  GIVEN_TODAY: ({ text }) => `${text}は今日すでに接種の記録があります。`,
  DOSE_GIVEN: ({ given, dose }) => `${dose}は${day(given)}に接種済みです。`,
  SERIES_COMPLETE: ({ count }) => `決められた回数（${count}回）の接種が済んでいます。`,
  SERIES_COMPLETE_FOR_PRODUCT: ({ count, text }) =>
    `${text}なら${count}回で接種完了です。ほかの製剤で始めた場合は続きがあるため、母子健康手帳で製剤を確認してください。`,
  DOSE_LEFT_OUT: ({ dose, text }) => `月齢が進んだため、${dose}は行いません。次は${text}です。`,
  EARLIER_DOSE_UNKNOWN: ({ dose }) => `${dose}の接種記録がありません。${handbook}`,
  DOSE_NUMBER_UNKNOWN: ({ count, dose }) =>
    `${count}回目の券ですが、接種を始めた月齢から、次は${dose}です。券の種類を確認してください。`,
  OTHER_COUNT_DIFFERS: ({ text, count, other }) =>
    `${text}の接種は${count}回、4種・5種混合は${other}回で、回数がそろっていません。進め方を医師に確認してください。`,
  RECORD_VOLUNTARY: ({ given }) => `${day(given)}の接種は対象年齢の前の任意接種です。定期接種の回数に数えません。`,
  RECORD_TOO_YOUNG: ({ given, dose, date, age }) =>
    `${day(given)}の${dose}は${ageText(age)}（${day(date)}）より前の接種のため、回数に数えていません。${howToCount}`,
  RECORD_TOO_SOON: ({ given, dose, date, span, text = '前回' }) =>
    `${day(given)}の${dose}は${text}から${spanText(span)}以上の間隔（${day(date)}から）に足りないため、回数に数えていません。${howToCount}`,
  RECORD_AFTER_PERIOD: ({ given, dose, date, age }) =>
    `${day(given)}の${dose}は対象期間（${ageText(age)}、${day(date)}まで）の後の接種のため、回数に数えていません。${howToCount}`,
  RECORD_SURPLUS: ({ given, count }) =>
    `${day(given)}の${count}回目は、接種を始めた月齢では行わない回です。回数に数えていません。`,
  RECORD_EXTRA: ({ given, text }) => `${day(given)}の${text}は、決められた回数を超えた接種の記録です。${handbook}`,
  RECORD_AFTER_LIVE: ({ given, date, span, text, dose }) =>
    `${day(given)}の${dose}は、${text}から${spanText(span)}以上の間隔（${day(date)}から）に足りません。${howToCount}`,
  RECORD_WITHOUT_RULE: ({ text }) => `${text}は、この窓口の一覧に規則がないため、確かめていません。`,
  SAME_ANTIGEN: ({ given, text }) =>
    `${text}を${day(given)}に受けています。同じ成分を含むため、この回が済んでいないか、母子健康手帳と医師に確認してください。`,
  SAME_ANTIGEN_RECENT: ({ given, date, span, text }) =>
    `${text}を${day(given)}に受けたばかりです。同じ成分を含むため、${spanText(span)}以上（${day(date)}から）あけるか、医師に確認してください。`,
  INTERVAL: ({ date, given, span, dose = '前回' }) =>
    `${dose}（${day(given)}）から${spanText(span)}以上の間隔が必要です。${day(date)}から受けられます。`,
  INTERVAL_BY_DOCTOR: ({ date, given, span }) =>
    `前回（${day(given)}）から${spanText(span)}以上たっていますが、${day(date)}より前は医師が必要と認めたときだけ受けられます。`,
  INTERVAL_THIRD_DOSE: ({ date, given }) =>
    `前回（${day(given)}）から5か月たっていません。${day(date)}より前に受けると、9価でも3回目の接種が必要になります。`,
  INTERVAL_BY_EXTENSION: ({ date, given, span }) =>
    `特例により、前回（${day(given)}）から${spanText(span)}以上で受けられます（通常は${day(date)}から）。医師に確認してください。`,
  LIVE_INTERVAL: ({ date, given, text, span }) =>
    `${text}を${day(given)}に受けています。注射生ワクチンどうしは${spanText(span)}以上あけます。${day(date)}から受けられます。`,
  UNKNOWN_VACCINE_RECENT: ({ date, given, text }) =>
    `${text}を${day(given)}に受けています。注射生ワクチンなら、${day(date)}まで待ちます。`,
  NO_ROOM: ({ date, given }) => `受けられるのは${day(given)}からで、期限（${day(date)}）を過ぎます。${municipality}`,
  USUAL_INTERVAL: ({ given, span }) => `標準の間隔は、前回（${day(given)}）から${spanText(span)}以上です。`,
  LONGER_THAN_USUAL: ({ given, span }) =>
    `前回（${day(given)}）から、標準の間隔（${spanText(span)}まで）を過ぎています。`,
  BEFORE_STANDARD: ({ age }) => `標準的な接種期間は${ageText(age)}からです。`,
  AFTER_STANDARD: ({ age }) => `標準的な接種期間（${ageText(age)}まで）を過ぎています。`,
  LATE_START: ({ date, age }) =>
    `1回目は${ageText(age)}（${day(date)}）までが勧められています。腸重積症の起こりやすさのため、医師に確認してください。`,
  PRODUCT_OVER: ({ text, date, age }) => `${text}は${ageText(age)}（${day(date)}）までで、今日は使えません。`,
  PRODUCT_COMPLETE: ({ text, count }) => `${text}なら${count}回で接種完了です。使った製剤を${handbook}`,
  PRODUCT_SAME: '1回目と同じ製剤で受けます。',
  DOSES_FOR_PRODUCT: ({ text, count }) => `${text}の${count}回接種として判定しています。`,
  CHECKUP_BY_MUNICIPALITY: '対象と時期は市区町村が決めます。受診券の記載に従ってください。',
  CHECKUP_UNKNOWN: '市区町村が独自に行う健診です。対象は受診券の記載に従います。',
  CHECKUP_TOO_YOUNG: ({ date, age = '' }) =>
    /^\d+d$/.test(age)
      ? `対象は${ageText(age)}（${day(date)}）からです。`
      : `対象は${ageText(age)}を過ぎた${day(date)}からです。`,
  CHECKUP_TOO_OLD: ({ date, age }) => `対象は${ageText(age)}（${day(date)}）までです。受診できるか、${municipality}`,
  CHECKUP_DONE: ({ given }) => `${day(given)}に受診済みです。`,
  CHECKUP_TODAY: '今日すでに受診の記録があります。',
  CHECKUP_GROUP: '集団健診の券です。会場で受ける健診のため、この医療機関で使えるか、市区町村に確認してください。',
  CHECKUP_WEEKS: '目安は、妊娠23週まで4週に1回、24週から35週は2週に1回、36週からは週1回です。',
  CHECKUP_COUNT: ({ count, other }) => `これまでの記録は${count}回です（公費の目安は${other}回程度）。`,
  CHECKUP_COUNT_FULL: ({ count, other }) =>
    `これまでの記録が${count}回あり、公費の${other}回分を使い終えています。追加の券か、${municipality}`,
  CHECKUP_AGAIN: ({ given }) => `${day(given)}に検査の記録があります。確認検査も助成の対象か、${municipality}`,
  CHECKUP_POSTPARTUM: '時期は、出産からおおむね2週間と1か月の2回です。出産日を母子健康手帳で確認してください。',
  CHECKUP_ITEMS: ({ text }) => `助成には、次のすべての実施が必要です: ${text}。`,
}

/** The sentence of one line about a voucher. */
export function voucherAdviceText({ code, values }: Pick<VoucherAdvice, 'code' | 'values'>): string {
  const entry = advices[code]
  return typeof entry === 'function' ? entry(values) : entry
}

type Judged = Pick<VoucherJudgement, 'verdict' | 'earliest'>

/** The judgement of a 接種券 in a word. */
export function doseVerdictText({ verdict, earliest }: Judged): string {
  switch (verdict) {
    case 'today':
      return '本日接種できます'
    case 'check':
      return '確認してから接種できます'
    case 'wait':
      return earliest ? `${day(earliest)}から接種できます` : 'まだ接種できません'
    case 'no':
      return '本日は定期接種の対象外です'
    case 'given':
      return '接種済みです'
  }
}

/** The judgement of a 受診券 in a word. */
export function checkupVerdictText({ verdict, earliest }: Judged): string {
  switch (verdict) {
    case 'today':
      return '本日受診できます'
    case 'check':
      return '確認してから受診できます'
    case 'wait':
      return earliest ? `${day(earliest)}から受診できます` : 'まだ受診できません'
    case 'no':
      return '本日は対象外です'
    case 'given':
      return '受診済みです'
  }
}

export const siteText: Readonly<Record<InjectionSite, string>> = {
  leftUpperArm: '左上腕',
  rightUpperArm: '右上腕',
  leftThigh: '左大腿',
  rightThigh: '右大腿',
  oral: '経口',
  other: 'その他',
}

export const checkupResultText: Readonly<Record<CheckupResult, string>> = {
  noFindings: '異常なし',
  observation: '要経過観察',
  furtherExamination: '要精密検査',
  treatment: '要治療',
}

/** Why something outside its rule is registered all the same. */
export const outsideReasonText: Readonly<Record<OutsideReason, string>> = {
  municipality: '市区町村に確認した（対象と認められた）',
  doctor: '医師が必要と判断した',
  voluntary: '任意接種・自費として行った',
  mistake: '誤って行った（市区町村へ報告する）',
}

type Registered = Pick<RegistrationView, 'state' | 'action' | 'isStanding'>

/** How far it has got. What has been corrected or cancelled since does not stand there as if it held. */
export function registrationStateText({ state, action, isStanding }: Registered): string {
  switch (state) {
    case 'queued':
      return { register: '登録待ち', correct: '訂正待ち', cancel: '取り消し待ち' }[action]
    case 'registered':
      if (action === 'cancel') return '取り消しました'
      if (!isStanding) return '変更・取り消し前の記録'
      return action === 'correct' ? '訂正しました' : '登録済み'
    case 'refused':
      return '登録できません'
    case 'withdrawn':
      return '取りやめ'
  }
}

export const vaccinationScreen = {
  questionnaire: (name: string, count: number) => `${name}の回答（${count}問）`,
  forDoctor: '医師が先に確認',
  registerDose: '接種を登録する',
  registerCheckup: '健診の結果を登録する',
  registerOutside: '対象外・時期外のまま登録する…',
  reason: '対象外・時期外でも登録する理由',
  reasonNote: '本日は接種・受診の対象ではありません。理由を選ぶと登録できます。',
  reasonWas: (reason: string) => `対象外・時期外での登録：${reason}`,
  standing: '訂正と取り消しは、下の「この受付で登録した記録」でできます。',
  lot: '製造番号（ロット）',
  lotRead: (lot: string) => `バーコードから読み取り: ${lot}`,
  site: '接種部位',
  doseNumber: '回数（通算）',
  givenOn: '接種日',
  doneOn: '受診日',
  result: '結果',
  choose: '選んでください',
  send: '登録する',
  close: 'やめる',
  registrations: 'この受付で登録した記録',
  actions: { register: '登録', correct: '訂正', cancel: '取り消し' },
  times: (number: number) => `${number}回目`,
  correct: '訂正する',
  cancel: '登録を取り消す',
  cancelConfirm: '自治体の記録からも取り消します。よろしいですか？',
  cancelYes: '取り消す',
  retry: 'もう一度登録する',
  withdraw: '登録しない',
  goesOn: 'つながり次第、自動で登録します。',
  items: '実施した項目',
  support: '支援の判断（医師など）',
  supportNeeded: '支援が必要',
  supportNotNeeded: '今は必要ない',
  loss: '今回の妊娠で流産・死産を経験した',
  missing: (names: readonly string[]) => `未記入の項目: ${names.join('、')}。このままでは助成の対象になりません。`,
  unpaid: '助成の対象にならないことを承知して登録する',
  tellMunicipality: '住所地の市区町村へ、速やかに情報提供してください。',
  tellBecause: (reasons: readonly string[]) => `理由: ${reasons.join('、')}`,
  tellWhy: (tell: Tell) => {
    switch (tell.why) {
      case 'points':
        return `${tell.item}が${tell.points}点（${tell.from}点以上）`
      case 'staff':
        return '支援が必要と判断'
      case 'loss':
        return '流産・死産の経験'
    }
  },
  past: (count: number) => `これまでの接種・健診（${count}件）`,
  onPaper: '紙の記録',
  checkHistory: (count: number) =>
    count === 0 ? '接種歴を確かめる（気になる記録なし）' : `接種歴を確かめる（気になる記録${count}件）`,
  historyIsRight: (count: number) => `${count}件の記録を確かめました。気になる記録はありません。`,
  comesNext: 'これから受ける接種',
  comesNextNote: '記録にない接種が済んでいることもあります。母子健康手帳と見比べてください。',
} as const
