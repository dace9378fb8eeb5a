import type { PatientWords } from './sentences.ts'

export const japanese: PatientWords = {
  page: '患者さんの画面',
  training: '練習用の画面です',
  languages: '言語を選ぶ',
  lost: { title: 'しばらくお待ちください', note: '受付の案内をお待ちください。' },
  steps: {
    off: { title: 'この画面は使っていません', note: '受付にお声がけください。' },
    cardLeft: { title: 'カードをお取りください', note: 'お忘れにならないよう、お持ちください。' },
    waiting: { title: 'マイナンバーカードを置いてください', note: 'カードリーダーの上に置くと、受付が始まります。' },
    reading: { title: 'カードを読み取っています', note: 'カードを動かさないでください。' },
    working: { title: '確認しています', note: 'そのままお待ちください。' },
    done: { title: '確認が終わりました', note: 'カードをお取りください。この先は受付でご案内します。' },
    desk: { title: '受付にお声がけください', note: 'この先は受付でご案内します。' },
    pinBlocked: { title: '今日は暗証番号が使えません', note: '受付は続けられます。この先は受付でご案内します。' },
  },
  pin: {
    title: '暗証番号を入力してください',
    note: 'カードの受け取りのときに決めた、数字4桁の番号です。3回続けて間違えると、使えなくなります。',
    label: '暗証番号（4桁）',
    progress: (length) => `4桁中${length}桁 入力済み`,
    tries: (left) => `あと${left}回まで入力できます`,
    wrong: (left) => `番号が違います。あと${left}回まで入力できます。`,
    lastTry: '最後の1回です。間違えると暗証番号が使えなくなります。ご不安なときは「やめる」を押してください。',
    lastTryConfirm: '最後の1回とわかったうえで入力します',
    send: '確認する',
    sending: '確認しています',
    stop: 'やめる',
    clear: '消す',
    back: '1字消す',
    keypad: '数字キー',
  },
  keyHint: {
    early: '表示が変わったところです。確認して、もう一度押してください。',
    unused: '読み取った文字は使いませんでした。',
  },
}
