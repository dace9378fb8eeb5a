// What the house says about 医療費助成, in the words of the counter: advice, differences, the order on the claim, and names.
// A code without a sentence does not compile.
import type { Advice, Choice, ClaimOrder, Difference, NameAdvice, OrderRule } from '../eligibility/assessment.ts'
import { type AdviceWeight, adviceKinds, orderBases } from '../eligibility/bases.ts'
import type { Basis } from '../eligibility/basis.ts'
import { type Decided, effectOf } from '../eligibility/effect.ts'
import type { byHand, CertificateBasis } from '../eligibility/handed.ts'

/** `2026-11-23` → `2026年11月23日`. */
const day = (date = '') => {
  const [year, month, date_] = date.split('-').map(Number)
  return `${year}年${month}月${date_}日`
}

/** `2026-11` → `2026年11月`. */
const month = (text: string) => {
  const [year, ofYear] = text.split('-').map(Number)
  return `${year}年${ofYear}月`
}

const comparePaper = '紙の受給者証と見比べてください。'

const limitWays =
  'マイナ保険証での同意、限度額適用認定証、資格確認書のいずれかで確認してください。確認できないときの請求は、記載要領の定めによります。'

type Values = Advice['values']
const advices: Readonly<Record<Advice['code'], string | ((values: Values) => string)>> = {
  PAYER_NUMBER_MISSING: '公費負担者番号が登録されていません。紙の受給者証で確認してください。',
  PAYER_NUMBER_WIDTH: `公費負担者番号に全角の数字や空白、ハイフンがあります。登録のまま表示しています。${comparePaper}`,
  PAYER_NUMBER_MALFORMED: `公費負担者番号に数字以外の文字があります。登録のまま表示しています。${comparePaper}`,
  PAYER_NUMBER_LENGTH: `公費負担者番号が8桁ではありません。登録のまま表示しています。${comparePaper}`,
  PAYER_NUMBER_PREFECTURE: `公費負担者番号の3・4桁目が都道府県番号ではありません。${comparePaper}`,
  PAYER_NUMBER_CHECK_DIGIT: `公費負担者番号の検証番号が合いません。${comparePaper}`,
  RECIPIENT_NUMBER_MISSING: '受給者番号が登録されていません。紙の受給者証で確認してください。',
  RECIPIENT_NUMBER_MALFORMED: `受給者番号が7桁の数字ではありません。登録のまま表示しています。${comparePaper}`,
  RECIPIENT_NUMBER_CHECK_DIGIT: `受給者番号の検証番号が合いません。${comparePaper}`,
  SCHEME_UNKNOWN: '制度を判別できない番号です。番号はそのまま使えます。紙の受給者証で制度を確認してください。',
  SCHEME_UNLISTED: '制度の一覧にない番号のため、受給者証の名称で表示しています。番号はそのまま使えます。',
  LOCAL_IN_KIND: '現物給付の一覧にある制度です。',
  LOCAL_NOT_LISTED: '現物給付の一覧にない: 償還払いの可能性があります。紙の受給者証か、市区町村に確認してください。',
  LOCAL_OTHER_PREFECTURE:
    '県外: 契約がなければ償還払いです。この医療機関で使えるか、紙の受給者証か、市区町村に確認してください。',
  LOCAL_SEVERAL: ({ text }) => `この番号には条件が${text}通りあります。どれに当たるか、${comparePaper}`,
  LOCAL_RENEWAL_DAY: ({ date }) =>
    `${day(date)}は、市区町村が受給者証を一斉に更新する日です。新しい受給者証が届いていないか確認してください。`,
  NOT_YET_VALID: ({ date }) => `まだ使えません。有効期間は${day(date)}からです。`,
  ENDS_SOON: ({ date }) => `有効期間は${day(date)}までです。更新の手続きをご案内ください。`,
  ENDS_IN_WAVE: ({ date }) =>
    `${day(date)}で一斉に更新される受給者証です。新しい受給者証が届いたら、次回お持ちいただくようご案内ください。`,
  RENEWAL_REGISTERED: ({ date }) => `更新済みです。${day(date)}からの受給者証が登録されています。`,
  PERIOD_OVER: ({ date }) =>
    `有効期間が${day(date)}で終わっています。今日は使えません。新しい受給者証がないか確認してください。`,
  DUPLICATE: '同じ内容の登録が重なっています。1件として扱います。',
  OVERLAPPING: `同じ制度の、有効期間が重なる登録がほかにあります。どちらを使うか、${comparePaper}`,
  TWO_PREFECTURES:
    '異なる都道府県の医療費助成が同時に有効です。転居していないか確認し、今の住所地の受給者証を使ってください。',
  TWO_HELPS:
    '市区町村の助成がほかにもあります。ふつう同時には使えません。どちらか一方を、自治体の決まりに従って使ってください。',
  MONTHLY_CAP_ON_PAPER: ({ yen = 0 }) =>
    `月額の自己負担上限は${yen.toLocaleString('ja-JP')}円です。自己負担上限額管理票で今月の累計を確認し、徴収額を記入してください。`,
  MONTHLY_CAP_ZERO: '月額の自己負担上限は0円です。この公費の対象分は、窓口での自己負担がありません。',
  MONTHLY_CAP_UNKNOWN: '自己負担上限額が登録されていません。紙の受給者証で確認してください。',
  ALWAYS_REIMBURSED:
    '償還払いです。窓口では保険の自己負担分をいただき、領収書を渡して市区町村への申請をご案内ください。',
  UNDISCLOSED: '不開示の対象です。住所や連絡先を本人以外に伝えないでください。',
  DESIGNATED_HERE: 'この医療機関は、受給者証の指定医療機関に含まれています。',
  NOT_DESIGNATED_HERE:
    'この医療機関は、受給者証の指定医療機関にありません。このままでは公費を使えないため、指定の追加が済んでいないか確認してください。',
  DESIGNATION_ON_PAPER:
    '指定医療機関を照合できません。紙の受給者証で、この医療機関が記載されているか確認してください。',
  CONDITION: ({ text }) => `追加条件: ${text}`,
  CONDITION_UNKNOWN: ({ text }) =>
    `追加条件「${text}」の意味が制度の一覧にありません。紙の受給者証の記載を確認してください。`,
  MEDICAL_ASSISTANCE: ({ date, text, yen }) =>
    `医療扶助（生活保護）の${text ? `${month(text)}分の` : ''}医療券があります${date ? `（${day(date)}まで）` : ''}。${
      yen ? `本人支払額は${yen.toLocaleString('ja-JP')}円です。` : ''
    }ほかの公費を先に使い、医療扶助は最後に使います。`,
  MEDICAL_TICKET_MISSING:
    '医療扶助（生活保護）を受けている方ですが、医療券の情報がありません。医療券の発行を福祉事務所に確認してください。',
  MEDICAL_TICKET_ELSEWHERE:
    '医療券の指定医療機関が、この医療機関と一致しません。福祉事務所に確認してから使ってください。',
  MEDICAL_TICKET_SELF_PAY: ({ yen = 0 }) =>
    yen === 0
      ? '医療券の本人支払額は0円です。窓口での自己負担はありません。'
      : `医療券の本人支払額は、その月に${yen.toLocaleString('ja-JP')}円です。今月いただいた額を確認してください。`,
  LIMIT_UNKNOWN: `高額療養費の適用区分は不明です（2026年3月からの受給者証には記載がありません）。${limitWays}`,
  LIMIT_WITHHELD: `限度額の情報の提供に同意がないため、高額療養費の適用区分は不明です。${limitWays}`,
  LIMIT_CATEGORY: ({ text }) => `高額療養費の適用区分は「${text}」です（オンライン資格確認の回答）。`,
}

/** The sentence of one piece of advice. */
export const adviceText = ({ code, values }: Pick<Advice, 'code' | 'values'>): string => {
  const entry = advices[code]
  return typeof entry === 'function' ? entry(values) : entry
}

/** How much it weighs at the counter, and what it rests on. */
export function adviceKind(code: Advice['code']): { readonly weight: AdviceWeight; readonly basis: Basis } {
  const [weight, basis] = adviceKinds[code]
  return { weight, basis }
}

export const orderBasis = (rule: OrderRule): Basis => orderBases[rule]

export const differenceText: Readonly<
  Record<Difference['kind'], { readonly label: string; readonly meaning: string }>
> = {
  new: { label: '新規', meaning: '今回はじめて登録がありました。' },
  renewed: { label: '更新', meaning: '次の期間の受給者証が登録されました。' },
  changed: { label: '変更', meaning: '前回確認した内容から変わっています。' },
  unchanged: { label: '変更なし', meaning: '前回確認した内容と同じです。' },
  ended: { label: '終了', meaning: '自治体が資格の終了を登録しました。' },
  withdrawn: { label: '取消', meaning: '自治体がこの登録を取り消しました。' },
  absent: {
    label: '回答なし',
    meaning: '前回確認した受給者証が、今回の回答にありません。資格が終わったとは限りません。',
  },
  lapsed: { label: '期間満了', meaning: '前回確認した受給者証の有効期間が過ぎ、今回の回答にもありません。' },
}

/** A choice, for a certificate that today's answer holds or no longer holds. */
export function choiceText(choice: Choice, { benefit }: Pick<Difference, 'benefit'>): string {
  switch (choice) {
    case 'accept':
      return benefit === null ? '終了を確認した' : '今回の内容を使う'
    case 'keep':
      return '前回の内容を使う'
    case 'paper':
      return '紙で前回と同じ内容を確認した'
    case 'leave':
      return benefit === null ? '今回は保留（次回また確認）' : 'まだ使わない'
    case 'askAgain':
      return 'もう一度照会する'
  }
}

/** What it does to the receipt computer's file, before as after it was chosen. `day` is that of the visit. */
export function consequenceText(difference: Difference, choice: Decided, day: string): string {
  const { handed, leftOut } = effectOf(difference, choice, day)
  const [first] = handed
  if (handed.length > 1) return 'レセコンには今の期間の内容と、次の期間の内容が入ります。'
  if (first?.isEnd) return 'レセコンに終了日を伝えます。公費としては入りません。'
  switch (first?.basis) {
    case 'source':
      return 'レセコンには今回の内容が入ります。'
    case 'earlierConfirmed':
      return 'レセコンには前回の内容が入ります。今回の内容は入りません。'
    case 'paper':
      return 'レセコンには前回の内容が「紙で確認」として入ります。'
    case undefined:
      return leftOut?.reason === 'paperOver'
        ? '前回の内容は期限が過ぎているため、レセコンには入りません。手で入力してください。'
        : leftOut?.reason === 'notAccepted'
          ? 'レセコンには入りません。手で入力してください。'
          : 'レセコンには入りません。使うときは、手で入力してください。'
  }
}

/** 不開示 that the source adds is not a matter of choice. */
export const protectionText = (isChoice: boolean): string =>
  isChoice ? '不開示は、どれを選んでもすぐに有効になります。' : '不開示は、すぐに有効になります。'

/** Whose word a card rests on, where it is not today's answer. */
export const certificateBasisText: Readonly<Record<CertificateBasis, string>> = {
  source: '',
  earlierConfirmed: '前回の内容',
  paper: '紙で確認',
}

/** What is to be done by hand, and why. */
export function byHandText({
  reason,
  destinations,
}: Pick<ReturnType<typeof byHand>[number], 'reason' | 'destinations'>): string {
  switch (reason) {
    case 'notAccepted':
      return '今回の内容を使わないため、レセコンには入りません。紙を見て入力してください。'
    case 'endNotAccepted':
      return '終了の確認を保留したため、レセコンには入りません。使うときは入力してください。'
    case 'notConfirmed':
      return '今回の回答になく保留したため、レセコンには入りません。使うときは入力してください。'
    case 'paperOver':
      return '前回の内容は期限が過ぎているため、レセコンには入りません。紙を見て入力してください。'
    case 'otherHelp':
      return 'ほかの助成を使うため、請求には載せません（この医療機関で決めた扱い）。'
    case 'places':
      return `公費の欄が足りないため、取り込み先「${destinations.join('」「')}」には入りません。`
    case 'earlierKept':
    case 'duplicate':
    case 'overlap':
      return ''
  }
}

export const fieldText: Readonly<Record<Difference['fields'][number]['field'], string>> = {
  certificateName: '受給者証の名称',
  payerNumber: '公費負担者番号',
  recipientNumber: '公費受給者番号',
  validFrom: '有効期間の開始',
  validTo: '有効期間の終了',
  monthlyCapYen: '月額自己負担上限',
  alwaysReimbursed: '償還払い',
  undisclosed: '不開示',
  segment: '区分',
  incomeSegment: '所得区分',
  additionalConditions: '追加条件',
  designatedInstitutions: '指定医療機関',
  details: '券面の記載',
}

/** A field's value as staff read it. */
export function fieldValueText(
  field: Difference['fields'][number]['field'],
  value: Difference['fields'][number]['before'],
): string {
  if (value === null || value === '') return '登録なし'
  if (typeof value === 'boolean') return value ? 'あり' : 'なし'
  if (typeof value === 'number') return `${value.toLocaleString('ja-JP')}円`
  return field === 'validFrom' || field === 'validTo' ? day(value) : value
}

export const orderRuleText: Readonly<Record<OrderRule, string>> = {
  ONLY: '使える公費は1つです。',
  FIRST: '先に使う公費です。',
  CLINIC: 'この医療機関で決めた順です。',
  PRECEDENCE: '国の公費どうしの優先順位です。',
  NATIONAL_FIRST: '国の公費を先に、地方単独の助成を後に使います。',
  PREFECTURE_FIRST: '都道府県の助成を先に、市区町村の助成を後に使います。',
  UNKNOWN_LAST: '制度を判別できない番号のため、最後に置きました。',
  BY_NUMBER: '決まりのない組み合わせのため、公費負担者番号の順です。',
}

export const leftOutText = ({
  reason,
  destinations,
}: Pick<ClaimOrder['leftOut'][number], 'reason' | 'destinations'>): string => {
  switch (reason) {
    case 'duplicate':
      return '同じ内容の登録があるため、1件にまとめました。'
    case 'overlap':
      return '同じ制度の新しい登録があるため、外しました。'
    case 'reimbursed':
      return '償還払いのため、請求には載せません。'
    case 'otherHelp':
      return 'ほかの助成を使うため、請求には載せません（この医療機関で決めた扱い）。'
    case 'places':
      return `公費の欄が足りないため、取り込み先「${destinations.join('」「')}」には入りません。レセコンで手で対応してください。`
  }
}

export const nameFaultText: Readonly<Record<NameAdvice['faults'][number]['fault'], string>> = {
  masked: '「●」は、保険者のシステムで表せない文字です。本人に正しい漢字を確認してください。',
  variant: '字形を選ぶ符号（異体字セレクター）の付いた文字です。請求では使えません。',
  private: '外字です。ほかのコンピューターでは別の文字に見えます。請求では使えません。',
  notOnClaim: '請求に使えない文字です（JIS X 0208にない文字）。',
}

export const claimNameText = ({ form, text }: NameAdvice['claim']): string => {
  switch (form) {
    case 'original':
      return 'この氏名のまま請求できます。'
    case 'substituted':
      return `請求では「${text}」を使います（承認済みの置き換え）。`
    case 'kana':
      return `請求ではカナ氏名「${text}」を使ってください。`
    case 'none':
      return '請求に使える氏名がありません。カナ氏名を患者さんに確認し、レセコンに入力してください。'
  }
}

/** Headings and buttons around them. */
export const eligibilityScreen = {
  byHand: (count: number) => `${count}件は手入力が必要です`,
  entered: '手で入力した',
  notEntered: '入力していない',
  enteredAt: (count: number, time: string) => `${count}件は${time}に手で入力しました`,
  handedOrder: (names: readonly string[]) =>
    `この受付は、${names.map((name, at) => `第${at + 1}公費 ${name}`).join('、')}の順で送っています。`,
  sourceSaid: (state: string) => `照会の回答は「${state}」です。`,
  confirmedOnce: '前回確認した内容（紙と見比べてください）',
  differences: '前回確認した内容との違い',
  question: '確認が必要です',
  before: '前回',
  after: '今回',
  nextPeriod: '次の期間',
  changed: '変更',
  unfold: '内容を見る',
  notCompared: (fields: readonly string[]) =>
    `${fields.join('と')}は、資格確認端末の回答にない項目のため比べていません。変わったとは限りません。`,
  /** What pressing the button does, as it is chosen so far. */
  sends: (inFile: number, byHand: number) =>
    `確定すると、レセコンに${inFile}件が入ります。${byHand > 0 ? `${byHand}件は手入力が必要です。` : '手入力は必要ありません。'}`,
  helpsFirst: '先に、上の「市区町村の助成が重なっています」に答えてください。',
  stillOpen: (count: number) => `あと${count}件を選んでください。選ぶまで、レセコンには届けません。`,
  endedOn: (date: string) => `終了日 ${day(date)}`,
  noEndDay: '終了日は登録されていません。',
  decided: (choice: string, moment: string) => `今月確認済み: ${choice}（${moment}）`,
  decide: '確定してレセコンに送る',
  withoutQuestion: (count: number) => `ほか${count}件は変更なしです。`,
  order: '請求での順序',
  orderProposed: '提案',
  helps: '市区町村の助成が重なっています',
  helpsNote:
    '選んだ内容は、同じ組み合わせの患者さんにも次回から使います。自治体の決まりが分からないときは、自治体に確認してください。',
  helpsChooseFirst: '1つを選んでください。',
  onlyHelp: (name: string) => `「${name}」だけを使う`,
  allHelps: '併用できると確認したので、すべて使う',
  helpsDecide: 'この内容で進む',
  orderClinic: 'この医療機関の順',
  place: (place: number) => `第${place}公費`,
  up: '上へ',
  down: '下へ',
  moveUp: (name: string) => `${name}を上へ`,
  moveDown: (name: string) => `${name}を下へ`,
  orders: (names: readonly string[]) =>
    `同じ公費の組み合わせの患者さん全員について、「${names.join('」「')}」の順にします。よろしいですか。`,
  reorder: '並べ替える',
  orderNext: '並べ替えると、次回から、同じ公費の方全員にこの順を使います。この受付のファイルは変わりません。',
  orderNow: '並べ替えると、この受付から、同じ公費の方全員にこの順を使います。',
  nextOrder: '次回からの請求での順序',
  leftOut: '請求に載らない公費',
  openEnd: '期限の定めなし',
  basis: '根拠',
  source: { pmh: 'PMH', terminal: '資格確認端末' },
  sourceLabel: '出典',
  version: '版',
  asked: '照会',
  since: (moment: string) => `${moment}の照会から同じ内容です。`,
  firstTime: 'この内容の回答は今回がはじめてです。',
  rule: '決まり',
  unconfirmed: '文書で未確認のため、提案や注意だけに使っています',
  basisDate: (date: string) => `${day(date)}時点`,
  know: '参考',
  name: '氏名の文字',
  unwritable: '取り込みファイルにも書けません。',
  noSubstitute: '置き換える文字の候補はありません。',
  /** A sign that only chooses among forms of a character is not seen by itself. */
  substitute: (character: string, substitute: string) =>
    character !== substitute && character.replace(/[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu, '') === substitute
      ? `字形の符号を外して「${substitute}」にする`
      : `「${character}」は「${substitute}」に置き換える`,
  approve: (substitute: string) => `この医院ではいつも「${substitute}」を使う`,
  approves: 'この医療機関のすべての患者さんの氏名で使います。よろしいですか。',
  approved: '承認済み',
  gallery: '事例集（公費）',
  voucherGallery: '事例集（予防接種・健診）',
  galleryNote: '「前回」のカードで受け付けたあと、「今回」のカードを置くと、違いの確認を練習できます。',
} as const
