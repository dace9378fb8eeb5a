// The guide's sections about what stands around the counter: the hub, the reader, the 資格確認端末, the receipt computer.

import { screen } from '../desk.ts'
import { destinationsScreen } from '../destinations.ts'
import { mastersScreen } from '../masters.ts'
import { pageNames } from '../pages.ts'
import type { Section } from './section.ts'

export const outsideSections = {
  hubDown: {
    title: 'PMHが止まった・つながらない',
    when: `上の「${screen.hub.name}」が「${screen.hub.state.down}」のとき、照会に返事がないときです。`,
    steps: [
      '受付は続けられます。暗証番号のあと、前に照会した内容を「今回の回答ではない」と付けて表示します。',
      '紙の受給者証をお持ちの方は、紙で確認します。お持ちでない方は、控え用紙を印刷して、番号などを書いていただきます。',
      `急がないときは「${screen.retry}」を押します。`,
      'つながると、確認できなかった受付は自動で照会し直します。カードは要りません。違いがあれば一覧に出ます。',
    ],
    notes: ['長く続くときは、ネットワークの電源とケーブルを見て、システム担当者に連絡します。'],
    picture: 'offline',
  },
  hubRefused: {
    title: 'PMHが受け付けなかったとき',
    when: 'PMHにはつながるのに、「受け付けませんでした」「確認できません」などと出るときです。',
    steps: [
      '本日は紙の受給者証と資格確認書で受け付けます。',
      '「本物のPMHであることを確認できません」「証明書」と出たら、続けずにシステム担当者に連絡します。',
      'カードが使えないと出たら、患者さんに市区町村の窓口での確認をご案内します。',
      '登録を受け付けなかったときは、その受付を開いて、理由を確認して直します。',
    ],
    picture: 'unknownWithoutHub',
  },
  reader: {
    title: 'カードリーダー',
    when: 'リーダーが見つからない、使えない、ほかのソフトがカードを使っているときです。',
    steps: [
      'ケーブルを挿し直します。つながると、自動で使えるようになります。',
      '「ほかのソフトが使用中」のときは、空くと自動で読み取ります。続くときは、そのソフトを終了します。',
      'リーダーが2台以上あるときは、上の行で、受付に使うものを選べます。',
      '直らないときは、顔認証付きカードリーダーか、紙の証で受け付けます。',
    ],
    picture: 'noReader',
  },
  terminal: {
    title: '資格確認端末・顔認証付きカードリーダー',
    when: '資格確認端末の結果が届かない、読めないときです。',
    steps: [
      '端末の画面で結果を確認して、受付を続けます。',
      '端末の電源とネットワークを確認します。つながると、自動で読み取りを再開します。',
      '「暗号化」「権限」「対応表」と出たら、表示の文をそのままシステム担当者に伝えます。',
      '今日の日付でない結果は使いません。端末とこのパソコンの日付を確かめます。',
    ],
    picture: 'terminalGone',
  },
  delivery: {
    title: 'レセコンに取り込まれないとき',
    when: `「${screen.heldUp}」「${screen.untaken}」「受け付けられず」と出ているときです。`,
    steps: [
      `その受付を開き、「${screen.delivery}」の文を読みます。理由と、次にすることが出ています。`,
      'フォルダーが見つからないときは、レセコンの電源とネットワークを見ます。つながると自動で届けます。',
      '取り込まれないときは、レセコンの取り込み画面を開きます。取り込まれると、表示は自動で変わります。',
      `急ぐときは手で入力し、「${screen.deliveryImported}」を押します。二重に送らないためです。`,
    ],
    notes: ['停電や強制終了があっても、確定した受付のファイルは、あとで1つだけ届きます。'],
    picture: 'refused',
  },
  orca: {
    title: '日レセ（ORCA）に登録されないとき',
    when: '日レセへの登録が止まっているときです。',
    steps: [
      '日レセで、その患者さんの画面を閉じます。空くと自動で登録します。',
      '患者さんが見つからない、複数いるときは、診察券番号を登録してから送り直します。',
      '公費を登録できないときは、日レセに手で入力し、番号と期間を確認します。',
      'ログインや証明書の表示は、システム担当者に伝えます。',
    ],
    notes: ['日レセの登録を、勝手に上書きしたり消したりはしません。'],
  },
  destinations: {
    title: '取り込み先の設定',
    when: 'レセコンや電子カルテへの渡し方を変えるときです（システム担当者向け）。',
    steps: [
      `上の「${pageNames.settings}」から「${destinationsScreen.open}」を開き、見本の患者さんで、書き出される内容を確かめます。`,
      `「${destinationsScreen.save}」を押すと、次の起動から使います。`,
      '選べないフォルダーや接続先は、settings.json に加えてもらいます。',
    ],
    notes: ['パスワードは画面に入れません。管理者が置いたファイルを選びます。'],
    picture: 'destinations',
  },
  localMaster: {
    title: '地単公費マスター',
    when: '市区町村の助成の一覧を取り込むときです（システム担当者向け）。',
    steps: [
      '支払基金のウェブサイトから、確定事業一覧のファイルをそのまま保存します。表計算ソフトで開きません。',
      `「${mastersScreen.choose}」で選び、変わる内容を確認してから取り込みます。`,
    ],
    notes: ['途中で止まったときは、何も変わっていません。'],
    picture: 'localMasterDraft',
  },
} as const satisfies Record<string, Section>
