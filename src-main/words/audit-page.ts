// The words of 操作の記録: what each row of the audit trail is of, as the page and the saved file say it.

import type { AuditEvent, PaperEvent } from '../contract/audit-events.ts'
import type { AuditKind, GoneKind } from '../contract/audit-trail.ts'
import type { CallName } from '../contract/calls.ts'
import type { PaperName } from '../contract/papers.ts'
import { numberText } from '../contract/visit-number.ts'
import { deskKeyIn, shortKey } from '../ground/desk-key.ts'
import { typistOf } from '../ground/typist.ts'
import { settingText } from './desk.ts'
import { pageNames } from './pages.ts'
import { paperText } from './papers.ts'
import { visitStateText } from './states.ts'

const callText: Readonly<Record<CallName, string>> = {
  reception: '画面を開いた',
  enterPin: '暗証番号を入れた',
  readFace: '顔写真を読んだ',
  identifyByTap: 'カードだけで本人を確認した',
  confirmFace: '顔写真と本人を見比べた',
  confirmPerson: '本人かどうかを確かめた',
  decideDifferences: '違いを決めた',
  takeBack: '決めたことを取り消した',
  enteredByHand: '手入力を済ませた',
  noteVisit: 'メモを書いた',
  askAgain: '照会し直した',
  orderBenefits: '請求での順序を決めた',
  chooseHelps: '使う助成を選んだ',
  approveSubstitute: '氏名の置き換えを決めた',
  takeRuleBack: '医院の決まりを取り消した',
  readAttributes: 'カードの券面の情報を読んだ',
  chooseReader: '使うカードリーダーを選んだ',
  setSignals: '音の設定を変えた',
  cancelVisit: '受付を中止した',
  openKiosk: '受付機を始めた・止めた',
  callToDesk: '受付機の方を窓口へ呼んだ',
  dismissCalled: '呼び出しを片付けた',
  retryVisit: '受付をやり直した',
  closeVisit: '受付を終えた',
  reopenVisit: '終えた受付を戻した',
  showVisit: '受付の内容を見た',
  askTerminal: '資格確認端末に照会した',
  dropTerminalQuestion: '端末への照会をやめた',
  takeOverTerminal: '資格確認端末の結果の受け取りを、この窓口に移した',
  choosePatient: '患者さんを選んだ',
  takeUpVisit: '受付を窓口に戻した',
  askForVisit: 'ほかの窓口に引き継ぎを依頼した',
  takeOverVisit: '応答のない窓口の受付を引き継いだ',
  answerAsked: 'ほかの窓口に返事をした',
  attendVisit: '入力中の受付と記録した',
  dismissTold: '窓口からの知らせを閉じた',
  linkPatientNumber: '診察券番号を結び付けた',
  unlinkPatientNumber: '診察券番号を外した',
  confirmName: '氏名の書き方を決めた',
  removeStaleNumber: '使われない診察券番号を外した',
  openPage: '画面を見た',
  readBookings: '予約の一覧を読み込んだ',
  startBookings: '予約の照会を始めた',
  steerBookings: '予約の照会を操作した',
  sendMaster: 'マスターを読み込んだ',
  takeMaster: 'マスターを取り込んだ',
  dropMaster: 'マスターの取り込みをやめた',
  enterFirstStep: 'はじめての設定を入れた',
  finishFirstRun: 'はじめての設定を終えた',
  practiseNext: '次の起動を練習にした',
  changeSetting: '設定を変えた',
  startSelfTest: '自己診断をした',
  previewDestination: '取り込み先の見本を見た',
  saveDestination: '取り込み先を保存した',
  removeDestination: '取り込み先を外した',
  register: '接種・健診を登録した',
  changeRegistration: '接種・健診の登録を直した',
  retryRegistration: '接種・健診の登録をやり直した',
  withdrawRegistration: '接種・健診の登録をやめた',
  openCapSheet: '上限額管理票の控えを見た',
  enterCapLine: '上限額管理票の控えに書いた',
  correctCapLine: '上限額管理票の控えを直した',
  sayCapPaperSeen: '上限額管理票を写したと記録した',
  notePaper: '印刷を記録した',
  rememberPaper: '用紙とプリンターを決めた',
  lookBack: '過去の受付を探した',
  showPast: '過去の受付を見た',
  openAudit: '操作の記録を見た',
  exportAudit: '操作の記録をファイルに保存した',
  openReport: '集計を見た',
  resolveConflict: 'ほかの窓口との食い違いを確認した',
  enterClaims: 'レセプト件数を入れた',
  importClaims: 'レセプト件数を読み込んだ',
  retryDelivery: '送り直した',
  cancelDelivery: '送るのをやめた',
  markDeliveryImported: '取り込み済みにした',
  removeLeftFiles: '残ったファイルを消した',
  useFaceReader: '練習用の端末を使った',
  confirmClock: 'パソコンの日付が正しいと確かめた',
  computerLocked: 'パソコンがロックされた',
  signIn: 'サインインした',
  signInByAccount: 'パソコンのアカウントでサインインした',
  signOut: 'サインアウトした',
  stayIn: '画面に触れた',
  addStaff: '職員を登録した',
  changeStaff: '職員の登録を変えた',
  lockStaff: '職員のサインインを止めた、または戻した',
  resetStaff: '職員の認証アプリを設定し直した',
  putEnrolmentAway: '認証アプリの設定を閉じた',
  breakGlass: '非常時の操作を始めた',
  mendGlass: '非常時の操作を終えた',
  insertTrainingCard: '練習用カードを置いた',
  removeTrainingCard: '練習用カードを外した',
  startLesson: '練習を始めた',
  leaveLesson: '練習を終えた',
  switchTrainingFault: '練習用の故障を変えた',
  endTrainingFaults: '練習用の故障を終えた',
}

const ownText: Readonly<Record<Exclude<AuditEvent, CallName | PaperEvent | keyof typeof visitStateText>, string>> = {
  interrupted: '受付が途中で切れた',
  pinBlocked: '暗証番号がロックされた',
  faceRead: '顔写真を読んだ',
  faceConfirmed: '顔写真で本人と確かめた',
  patientChosen: '患者さんを選んだ',
  personConfirmed: '本人と確かめた',
  cardTapped: 'カードだけで受け付けた',
  askedLater: 'あとから照会した',
  askedAgain: '照会し直した',
  patientNumberLinked: '診察券番号を結び付けた',
  patientNumberUnlinked: '診察券番号を外した',
  nameConfirmed: '氏名の書き方を決めた',
  nameUnconfirmed: '氏名の書き方を取り消した',
  differencesDecided: '違いを決めた',
  takenBack: '決めたことを取り消した',
  notEnteredByHand: '手入力の記録を取り消した',
  noted: 'メモを書いた',
  visitAsked: 'ほかの窓口に引き継ぎを依頼した',
  visitAskWithdrawn: '引き継ぎの依頼を取り消した',
  visitKept: '引き継ぎの依頼を断り、受付を続けた',
  visitGiven: '受付をほかの窓口に渡した',
  visitTakenOver: '応答のない窓口の受付を引き継いだ',
  capEntered: '上限額管理票の控えに書いた',
  capCorrected: '上限額管理票の控えを直した',
  capPaperSeen: '上限額管理票を写したと記録した',
  deliveryQueued: 'レセコンへ送る準備をした',
  deliveryRejected: 'レセコンへ届けられなかった',
  deliveryDelivered: 'レセコンへ送った',
  deliveryConflict: 'レセコンへ届いたか確認が必要になった',
  deliveryRetried: 'レセコンへ送り直した',
  deliveryAcknowledged: 'レセコンが取り込んだ',
  deliveryRefused: 'レセコンが受け付けなかった',
  deliveryLate: 'レセコンの取り込みが遅れている',
  deliveryMarkedImported: '取り込み済みにした',
  deliveryCancelled: 'レセコンへ送るのをやめた',
  registrationTaken: 'PMHが接種・健診の登録を受け付けた',
  registrationRefused: 'PMHが接種・健診の登録を受け付けなかった',
  masterImported: 'マスターを取り込んだ',
  settingChanged: '設定を変えた',
  settingNotChanged: '設定の変更が保存できなかった',
  staffAdded: '職員を登録した',
  staffChanged: '職員の登録を変えた',
  staffLocked: '職員のサインインを止めた',
  staffUnlocked: '職員のサインインを戻した',
  staffReset: '職員の認証アプリを設定し直した',
  signedIn: 'サインインした',
  signedOut: 'サインアウトした',
  signInFailed: 'サインインできなかった',
  glassBroken: '非常時の操作を始めた',
  glassMended: '非常時の操作を終えた',
  storeLossAccepted: '失われた記録をあきらめて続けた',
  storeRestored: 'バックアップから戻した',
  deskWentAway: 'サーバーにつながらず、窓口だけで続けた',
  deskCameBack: '窓口だけで続けた記録を合わせた',
  trailRead: '操作の記録をコマンドで読んだ',
  keyRotated: '保存データの鍵を換えた',
  recoverySheetMade: '復旧シートを作った',
  deskJoined: '窓口に院内の鍵を入れた',
  deskKeyRegistered: '窓口が署名の鍵を登録した',
  storeMovedToDesk: '保存データを1台の窓口に移した',
  expiredDeleted: '保存期間を過ぎたものを削除した',
  rehearsalErased: '本番を始め、練習の記録を消した',
  patientsErased: '患者さんの記録をすべて消した',
}

/** What a row says that it is of; a word of another version of the program stays as it is. */
export function auditEventText(event: string): string {
  const texts: Readonly<Record<string, string>> = { ...callText, ...ownText }
  if (Object.hasOwn(texts, event)) return texts[event] ?? event
  if (Object.hasOwn(visitStateText, event)) return `受付：${visitStateText[event as keyof typeof visitStateText]}`
  return paperEventText(event) ?? event
}

function paperEventText(event: string): string | null {
  const [, paper, not] = /^(\w+?)(Not)?Printed$/.exec(event) ?? []
  if (paper === undefined || !Object.hasOwn(paperText, paper)) return null
  const name = paperText[paper as PaperName]
  return not ? `${name}の印刷ができなかった` : `${name}を印刷した`
}

const many = (value: number) => value.toLocaleString('ja-JP')

const expiringText: Readonly<Record<string, string>> = {
  visits: '受付',
  capSheets: '上限額管理票の控え',
  cards: 'カードの結び付き',
  numbers: '診察券番号',
  bookings: '予約',
  terminal: '端末のファイルの控え',
  masters: '見本の地単公費マスター',
} satisfies Record<GoneKind, string>

/** What a row was about besides: a day, a month, a page, a setting. */
export function auditAboutText({ about, setting }: { about: string | null; setting: string | null }): string {
  if (setting !== null)
    return Object.hasOwn(settingText, setting) ? settingText[setting as keyof typeof settingText] : setting
  if (about === null) return ''
  // The names of two desks, as people write them.
  if (about.includes(' → ')) return about
  const counted = about.split(', ').map((part) => /^(\w+) (\d+)$/.exec(part))
  if (counted.every((part) => part !== null)) {
    return counted
      .map(([, kind = '', count]) => `${Object.hasOwn(expiringText, kind) ? expiringText[kind] : kind}${count}件`)
      .join('、')
  }
  const signing = deskKeyIn(about)
  if (signing) return `${signing.name}、鍵 ${shortKey(signing.publicKey)}`
  const names: Readonly<Record<string, string>> = { ...paperText, ...pageNames }
  return Object.hasOwn(names, about)
    ? (names[about] ?? about)
    : /^[\d-]+$/.test(about)
      ? about.replaceAll('-', '/')
      : about
}

export const auditScreen = {
  open: pageNames.audit,
  title: pageNames.audit,
  kinds: {
    looked: '見た・探した',
    changed: '受付の操作',
    printed: '印刷',
    sent: 'レセコンへの送信',
    settings: '設定',
    data: '保存データ',
  } satisfies Record<AuditKind, string>,
  what: '内容',
  anything: 'すべて',
  atDesk: '席',
  deskNumber: '席の番号',
  narrow: '絞り込む',
  desk: (desk: number) => `席${desk}`,
  /** Where it was done; `by`: of a row without a desk, which the agent has written by itself or somebody has typed. */
  where: (desk: number | null, by: string | null) =>
    desk === null ? (typistOf(by) === null ? '自動' : 'コマンド') : auditScreen.desk(desk),
  /** Whoever was signed in, or is the user of the computer where a command was typed. */
  who: (desk: number | null, by: string | null) => (desk === null ? typistOf(by) : null) ?? by ?? '',
  /** Whoever is signed in. */
  staff: '担当',
  time: '時刻',
  done: '操作',
  whom: '患者さん',
  visit: '受付',
  visitOf: (day: string, number: number) => `${day} ${numberText(number)}番`,
  pseudonym: (pseudonym: string) => `仮名 ${pseudonym}`,
  code: (code: string) => `（${code}）`,
  list: '操作の記録の一覧',
  ofDay: (day: string, total: number) =>
    total === 0 ? `${day}の記録はありません。` : `${day}の記録は${many(total)}件です。`,
  ofPatient: (total: number) =>
    total === 0 ? 'この患者さんの記録はありません。' : `この患者さんの記録は${many(total)}件です。`,
  sheets: (sheet: number, of: number) => `${sheet} / ${of}ページ`,
  turning: 'ほかのページ',
  newer: '新しい記録',
  older: '古い記録',
  csv: 'CSVで保存',
  csvNote: '保存したことも記録に残ります。ファイルに患者さんの氏名は入りません。',
  csvPart: (rows: number) =>
    `新しいものから${many(rows)}件までを保存します。すべては、コマンド audit export で書き出せます。`,
  csvSaved: 'ファイルを書き出しました。',
  note: 'この画面を開いたことも記録に残ります。氏名は、保存期間内の記録がある方だけに出ます。',
  searchNote: 'フリガナは、姓と名のすべてを入れてください。保存期間を過ぎた方は、診察券番号で探してください。',
  columns: ['番号', '日時', '席', '担当', '操作', '対象', '受付日', '受付番号', '患者（仮名）', 'コード'],
  fileName: (of: string) => `操作の記録_${of}.csv`,
  fileOfPatient: '患者別',
} as const
