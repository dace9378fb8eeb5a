// The guide's sections about the patient at the counter: from the morning to the card that is given back.

import { askingScreen } from '../asking.ts'
import { screen } from '../desk.ts'
import { kioskDesk } from '../kiosk.ts'
import { pageNames } from '../pages.ts'
import { signalsScreen } from '../signals.ts'
import { faceReader } from '../terminal.ts'
import type { Section } from './section.ts'

const { keys, pin, face } = screen

export const counterSections = {
  morning: {
    title: '朝の準備',
    when: '受付を始める前に、画面の上の行を見ます。',
    steps: [
      `「${screen.hub.name}」が「${screen.hub.state.up}」、カードリーダーが「${screen.reader.empty}」になっていることを確認します。`,
      'お知らせの行が出ているときは、書かれているとおりにするか、システム担当者に伝えます。',
      `一覧の「${screen.worklist.pile.needsPerson}」と「${screen.worklist.pile.unsent}」に残りがないか見ます。前の日の分も、終わるまで残っています。`,
      '予約のある日は、前の日に「予約」で事前照会をしておくと、変わった方が分かります。',
    ],
    notes: [`「${screen.training}」と出ているときは、練習用の画面です。本物の受付には使えません。`],
    picture: 'firstStart',
  },
  card: {
    title: 'カードで受け付ける',
    when: `「${screen.waiting.title}」と出ているとき、いつでも始められます。`,
    steps: [
      '患者さんのマイナンバーカードをリーダーに置きます。自動で読み取りが始まります。',
      '暗証番号の入力、または顔写真の確認で、ご本人であることを確かめます。',
      '結果が出たら、いちばん上の帯で氏名・生年月日と、今日することを確認します。',
      `カードをお返しし、「${screen.nextPatient}」を押します。`,
    ],
    notes: [
      `「${screen.asking.title}」と出たら、カードは取り外せます。`,
      `${screen.cardLeft.title}、と出たら、カードをお返ししてから次のカードを置きます。`,
      '受付の途中で別のカードが置かれても、今の受付が終わるまで待っています。入れ替わることはありません。',
    ],
    picture: 'waiting',
  },
  pin: {
    title: '暗証番号の入力',
    when: `「${pin.title}」と出ているときです。`,
    steps: [
      '患者さんに、数字4桁の暗証番号の入力をお願いします。画面や手元を見ないようにします。',
      `4桁が入ったら${keys.send}キーを押します。入力できる残りの回数は、いつも表示されます。`,
      '間違えたときは、番号を確かめてから入力し直していただきます。',
      '最後の1回は、患者さんに確認して印を付けるまで、使われません。ご不安なときは使わずに、顔写真か紙の証で確認します。',
    ],
    notes: [
      '3回続けて間違えると、市区町村の窓口で再設定するまで使えません。正しく入力すると、回数は元に戻ります。',
      `やめるときは${keys.cancel}キーです。暗証番号は、どこにも残りません。`,
    ],
    picture: 'pin',
  },
  pinBlocked: {
    title: '暗証番号が使えないとき',
    when: '暗証番号がロックされている、覚えていない、あと1回しか入力できないときです。',
    steps: [
      `「${face.start}」を押し、カードの表面を見て、生年月日・有効期限の年・セキュリティコードを入力します。`,
      '読み出した顔写真と患者さんを見比べて、受け付けます。',
      'できないときは、紙の受給者証と資格確認書で受け付けます。',
      '患者さんに、市区町村の窓口での暗証番号の再設定をご案内します。',
    ],
    notes: [`ほかの患者さんの前で、番号や「ロック」のことを大きな声で言わないようにします。`],
    picture: 'pinBlocked',
  },
  patientScreen: {
    title: '患者さん側の画面での入力',
    when: '患者さんが、患者さん側の画面で暗証番号を入力しているときです。',
    steps: [
      '患者さんに、患者さん側の画面を見て入力していただきます。受付の画面には、残りの回数だけが出ます。',
      '止まっているときは、お声がけします。患者さんの「やめる」は、この受付の取り消しになります。',
      `入力できないときは「${face.other}」から、顔写真での確認に切り替えます。`,
    ],
    notes: [
      '患者さん側の画面には、氏名も結果も出ません。',
      '言語と「読み上げ」は、患者さんが画面の上で選べます。次の患者さんのときは、元に戻ります。',
    ],
    picture: 'patientTypes',
  },
  kiosk: {
    title: '再来受付機',
    when: '患者さんが、再来受付機にカードを置いて受け付けるときです。',
    steps: [
      `右の「${kioskDesk.title}」で、今どこまで進んでいるかを見ます。受付の仕事は、そのまま続けられます。`,
      `受付にご案内した方は「${kioskDesk.called}」に、番号と理由が並びます。理由のとおりにして、済んだら「${kioskDesk.seen}」を押します。`,
      `途中で代わるときは「${kioskDesk.callToDesk}」を押します。`,
      `機械やリーダーを受付で使うときは「${kioskDesk.switchOff}」を押します。`,
    ],
    notes: ['再来受付機の画面には番号だけが出ます。氏名も結果も出ません。'],
    picture: 'kioskBusy',
  },
  face: {
    title: '顔写真による確認（目視）',
    when: `「${face.question}」と出ているときです。`,
    steps: [
      'カードに記録された写真・氏名と、目の前の患者さんを見比べます。',
      `同じ方なら「${face.same}」、違うときや決められないときは「${face.different}」を押します。`,
      '違うときは受付が止まります。カードの持ち主を確認します。',
    ],
    notes: [
      '写真は、確認が終わると消えます。保存しません。',
      '券面の番号を続けて間違えると、カードからの読み出しがロックされます。カードを手元に置いて入力します。',
    ],
    picture: 'face',
  },
  cardTrouble: {
    title: 'カードが使えないとき',
    when: 'カードの期限が切れている、読み取れない、途中で離れたときです。',
    steps: [
      `離れた、読み取れなかったときは、置き直して「${screen.retry}」を押します。`,
      '期限切れや失効のときは、本日は紙の受給者証と資格確認書で受け付けます。',
      '患者さんに、市区町村の窓口での更新や確認をご案内します。',
    ],
    notes: [
      '電子証明書は、期限のあと3か月間は保険証として使えます（スマートフォンは使えません）。画面に最後の日が出ます。',
      'マイナンバーカード以外のカードは使えません。',
    ],
    picture: 'expired',
  },
  personDoubt: {
    title: '前回と違う方の情報が返ってきた',
    when: `「${screen.personDoubt.question}」と出ているときです。`,
    steps: [
      '患者さんに、お名前と生年月日をお尋ねします。画面を読み上げず、患者さんから言っていただきます。',
      `改姓などで変わっただけなら「${screen.personDoubt.same}」を押します。`,
      `別の方の情報なら「${screen.personDoubt.other}」を押し、紙の証で受け付けて、PMHのヘルプデスクに連絡します。`,
    ],
    notes: ['決めるまで、何もレセコンに送りません。'],
    picture: 'personDoubt',
  },
  sameName: {
    title: '同姓同名・どなたの結果か選ぶ',
    when: `「${faceReader.question}」と出ているときです。自動では決めません。`,
    steps: [
      '診察券番号・性別・前回の受付の日・公費を見比べます。足りないときは、患者さんに診察券をお願いします。',
      `同じ方を選んで「${faceReader.same}」を押します。いないときは「${faceReader.none}」を選びます。`,
      `窓口に来られた方でないとき（予約や訪問の照会など）は「${faceReader.refuse}」を押します。`,
    ],
    notes: ['選ぶまで、レセコンには送りません。急がずに確かめます。'],
    picture: 'choosing',
  },
  undo: {
    title: '元に戻す・取り消す',
    when: '閉じるのが早すぎた、別の方の受付を始めてしまったときです。',
    steps: [
      `結果を閉じてから10秒間は「${screen.undo}」で戻せます。そのあとは、一覧から選んで開きます。`,
      'どなたの結果か選んだとき、違いを決めたときも、10秒間はファイルを送らずに待ちます。その間は戻せます。',
      `途中の受付は「${screen.cancel}」で止めます。`,
      '接種や健診の登録は、その受付を開いて取り消します。自治体の記録からも消えます。',
      'レセコンに送ったファイルは取り戻せません。レセコンで直します。',
    ],
    picture: 'cancelled',
  },
  list: {
    title: '受付の一覧・メモ',
    when: '前に受け付けた方を探す、残っている仕事を見るときです。',
    steps: [
      `${keys.search}キーで、カナ・氏名・診察券番号から探します。診察券のバーコードを読むと、その方が開きます。`,
      '一覧の中は、矢印キーで動き、Enterキーで開きます。',
      `「${screen.worklist.pile.needsPerson}」は人が決めること、「${screen.worklist.pile.unsent}」はレセコンに何も届いていない受付です。`,
      `${keys.note}キーで、その受付にメモを残せます。レセコンには送りません。`,
      `${keys.back}キーで、受付に戻ります。`,
    ],
    notes: ['患者さんが入力している間は、ほかの方の名前を表示しません。'],
    picture: 'lookedUp',
  },
  otherDesks: {
    title: 'ほかの窓口の受付',
    when: '病院のように窓口がいくつもあり、ほかの窓口の受付をこちらで続けるときです。',
    steps: [
      '一覧の行に、どの窓口の受付かが出ます。開くと、内容を見られます。',
      `「${askingScreen.goOn}」を押すと、受付中の窓口に依頼が届きます。渡してもらうと、同じ受付番号で続けられます。`,
      `依頼が届いた窓口では、「${askingScreen.give}」か「${askingScreen.keep}」を選びます。`,
      '受付中の窓口から応答がないときは、確認のうえ、すぐに引き継げます。',
      'ご本人の確認の前だったときは、カードと暗証番号をもう一度お願いします。',
    ],
    notes: [
      '返事がないまま渡るのは、受付中の窓口で誰も開いていない受付か、席を離れてロックした窓口の受付だけです。渡ったことは、その窓口の画面に出ます。',
    ],
  },
  signals: {
    title: '音と読み上げ',
    when: '画面を見ていないときの知らせ方を変えるときです。',
    steps: [
      `上の「${pageNames.settings}」から「${signalsScreen.open}」を開き、大きさと、鳴らす音を選びます。「${signalsScreen.hear}」で確かめられます。`,
      '待合室に聞こえてよい大きさにします。読み上げでも、氏名は読みません。',
      `患者さんの画面の案内をいつも読み上げるときは「${signalsScreen.patients}」を選びます。`,
    ],
    notes: ['音で知らせることは、必ず画面にも出ます。'],
  },
  cover: {
    title: '画面を隠す',
    when: '席を離れる、ほかの方から画面が見えるときです。',
    steps: [
      `${keys.cover}キーで、すぐに隠します。何分か触らないときも、パソコンをロックしたときも、自動で隠れます。`,
      `「${screen.cover.show}」で元に戻ります。受付は、隠れている間も続いています。`,
    ],
    picture: 'covered',
  },
} as const satisfies Record<string, Section>
