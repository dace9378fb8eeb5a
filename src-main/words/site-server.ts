// What reception reads about the server of the site: that it is gone, and that this desk goes on without it, and what two
// desks have both changed meanwhile.

export const siteServerScreen = {
  silent: (since: string) => `院内の保存サーバーが、${since}から応答していません。`,
  silentGoesOn:
    'つながらなければ、まもなくこの窓口だけの受付に切り替わります。記録できなかった操作は、切り替わったあとにもう一度行ってください。',
  silentWaits: 'つながるまで、受付を記録できません。急ぐときは、紙の受給者証で確認してください。',
  alone: (since: string) => `院内の保存サーバーにつながらないため、${since}から、この窓口だけで受付を続けています。`,
  aloneMeans: (since: string) =>
    `受付番号は「3-1」のような、この窓口だけの番号です。${since}より前の受付は控えで、変更できません。ほかの窓口のその後の受付は表示されません。サーバーにつながると、自動で元に戻ります。`,
  /** Where there is a terminal. */
  aloneFaces: '顔認証付きカードリーダーの結果は、サーバーにつながっている窓口があれば、そちらに届きます。',
  mergeFailed: (why: string) =>
    `一度サーバーにつながりましたが、この間の受付を移せませんでした（${why}）。受付はこのまま続けられます。続くときは、システム担当者に連絡してください。`,
  /** Of a desk that works with the others again. `why`: null where the line was gone once more. */
  unmerged: (why: string | null) =>
    `この窓口だけで続けた間の受付が、まだサーバーに移っていません${why === null ? '' : `（${why}）`}。`,
  unmergedMeans:
    'その受付は一覧に表示されません。自動で、繰り返し移し直します。30分たっても消えないときは、システム担当者に連絡してください。',
  conflicts: (count: number) => `サーバーにつながらなかった間に、窓口の間で食い違った記録が${count}件あります。`,
  look: '確認する',
} as const

/** The page of what two desks have both changed. */
export const conflictsScreen = {
  title: 'ほかの窓口との食い違い',
  note: '患者さんごとに、どちらが正しいかを確かめてください。いまは「サーバーの記録」を使っています。確かめたら「確認しました」を押すと、一覧から消えます。',
  none: '食い違いはありません。',
  kinds: {
    number: '診察券番号',
    card: 'マイナンバーカード',
    claimOrder: '請求での順序',
    chosenHelps: '重なった助成の使い方',
    cap: '上限額管理票の控え',
  },
  visit: (number: string) => `受付 ${number}番`,
  nameGone: '（氏名の記録は消えました）',
  /** Who had changed it, and when. */
  by: (desk: string, when: string, staff: string | null) => `${desk}${staff === null ? '' : `・${staff}`}　${when}`,
  here: 'つながらない間の記録',
  site: 'サーバーの記録',
  nothing: 'なし',
  number: (number: string, name: string | null) => (name === null ? number : `${number}（氏名の表記 ${name}）`),
  holder: (name: string) => (name === '' ? 'ほかの患者さんの番号です' : `${name} さんの番号です`),
  scheme: (name: string | null, key: string) => (name === null ? `公費負担者番号 ${key}` : `${name}（${key}）`),
  place: (place: number, scheme: string) => `第${place} ${scheme}`,
  month: (month: string) => `${month.replace('-', '年')}月分`,
  card: 'このカードは、サーバーではほかの患者さんのカードとして記録されています。',
  cap: 'どちらの窓口でも記入しました。行はすべて残っています。',
  advice: {
    number: '患者さんの診察券を確かめます。サーバーの記録が違うときは、受付を開いて登録し直してください。',
    card: '本人とカードを確かめます。同じ方が二重に登録されているときは、システム担当者に連絡してください。',
    claimOrder: '変えるときは、次の受付の画面で並べ直してください。',
    chosenHelps: '変えるときは、「医院の決まり」で取り消し、次の受付の画面で選び直してください。',
    cap: '患者さんの管理票と、行と合計を見比べてください。二重の行は、受付の控えから取り消せます。',
  },
  open: '受付を見る',
  done: '確認しました',
  doneFor: (what: string) => `${what} 確認しました`,
} as const
