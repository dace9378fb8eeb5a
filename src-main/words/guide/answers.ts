// The guide's sections about what has been answered: what it means, what has to be decided, and what is done with it.
import { auditScreen } from '../audit-page.ts'
import { bookingsScreen } from '../bookings.ts'
import { capScreen } from '../cap.ts'
import { screen } from '../desk.ts'
import { eligibilityScreen } from '../eligibility.ts'
import { pastScreen } from '../past.ts'
import { reportScreen } from '../report.ts'
import { answerText } from '../states.ts'
import { terminalQuestion } from '../terminal.ts'
import { vaccinationScreen } from '../vaccination.ts'
import type { Section } from './section.ts'

export const answerSections = {
  result: {
    title: '結果の見方',
    when: '照会が終わり、患者さんの氏名が出ているときです。',
    steps: [
      'いちばん上の帯で、どなたの結果かと、今日することを1文で確認します。',
      '公費のカードで、制度・負担者番号・受給者番号・有効期間・上限を見ます。注意があれば、その下に出ています。',
      '紙の受給者証をお持ちのときは、番号と期間を見比べます。',
      `カードをお返しし、「${screen.nextPatient}」を押します。`,
    ],
    notes: [
      'なぜそう出ているかは「根拠」を開くと分かります。',
      '不開示と出た方の住所や連絡先は、本人以外に伝えません。',
    ],
    picture: 'result',
  },
  absent: {
    title: '回答がないとき',
    when: `「${answerText.absent.label}」や「回答なし」と出ているときです。資格がないとは限りません。`,
    steps: [
      '紙の受給者証や受診券をお持ちでないか、患者さんにお尋ねします。',
      'お持ちのときは、番号と有効期間を画面と見比べ、紙で確認したことを選びます。',
      'お持ちでないときは「保留」にします。前に確認した資格を、こちらで終わったことにはしません。',
      `「${answerText.withheld.label}」は、患者さんが情報の提供に同意していません。紙の証で確認します。`,
    ],
    picture: 'absent',
  },
  difference: {
    title: '内容が変わったとき',
    when: `「${eligibilityScreen.differences}」に「${eligibilityScreen.question}」と出ているときです。`,
    steps: [
      '前回と今回を見比べます。紙の受給者証があれば、それとも見比べます。',
      'それぞれについて、どちらを使うかを選びます。選ぶと、レセコンに何が入るかが下に出ます。',
      `全部選んだら「${eligibilityScreen.decide}」を押します。`,
      '分からないときは「まだ使わない」を選びます。レセコンには入らず、次回また確認します。',
    ],
    notes: ['決めるまで、何もレセコンに送りません。', 'もう一度照会するときは、F4キーです。'],
    picture: 'question',
  },
  ended: {
    title: '公費が終了したとき',
    when: '「終了」「期間終了」「期間満了」と出ているときです。',
    steps: [
      '新しい受給者証をお持ちでないか、患者さんにお尋ねします。',
      'お持ちのときは、紙の番号で受け付けます。お持ちでないときは、その公費は使いません。',
      '更新の手続きを、市区町村か保健所の窓口でとご案内します。',
      '自治体が終了を登録しているときは、終了を確認したことを選びます。',
    ],
    notes: ['上限額のある公費が終わっているときは、その管理票には記入しません。'],
    picture: 'ended',
  },
  byHand: {
    title: '手入力が必要なとき',
    when: `「${eligibilityScreen.byHand(2)}」のように出ているときです。`,
    steps: [
      '並んでいる公費と番号を見ながら、レセコンに手で入力します。',
      `入力したら「${eligibilityScreen.entered}」を押します。押すまで「${screen.worklist.pile.needsPerson}」に残ります。`,
      '入力しないことにしたときも、そのままにせず、だれが決めたかをメモに残します。',
    ],
    notes: ['レセコンに入る公費は4つまでなどの決まりがあり、入らなかったものがここに並びます。'],
    picture: 'decidedByHand',
  },
  claimOrder: {
    title: '公費の順序・助成の重なり',
    when: '公費が2つ以上あるとき、市区町村の助成が重なっているときです。',
    steps: [
      `「${eligibilityScreen.order}」で、第1公費からの順を確認します。提案には根拠が付いています。`,
      `変えるときは「${eligibilityScreen.reorder}」を押します。同じ公費の方全員に使われるので、院内で決めてから変えます。`,
      `「${eligibilityScreen.helps}」と出たときは、どれを使うかを選びます。併用できるかは、受給者証か市区町村で確かめます。`,
    ],
    picture: 'claimOrder',
  },
  cap: {
    title: '上限額管理票',
    when: '月額の自己負担上限がある公費で、管理票に記入するときです。',
    steps: [
      `公費のカードの「${capScreen.open}」を開きます。`,
      '紙の管理票にあって画面にない行を、先に写します。',
      `「${capScreen.enterOwn}」を押し、医療費総額と自己負担額を入れます。管理票に書く行が画面に出ます。`,
      `紙の行を全部写したら「${capScreen.seen}」を押します。押すまで、累計は「${capScreen.tag.here}」です。`,
    ],
    notes: [
      '行を消すことはできません。訂正すると、だれがなぜ直したかが残ります。',
      '上限に達したら、管理票の「達しました」の欄にも記入します。',
    ],
    picture: 'capHere',
  },
  name: {
    title: '氏名の文字（●・外字）',
    when: '氏名に●があるとき、請求やレセコンで使えない漢字があるときです。',
    steps: [
      '●は、元のシステムで表せなかった文字です。患者さんに正しい漢字を確認します。',
      `診察券番号を登録してから「${screen.confirmedName.label}」に、氏名をすべて入れます。次の受付から使います。`,
      '使えない漢字は、置き換える文字の候補を確認して、承認します。この医院の全員に使われます。',
      'レセコンで氏名が変わったときは、レセコン側の氏名も直します。',
    ],
    picture: 'hardName',
  },
  patientNumber: {
    title: '診察券番号',
    when: '氏名の下の診察券番号が「未登録」のとき、確認が必要なときです。',
    steps: [
      `「${screen.patientNumber.enter}」を押し、番号を入れます。診察券のバーコードも読めます。次からこのカードで自動的に入ります。`,
      '「登録されている方」が出たら、その方と見比べます。間違いないときだけ、付け替えます。',
      `カードが替わった方は、同じ番号かを確認して「${screen.patientNumber.relink}」を押します。`,
      `上の「${screen.staleNumbers.open}」に、確認が必要な番号の一覧があります。`,
    ],
    picture: 'numberTaken',
  },
  terminalQuestion: {
    title: 'カードのない方の照会（資格照会）',
    when: '資格確認書などで、資格確認端末に照会するときです。',
    steps: [
      `上の「${terminalQuestion.open}」を開き、保険者番号・記号・番号・生年月日を入れます。`,
      `「${terminalQuestion.ask}」を押して待ちます。30秒ほどかかることがあります。その間も受付は続けられます。`,
      '結果は一覧に入ります。どなたの結果かを確かめて進めます。',
    ],
    picture: 'terminalQuery',
  },
  vouchers: {
    title: '予防接種・健診',
    when: '接種券・受診券のある方のときです。',
    steps: [
      '券ごとに、今日使えるかと、その理由を確認します。予診票の回答で医師の確認が要るものには、印が付いています。',
      '母子健康手帳とも見比べます。紙の記録は、画面にないことがあります。',
      `接種や健診が終わったら「${vaccinationScreen.registerDose}」「${vaccinationScreen.registerCheckup}」から登録します。`,
      '間違えたときは、登録した記録から訂正・取り消しをします。',
    ],
    notes: [
      '対象外・時期外で登録するときは、理由を選びます。',
      'つながらないときの登録は、つながり次第、自動で送ります。',
    ],
    picture: 'vouchers',
  },
  past: {
    title: '過去の受付',
    when: '前の日の受付や、1人の方のこれまでの受付を見るときです。',
    steps: [
      `上の「${pastScreen.open}」を開き、日付か、患者さんで探します。`,
      `患者さんは、診察券番号か、フリガナ（姓と名のすべて）と生年月日で探します。`,
      '受付を開くと、そのとき分かっていた内容が出ます。今日の受付ではないことが、上に出ています。',
    ],
    notes: ['保存期間を過ぎた受付は、見られません。'],
  },
  audit: {
    title: auditScreen.title,
    when: '誰が、いつ、どの患者さんの記録を見たか、何を変えたかを調べるときです。',
    steps: [
      `上の「設定」から「${auditScreen.open}」を開きます。`,
      '日付か、患者さん（診察券番号、またはフリガナと生年月日）で探します。内容や席で絞り込めます。',
      `表計算ソフトで見るときは「${auditScreen.csv}」を押します。`,
    ],
    notes: ['この画面を開いたことも、記録に残ります。記録を消したり書き換えたりすることはできません。'],
  },
  report: {
    title: '日報と月次報告',
    when: '1日の締めや、月の利用状況を見るときです。',
    steps: [
      `上の「${reportScreen.open}」を開き、日報か月次報告を選びます。`,
      '件数、まだ届いていないもの、待ち時間などを確認します。',
      '紙やファイル（CSV）が要るときは、その画面から出します。',
    ],
  },
  clinicRules: {
    title: screen.clinicRules.title,
    when: `氏名の置き換え、請求での順序、重なった助成の使い方を見直すときです（「${screen.clinicRules.open}」）。`,
    steps: [
      '決めたことを確認します。全員の受付に使われています。',
      '取り消すと、次の受付から提案に戻ります。送ったファイルは変わりません。',
    ],
  },
  bookings: {
    title: '予約の事前照会',
    when: 'あすの予約の方の公費を、前もって確かめるときです。',
    steps: [
      `上の「${bookingsScreen.open}」を開き、予約の一覧（CSV）を選びます。列の内容を確認します。`,
      `「${bookingsScreen.start}」を押します。照会の間も、受付は続けられます。`,
      '変わった方、回答のなかった方だけが並びます。来院時に、紙の証をお願いする方が分かります。',
    ],
    notes: ['回答の内容は残しません。一覧は、予約の日が過ぎると消えます。'],
    picture: 'bookingsDone',
  },
} as const satisfies Record<string, Section>
