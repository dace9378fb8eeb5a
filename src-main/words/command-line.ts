// What clinic IT reads in a terminal window: the agent without a screen, the sandbox and the virtual card.

/** The command line. */
export const commandLine = {
  firstStart: '練習用のカードで、受付を1件ためします。',
  waitingForCard: 'カードをリーダーに置いてください。',
  renewed: {
    certificates:
      '練習用の証明書を作り直しました（壊れていたか、期限が近いため）。診察券との結びつけは、もう一度お願いします。',
    cards: '期限の切れた練習用のカードを、新しいカードに替えました。',
    cardStates: '練習用のカードの記録が壊れていたため、暗証番号の残り回数を最初の状態に戻しました。',
  },
  steps: {
    cardRead: 'カードを読み取り、電子証明書を確認しました',
    answered: '暗証番号で本人を確認し、PMHから回答を受け取りました',
    handedOver: 'レセコン用のファイルを届けました',
  },
  file: (path: string) => `ファイル: ${path}`,
  noDeliveries: 'この日の連携はありません。',
  outputGone: '結果を標準出力に書けませんでした。',
  /** `npm start -- --help`. */
  start: {
    usage: '使い方: npm start -- [オプション]',
    port: '画面のポート番号（127.0.0.1。指定しなければ空いている番号）',
    reader: 'training（練習用）または pcsc（カードリーダー）',
    set: 'この起動だけの設定（例 hideScreenAfterMin=10。何度でも書ける）',
    once: '画面を開かずに、受付を1件だけ行う',
    card: '練習用のカード（nanbyo など）',
    pin: '練習用のカードの暗証番号。- と書くと、表示せずに入力する（または標準入力の1行目から読む）。本物の暗証番号は指定できない',
    date: '資格を照会する日',
    deliveries: 'その日の連携を一覧する',
    resend: '連携を1件、送り直す',
    cancel: '連携を1件、取りやめる',
    imported: '連携を1件、取り込み済みにする',
    json: '結果を1つの JSON で標準出力に書く',
    commands: '自己診断やバックアップなどのコマンド: npm run madoguchi -- --help',
  },
  askPin: '暗証番号（4桁）を入力して Enter を押してください。入力した数字は表示されません。',
  /** What the address behind it is for. */
  pages: {
    desk: '受付の画面は、次のアドレスをブラウザーで開いてください（アドレスは一度だけ使えます）:',
    patient: '患者さんの画面は、次のアドレスです（アドレスは一度だけ使えます）:',
    kiosk: '再来受付機の画面は、次のアドレスです（アドレスは一度だけ使えます）:',
  },
  held: {
    settings: '設定が直るまで、カードは読み取らず、何も送りません。直ると自動で始まります。',
    server: '保存サーバーを使えるまで、カードは読み取らず、何も送りません。使えるようになると自動で始まります。',
  },
  stop: '終了するには Ctrl+C を押してください。',
} as const
