// The guide's sections about the program itself: paper, the clock, what keeps it from starting, training.

import { screen } from '../desk.ts'
import { pageNames } from '../pages.ts'
import { printScreen } from '../papers.ts'
import { selfTest } from '../self-test.ts'
import { practiceWay, trainingScreen } from '../training.ts'
import { unsettledScreen } from '../unsettled.ts'
import type { Section } from './section.ts'

export const careSections = {
  printing: {
    title: '印刷',
    when: '受付票、公費の一覧、管理票に書く行、控え、接種記録を紙にするときです。',
    steps: [
      `${screen.keys.print}キーか「${printScreen.open}」で、見本を開きます。印刷できる紙だけが並びます。`,
      '用紙の種類と大きさを選び、見本で内容を確かめます。大きさは、紙ごとに次も同じになります。',
      `「${printScreen.print}」を押します。やめるときは${screen.keys.back}キーです。`,
    ],
    notes: [`練習で印刷した紙には「${screen.training}」と入ります。本物の書類と混ぜないようにします。`],
  },
  clock: {
    title: '日付と時計',
    when: '時計や日付のお知らせが出ているとき、日付が変わったときです。',
    steps: [
      'カレンダーで今日の日付を確かめ、パソコンの時計が違うときは直します。直ると、お知らせは消えます。',
      '時計が正しいときだけ、お知らせのボタンで、今日の日付で合っていることを伝えます。',
      '日付の違うおそれのある受付は、受付日を確かめてから送ります。違うときは送らず、受け付け直します。',
    ],
    notes: ['確かめられるまで、レセコンへの受け渡しと、期限の過ぎたデータの削除を止めます。受付はできます。'],
    picture: 'clockOff',
  },
  selfTest: {
    title: '自己診断',
    when: '原因が分からない、システム担当者や業者に様子を伝えるときです。',
    steps: [
      `上の「${pageNames.settings}」から「${selfTest.open}」を開き、診断を始めます。受付はそのまま続けられます。`,
      'いちばん上に出る原因から、書かれているとおりに直します。',
      '直らないときは、表示の文を、そのままシステム担当者に伝えます。',
      `ファイルを求められたときは「${selfTest.support}」を開き、内容を確かめてから保存して渡します。`,
    ],
    notes: [
      '患者さんの情報は、診断の結果にも、サポート用の情報にも出ません。',
      '画面に「お問い合わせ番号」が出ているときは、その番号も伝えます。',
    ],
    picture: 'selfTestBroken',
  },
  start: {
    title: '起動できない・画面がつながらない',
    when: '窓口が開かない、画面に「つながりません」「起動し直しています」と出るときです。',
    steps: [
      '「起動し直しています」のときは、数秒そのまま待ちます。確定した受付は失われません。',
      '画面を閉じ、窓口をもう一度起動します。',
      '急ぐときは、紙の受給者証と資格確認書で受け付け、あとで入力します。',
      `「${unsettledScreen.title}」のときは、表示の文とお問い合わせ番号をシステム担当者に伝えます。直ると、自動で始まります。`,
      '保存データの表示が出たら、何も消したり移したりせずに、表示の文をシステム担当者に伝えます。',
      `「練習では起動できません」と出たら、設定が練習になっています。記録は残っています。システム担当者に設定を本番に戻してもらい、練習は「${pageNames.settings}」の「${practiceWay.begin}」で始めます。`,
    ],
    notes: ['「ほかの利用者がすでに起動しています」のときは、その利用者の画面を使うか、終了してもらいます。'],
    picture: 'lineRestarting',
  },
  settings: {
    title: '設定のお知らせ',
    when: '設定に誤りがある、前回の設定で動いている、と出ているときです。',
    steps: [
      '受付はそのまま続けられます。',
      '表示の文（ファイル名と行）を、システム担当者に伝えます。',
      '「画面で変えた設定があります」は、だれかが変えたことのお知らせです。心当たりがないときは、担当者に伝えます。',
    ],
    picture: 'settingsFallback',
  },
  training: {
    title: 'トレーニング（練習）',
    when: `画面の上に「${screen.training}」と出ているときです。`,
    steps: [
      `上の「${trainingScreen.open}」を開き、初日の練習を1つ選びます。右に、することが出ます。できたことは、自動で「${trainingScreen.taskDone}」になります。`,
      '右の練習用カードを選ぶと、リーダーに置いたことになります。暗証番号は、どれも1234です。',
      `うまくいかないときの練習は「${trainingScreen.faults}」でできます。故障中は、どの画面にもそう出ます。`,
      'PMHも、カードも、資格確認端末も、練習用のものです。本物には何も送りません。',
      `本番で使い始めたあとは「${pageNames.settings}」の「${practiceWay.begin}」で、次に起動した1回だけ練習できます。窓口を終了して、もう一度起動すると、本番に戻ります。`,
    ],
    notes: ['練習は、いつ止めても、続きから始められます。', '書き出すファイルの名前と紙には、練習の印が付きます。'],
    picture: 'trainingPage',
  },
} as const satisfies Record<string, Section>
