// What the patient reads on the screen that is turned to them: apart, because it is the part that will be spoken in other
// languages.

/** The screen on the patient's side of the counter. */
export const patient = {
  training: '練習用の画面です',
  lost: { title: 'しばらくお待ちください', note: '受付の案内をお待ちください。' },
  off: { title: 'この画面は使っていません', note: '受付にお声がけください。' },
  cardLeft: { title: 'カードをお取りください', note: 'お忘れにならないよう、お持ちください。' },
  waiting: { title: 'マイナンバーカードを置いてください', note: 'カードリーダーの上に置くと、受付が始まります。' },
  reading: { title: 'カードを読み取っています', note: 'カードを動かさないでください。' },
  working: { title: '確認しています', note: 'そのままお待ちください。' },
  done: { title: '確認が終わりました', note: 'カードをお取りください。この先は受付でご案内します。' },
  desk: { title: '受付にお声がけください', note: 'この先は受付でご案内します。' },
  pinBlocked: { title: '暗証番号がロックされています', note: 'この先は受付でご案内します。' },
  pin: {
    title: '暗証番号を入力してください',
    note: 'カードの受け取りのときに決めた、数字4桁の番号です。3回続けて間違えるとロックされます。',
    lastTry: '最後の1回です。間違えるとカードがロックされます。ご不安なときは「やめる」を押してください。',
    lastTryConfirm: '最後の1回とわかったうえで入力します',
    send: '確認する',
    sending: '確認しています',
    stop: 'やめる',
  },
} as const
