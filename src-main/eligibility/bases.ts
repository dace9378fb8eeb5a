// The bases of 医療費助成 advice and of the order on the claim, by their codes.
import type { AdviceCode, OrderRule } from './assessment.ts'
import type { Basis } from './basis.ts'

const basis = (title: string, date: string | null, confirmed = true): Basis => ({ title, date, confirmed })

const bases = {
  /** Nothing but what the municipality registered. */
  registration: basis('自治体がPMHに登録した受給者証の内容（デジタル庁 医療費助成API仕様の項目）', '2024-07-08'),
  numbers: basis('診療報酬請求書等の記載要領 別添（公費負担者番号・受給者番号の構成と検証番号）', '2026-06-01'),
  period: basis('受給者証の有効期間と受診日の比較（初日と最終日を含む）', null),
  renewal: basis('受給者証の一斉更新（9月30日・12月31日）', '2026-11-01'),
  townRenewal: basis('市区町村の受給者証の一斉更新日（各市の案内）', '2026-11-01', false),
  localMaster: basis(
    '地単公費マスター 確定事業一覧（支払基金。列の意味は公表資料では確かめられていません）',
    '2026-03-30',
    false,
  ),
  cap: basis('自己負担上限額管理票（難病法・児童福祉法・障害者総合支援法の各医療費助成）', '2026-11-01'),
  designation: basis('受給者証の指定医療機関欄と、この医療機関の名称・医療機関コードの照合', null),
  conditions: basis('制度マスタ（追加条件項目コード・追加条件コード）', null),
  undisclosed: basis('不開示フラグ（デジタル庁 医療費助成API仕様）', '2024-07-08'),
  reimbursement: basis('常に償還払い（デジタル庁 医療費助成API仕様）', '2024-07-08'),
  assistance: basis('オンライン資格確認の医療扶助情報（医療券）', '2026-11-01'),
  limit: basis('オンライン資格確認の限度額適用区分', '2026-11-01'),
  limitGone: basis(
    '難病・小児慢性の受給者証の様式（2026年3月1日から適用区分の記載なし）と、診療報酬請求書等の記載要領',
    '2026-03-01',
  ),
  claimText: basis('オンライン又は光ディスク等による請求に係る記録条件仕様（漢字はJIS X 0208）', '2026-11-01'),
  precedence: basis('公費負担医療の優先順位（制度の一覧の並び）', '2026-11-01', false),
  helps: basis(
    '市区町村の医療費助成どうしは併用しない扱い（三島市・大府市・徳島市ほかの案内。どれを使うかは自治体の決まり）',
    '2026-11-29',
  ),
  prefecture: basis('都道府県の助成（マル都）を区市町村の助成より先に使う並び', '2026-11-29', false),
  clinic: basis('この医療機関で決めた内容', null),
} as const

/** `act`: something has to be done at the counter; `look`: compare with the paper; `know`: good to know. */
export type AdviceWeight = 'act' | 'look' | 'know'

/** How much a piece of advice weighs, and what it rests on. */
export const adviceKinds: Readonly<Record<AdviceCode, readonly [AdviceWeight, Basis]>> = {
  PAYER_NUMBER_MISSING: ['look', bases.numbers],
  PAYER_NUMBER_WIDTH: ['look', bases.numbers],
  PAYER_NUMBER_MALFORMED: ['look', bases.numbers],
  PAYER_NUMBER_LENGTH: ['look', bases.numbers],
  PAYER_NUMBER_PREFECTURE: ['look', bases.numbers],
  PAYER_NUMBER_CHECK_DIGIT: ['look', bases.numbers],
  RECIPIENT_NUMBER_MISSING: ['look', bases.numbers],
  RECIPIENT_NUMBER_MALFORMED: ['look', bases.numbers],
  RECIPIENT_NUMBER_CHECK_DIGIT: ['look', bases.numbers],
  SCHEME_UNKNOWN: ['look', bases.numbers],
  SCHEME_UNLISTED: ['know', bases.registration],
  LOCAL_IN_KIND: ['know', bases.localMaster],
  LOCAL_NOT_LISTED: ['act', bases.localMaster],
  LOCAL_OTHER_PREFECTURE: ['act', bases.localMaster],
  LOCAL_SEVERAL: ['look', bases.localMaster],
  LOCAL_RENEWAL_DAY: ['act', bases.townRenewal],
  NOT_YET_VALID: ['act', bases.period],
  ENDS_SOON: ['act', bases.period],
  ENDS_IN_WAVE: ['act', bases.renewal],
  RENEWAL_REGISTERED: ['know', bases.period],
  PERIOD_OVER: ['act', bases.period],
  DUPLICATE: ['know', bases.registration],
  OVERLAPPING: ['look', bases.period],
  TWO_PREFECTURES: ['look', bases.numbers],
  TWO_HELPS: ['act', bases.helps],
  MONTHLY_CAP_ON_PAPER: ['act', bases.cap],
  MONTHLY_CAP_ZERO: ['know', bases.cap],
  MONTHLY_CAP_UNKNOWN: ['look', bases.cap],
  ALWAYS_REIMBURSED: ['act', bases.reimbursement],
  UNDISCLOSED: ['act', bases.undisclosed],
  DESIGNATED_HERE: ['know', bases.designation],
  NOT_DESIGNATED_HERE: ['act', bases.designation],
  DESIGNATION_ON_PAPER: ['look', bases.designation],
  CONDITION: ['know', bases.conditions],
  CONDITION_UNKNOWN: ['look', bases.conditions],
  MEDICAL_ASSISTANCE: ['act', bases.assistance],
  MEDICAL_TICKET_MISSING: ['act', bases.assistance],
  MEDICAL_TICKET_ELSEWHERE: ['act', bases.assistance],
  MEDICAL_TICKET_SELF_PAY: ['act', bases.assistance],
  LIMIT_CATEGORY: ['know', bases.limit],
  LIMIT_UNKNOWN: ['look', bases.limitGone],
  LIMIT_WITHHELD: ['look', bases.limitGone],
}

/** What each rule rests on. */
export const orderBases: Readonly<Record<OrderRule, Basis>> = {
  ONLY: bases.registration,
  FIRST: bases.precedence,
  CLINIC: bases.clinic,
  PRECEDENCE: bases.precedence,
  NATIONAL_FIRST: bases.precedence,
  PREFECTURE_FIRST: bases.prefecture,
  UNKNOWN_LAST: bases.precedence,
  BY_NUMBER: bases.precedence,
}
