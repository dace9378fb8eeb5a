// The words of training: the lessons of a first day with their tasks, what can be made to go wrong, and what is different from
// a real day.

import type { Lesson, TaskOf, TrainingFault } from '../contract/training.ts'
import { capScreen } from './cap.ts'
import { screen } from './desk.ts'
import { eligibilityScreen } from './eligibility.ts'
import { rehearsalGoes } from './going-live.ts'
import { pageNames } from './pages.ts'

export const trainingScreen = {
  open: pageNames.training,
  title: '練習（トレーニング）',
  status: (done: number, of: number) => `練習${of}個のうち、${done}個が終わりました。`,
  lessons: '初日の練習',
  lessonsNote: '1つずつ、数分でできます。途中で止めても、続きから始められます。',
  start: '始める',
  goOn: '続ける',
  again: 'もう一度練習する',
  done: '終わりました',
  progress: (done: number, of: number) => `${of}個のうち${done}個が済み`,
  underWay: '練習中',
  tasks: 'すること',
  taskDone: '済み',
  taskOpen: 'まだ',
  allDone: 'できました。次の練習に進めます。',
  leave: '練習をやめる',
  finish: '練習を終える',
  next: (title: string) => `次の練習: ${title}`,
  toPage: '練習の一覧',
  cards: 'この練習のカード',
  lay: (label: string) => `${label}を置く`,
  layAtFace: (label: string) => `${label}を顔認証付きカードリーダーに置く`,
  faults: '練習用の故障',
  faultsNote: 'うまくいかないときの練習ができます。練習用のものだけが止まります。本物には何も起きません。',
  isOn: '故障中',
  isOff: '正常',
  break: '故障させる',
  mend: '直す',
  switchOf: (name: string, isOn: boolean) => `${name}: ${isOn ? '直す' : '故障させる'}`,
  endAll: 'すべて直す',
  noFaults: 'すべて正常です。',
  on: (names: readonly string[]) => `練習用の故障: ${names.join('、')}`,
  realHub: '本物のリーダーを使う練習では、練習用カードと故障は使えません。',
  differs: '本番との違い',
  differences: [
    'カード、リーダー、PMH、資格確認端末は、このパソコンの中の練習用のものです。外には何も送りません。',
    '患者さんは、すべて架空の方です。暗証番号は、どれも1234です。',
    `ファイルの名前には「training」、紙には「${screen.training}」と入ります。日レセには登録しません。`,
    '練習のファイルは、だれも取り込みません。フォルダーに残ったままになります。',
    `どの画面にも、上に「${screen.training}」と出ます。出ていないときは、本物の受付です。`,
  ],
} as const

/** In and out of training. */
export const practiceWay = {
  title: '練習と本番',
  notLive: `まだ本番で使っていません。本番で使うには「${pageNames.firstRun}」をします。${rehearsalGoes}`,
  byAdministrator: `練習の設定で動いています。本番への切り替えは、システム担当者が settings.json の mode で行います。${rehearsalGoes}`,
  live: '今は本番です。練習は、次に起動した1回だけ、患者さんの記録とは別の場所で行えます。',
  begin: '次の起動で練習する',
  question:
    '次に窓口を起動すると、練習の画面になります。練習の間は、本物の患者さんを受け付けられず、ファイルも送りません。終了してもう一度起動すると、本番に戻ります。',
  yes: '練習にする',
  next: '次の起動は練習です。始めるときは、窓口を終了して、もう一度起動します。',
  drop: '練習をやめる（本番のまま）',
  now: '練習中です。本番の記録と設定は、そのまま残っています。窓口を終了して、もう一度起動すると、本番に戻ります。',
} as const

interface LessonText<L extends Lesson> {
  readonly title: string
  /** What is learnt, in a sentence or two. */
  readonly about: string
  readonly tasks: Readonly<Record<TaskOf<L>, string>>
}

export const lessonText: { readonly [L in Lesson]: LessonText<L> } = {
  first: {
    title: 'カードで受け付ける',
    about: 'いつもの受付です。カードを置き、暗証番号を入れると、公費が2つある方の結果が出ます。',
    tasks: {
      received: 'カードを置き、暗証番号「1234」を入れて、結果を出します。',
      closed: `いちばん上の帯で、どなたの結果かを確認し、「${screen.nextPatient}」を押します。`,
      cardGone: `「${screen.cardRemove}」で、カードをお返しします。`,
    },
  },
  wrongPin: {
    title: '暗証番号の間違い',
    about: '暗証番号を間違えると、残りの回数が出ます。3回続けて間違えると、暗証番号がロックされます。',
    tasks: {
      wrong: 'カードを置き、違う番号（たとえば「9999」）を入れて、残りの回数を見ます。',
      received: '正しい番号「1234」を入れて、受け付けます。回数は元に戻ります。',
    },
  },
  cap: {
    title: '難病と上限額管理票',
    about: '月額の自己負担上限がある方です。受診のたびに、紙の管理票に記入します。',
    tasks: {
      received: 'カードを置いて、受け付けます。暗証番号は「1234」です。',
      sheet: `公費のカードの「${capScreen.open}」を開きます。`,
      line: `「${capScreen.enterOwn}」で、医療費総額10,000円、自己負担額2,000円の行を記入します。`,
      paper: `紙の管理票にほかの行がないことを確かめたつもりで「${capScreen.seen}」を押します。`,
    },
  },
  maskedName: {
    title: '氏名の●',
    about: '●は、元のシステムで表せなかった文字です。患者さんに確認した漢字を、診察券番号と一緒に登録します。',
    tasks: {
      received: 'カードを置いて、受け付けます。',
      numbered: `氏名の下の「${screen.patientNumber.enter}」から、診察券番号（たとえば「100」）を登録します。`,
      spelled: `「${screen.confirmedName.label}」に「吉田　花子」と入れて、登録します。`,
    },
  },
  difference: {
    title: '内容が変わった公費',
    about: '前回と受給者番号が変わった方です。決めるまで、レセコンには何も送りません。',
    tasks: {
      before: '「前回」のカードで受け付けて、閉じます。',
      asked: '「今回」のカードで受け付けて、前回との違いを見ます。',
      decided: `どちらを使うかを選び、「${eligibilityScreen.decide}」を押します。`,
    },
  },
  ended: {
    title: '終わった公費',
    about: '公費の有効期間が過ぎている方です。新しい受給者証をお持ちでないか、お尋ねします。',
    tasks: {
      received: 'カードを置いて、受け付けます。',
      noted: `${screen.keys.note}キーで、「新しい受給者証は次回お持ちになる」などのメモを残します。`,
    },
  },
  blocked: {
    title: '使えない暗証番号と顔写真',
    about: '暗証番号がロックされた方です。カードの顔写真と、患者さんを見比べて受け付けます。',
    tasks: {
      seen: 'カードを置いて、画面の案内を読みます。',
      face: `「${screen.face.start}」を選び、券面の番号を入れます。券面は、練習用カードの欄に出ています。`,
      received: `写真と患者さんが同じ方だとして「${screen.face.same}」を押します。`,
    },
  },
  sameName: {
    title: '同姓同名の方',
    about: '氏名と生年月日が同じ方が2人います。顔認証付きカードリーダーの結果が、どちらの方のものかを選びます。',
    tasks: {
      payment: '「上限額いろいろ」のカードで受け付けて、閉じます（1人目）。',
      designation: '「指定医療機関」のカードで受け付けて、閉じます（2人目）。',
      arrived: '1人目の方が、顔認証付きカードリーダーにカードを置きます。届いた結果を、一覧から開きます。',
      chosen: '公費を見比べて、1人目の方を選びます。違う方を選んだときは、もう一度顔認証から行います。',
    },
  },
  otherPerson: {
    title: '前回と違う方の情報',
    about: '同じカードなのに、別の方の情報が返ってくることがあります。患者さんに、お名前を言っていただきます。',
    tasks: {
      received: 'カードを置いて受け付け、閉じます。',
      doubt: '故障「別の方の情報が返る」を入れて、同じカードでもう一度受け付けます。',
      refused: `患者さんのお名前と違うので「${screen.personDoubt.other}」を選びます。`,
      mended: '故障を直します。',
    },
  },
  hubDown: {
    title: 'PMHが止まったとき',
    about: 'つながらなくても、前に照会した内容で受け付けられます。つながると、自動で照会し直します。',
    tasks: {
      received: 'カードを置いて受け付け、閉じます。',
      broken: '故障「PMHにつながらない」を入れます。',
      offline: '同じカードで受け付けて、前回の内容が出ることを見ます。',
      answered: '故障を直し、その受付が自動で照会し直されるのを待ちます。カードは要りません。',
    },
  },
  notDelivered: {
    title: '届かないファイル',
    about: 'レセコンのフォルダーが見つからないと、ファイルは届かずに待ちます。直ると、自動で届きます。',
    tasks: {
      broken: '故障「レセコンのフォルダーがない」を入れます。',
      heldUp: `カードを置いて受け付け、「${screen.heldUp}」の理由と、次にすることを読みます。`,
      delivered: '故障を直し、自動で届くのを待ちます。',
    },
  },
}

/** The sample cards that a lesson is done with; `face`: on the face reader. */
export const lessonCards: Readonly<
  Record<Lesson, readonly { readonly persona: string; readonly at: 'reader' | 'face' }[]>
> = {
  first: [{ persona: 'kosei-hitorioya', at: 'reader' }],
  wrongPin: [{ persona: 'kosei-hitorioya', at: 'reader' }],
  cap: [{ persona: 'nanbyo', at: 'reader' }],
  maskedName: [{ persona: 'g-spelling', at: 'reader' }],
  difference: [
    { persona: 'g-number-before', at: 'reader' },
    { persona: 'g-number', at: 'reader' },
  ],
  ended: [{ persona: 'ended', at: 'reader' }],
  blocked: [{ persona: 'blocked', at: 'reader' }],
  sameName: [
    { persona: 'g-payment', at: 'reader' },
    { persona: 'g-designation', at: 'reader' },
    { persona: 'g-payment', at: 'face' },
  ],
  otherPerson: [{ persona: 'nanbyo', at: 'reader' }],
  hubDown: [{ persona: 'nanbyo', at: 'reader' }],
  notDelivered: [{ persona: 'nanbyo', at: 'reader' }],
}

/** What is made to go wrong in it. */
export const lessonFaults: Partial<Readonly<Record<Lesson, TrainingFault>>> = {
  otherPerson: 'hubOtherPerson',
  hubDown: 'hubDown',
  notDelivered: 'folderAway',
}

export const faultText: Readonly<Record<TrainingFault, { readonly name: string; readonly means: string }>> = {
  hubDown: { name: 'PMHにつながらない', means: '照会できません。前回の内容で受け付けます。' },
  hubSlow: { name: 'PMHが遅い', means: '返事が5秒遅れます。' },
  hubBusy: { name: 'PMHが混み合っている', means: '「30秒待って」と断られます。' },
  hubCertificate: { name: 'PMHの証明書が期限切れ', means: '本物のPMHと確認できず、照会を止めます。' },
  hubClock: { name: 'PMHの時計が20分違う', means: '時計のお知らせが出ます。' },
  hubOtherPerson: { name: '別の方の情報が返る', means: 'ご本人かどうかをお尋ねします。' },
  readerGone: { name: 'リーダーが外れた', means: 'カードリーダーが見つからなくなります。' },
  cardPulled: { name: '読み取り中にカードが離れる', means: 'カードを置くたびに、途中で離れます。' },
  terminalSilent: { name: '資格確認端末が答えない', means: '資格照会に返事がありません。' },
  terminalEncrypted: { name: '資格確認端末の結果が読めない', means: '顔認証の結果が暗号化されて届きます。' },
  folderAway: { name: 'レセコンのフォルダーがない', means: 'ファイルが届かずに待ちます。' },
  receiptRefuses: { name: 'レセコンが受け付けない', means: '届いたファイルが、誤りとして戻されます。' },
}
