// What the desk reads about the kiosk (再来受付機): how it stands, and who was asked to come. Patients' sentences are in
// words/patient.

import type { KioskStep, KioskWhy } from '../contract/kiosk.ts'
import { numberText } from '../contract/visit-number.ts'

const steps: Record<KioskStep['kind'], string> = {
  off: '使えません',
  waiting: '空いています',
  cardLeft: 'カードが残っています',
  reading: 'カードを読み取っています',
  pin: '暗証番号を入力しています',
  working: '照会しています',
  slip: '番号を表示しています',
  called: '受付にご案内しています',
}

/** Why somebody comes, and what to do. */
const whys: Record<KioskWhy, string> = {
  again: 'カードが途中で離れました。',
  pin: '暗証番号がロックされています。カードを受付のリーダーに置いてください。',
  lastTry: '暗証番号はあと1回です。カードを受付のリーダーに置いてください。',
  certificate: 'カードの電子証明書の期限が切れています。紙の証で確認してください。',
  otherCard: '受付できないカードです。カードを見せていただいてください。',
  line: '照会できませんでした。紙の証で確認するか、カードを受付のリーダーに置いてください。',
  staff: '受付での確認が必要です。',
}

export const kioskDesk = {
  title: '再来受付機',
  steps,
  switchedOff: '停止中です。カードリーダーは受付で使えます。',
  switchOff: '停止する',
  switchOn: '再開する',
  number: (number: number) => `受付番号 ${numberText(number)}`,
  callToDesk: '受付で引き継ぐ',
  cancel: '取り消す',
  called: '受付にご案内した方',
  whys,
  show: (number: number) => `${numberText(number)}番の受付を見る`,
  seen: '対応済み',
  /** Training: where a sample card is laid. */
  cardsAt: { legend: 'カードを置くところ', desk: '受付', kiosk: '再来受付機' },
} as const
