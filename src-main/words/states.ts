// The words for what a value of a closed list means: categories, answers, states, certificates. One that has none does not
// compile.
import type { DestinationFormat } from '../contract/destination.ts'
import type { HandedState } from '../eligibility/handed.ts'
import type { AnswerState, Category, Sex } from '../eligibility/model.ts'
import type { DeliveryState, VisitState } from '../ground/states.ts'

/** What to tell a person whose card's certificate ends soon, or has ended and is in its grace. */
export const certificateText = {
  endsSoon: (lastDay: string) => `電子証明書の有効期限は${lastDay}です。市区町村の窓口での更新をご案内ください。`,
  grace: (endedOn: string, lastDay: string) =>
    `電子証明書の有効期限は${endedOn}に切れました。保険証として使えるのは${lastDay}までです。市区町村の窓口での更新をご案内ください。`,
} as const

export const categoryText: Record<Category, string> = {
  medicalSubsidy: '医療費助成（公費）',
  vaccination: '予防接種',
  checkup: '健診',
}

/** Short state, and what it means for the counter. An empty answer has no reason: it is never called an end. */
export const answerText: Record<AnswerState | HandedState, { readonly label: string; readonly meaning: string }> = {
  present: { label: 'あり', meaning: '' },
  absent: {
    label: '登録なし（紙を確認）',
    meaning: '資格がないとは限りません。紙の受給者証をお持ちでないか確認してください。',
  },
  withheld: {
    label: '同意なし',
    meaning: '患者さんが情報の提供に同意していません。紙の証で確認してください。',
  },
  ended: { label: '終了', meaning: '資格が終わったと登録されています。新しい証がないか確認してください。' },
  notAccepted: {
    label: '回答を使っていません',
    meaning: '照会の回答は、レセコンに入れていません。紙の受給者証を見て手で入力してください。',
  },
  unreachable: {
    label: '照会できません',
    meaning: '今回は照会できていません。紙の証で確認してください。',
  },
}

/** Where nothing is registered: which paper there may be. Most adults have no voucher; of them it is no warning. */
export const absentText: Record<Category, (typeof answerText)['absent']> = {
  medicalSubsidy: answerText.absent,
  vaccination: {
    label: '登録なし',
    meaning: 'この方の接種券は登録されていません。紙の接種券・予診票をお持ちでないか確認してください。',
  },
  checkup: {
    label: '登録なし',
    meaning: 'この方の受診券は登録されていません。紙の受診券をお持ちでないか確認してください。',
  },
}

export const visitStateText: Record<VisitState, string> = {
  reading: '読み取り中',
  identifying: '暗証番号待ち',
  asking: '照会中',
  choosing: 'どなたか確認',
  answered: '要確認',
  confirmed: '送信中',
  handedOver: '送信済み',
  acknowledged: '取り込み済み',
  failed: '受付できず',
  offline: '未照会',
  cancelled: '取り消し',
}

export const deliveryStateText: Record<DeliveryState, string> = {
  queued: '送信中',
  publishing: '送信中',
  delivered: '送信済み',
  acknowledged: '取り込み済み',
  refused: '受け付けられず',
  rejected: '届けられません',
  conflict: '確認が必要です',
  cancelled: '送りません',
}

/** In a summary, where there is nothing to do about it: what the state of many visits is called. */
export const countedStateText: Record<VisitState, string> = {
  reading: '受付の途中',
  identifying: '受付の途中',
  asking: '受付の途中',
  choosing: '患者の確認待ち',
  answered: '違いの確認待ち',
  confirmed: '確定（送信中）',
  handedOver: '送信済み',
  acknowledged: '取り込み済み',
  failed: '受付できず',
  offline: '未照会',
  cancelled: '取り消し',
}

/** What a destination takes, before its own name. */
export const destinationKindText: Record<DestinationFormat, string> = {
  csv: 'CSVファイル',
  json: 'JSONファイル',
  xml: '資格確認XML',
  fhir: 'FHIR',
  receipt: 'ダイナミクス',
  orca: '日レセ（ORCA）',
}

export const sexText: Record<Sex, string> = { male: '男性', female: '女性', other: 'その他', unknown: '不明' }
